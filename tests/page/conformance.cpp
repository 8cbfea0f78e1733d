#include "page/conformance.hpp"

#include <cstdlib>
#include <fstream>
#include <iterator>

namespace vigie::page {
namespace {

namespace fs = std::filesystem;

// A folder of this process's own, removed at exit.
class Unpacked {
 public:
  Unpacked() {
    char const* const shared = std::getenv("VIGIE_SHARED");
    fs::path const archive =
        (shared != nullptr ? fs::path(shared) : fs::path(VIGIE_ROOT) / ".." / "shared") / "data/conformance.tar.xz";
    if (!fs::exists(archive)) return;
    std::string pattern = (fs::temp_directory_path() / "vigie-html5lib-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) return;
    folder_ = pattern;
    std::string const command =
        "tar xJf '" + archive.string() + "' -C '" + pattern + "' --wildcards '*html5lib-tests*' 2>/dev/null";
    if (std::system(command.c_str()) != 0) return;
    for (auto const& entry : fs::recursive_directory_iterator(folder_)) {
      if (entry.is_directory() && entry.path().filename() == "html5lib-tests") tests_ = entry.path();
    }
  }
  ~Unpacked() {
    std::error_code ignored;
    if (!folder_.empty()) fs::remove_all(folder_, ignored);
  }
  std::optional<fs::path> tests() const { return tests_; }

 private:
  fs::path folder_;
  std::optional<fs::path> tests_;
};

}  // namespace

std::optional<fs::path> html5lib_tests() {
  static Unpacked const unpacked;
  return unpacked.tests();
}

std::string read_file(fs::path const& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace vigie::page
