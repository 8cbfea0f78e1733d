#include "source/folder_reader.hpp"

#include <algorithm>
#include <filesystem>
#include <vector>

#include "source/document_reader.hpp"

namespace vigie::source {
namespace {

namespace fs = std::filesystem;

// Names of a folder in reverse order, so that the next one is at the back.
Result<std::vector<fs::path>> list(fs::path const& folder) {
  std::vector<fs::path> paths;
  std::error_code error;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    if (!at->path().filename().native().starts_with('.')) paths.push_back(at->path());
  }
  if (error) return fail(Errc::io, "cannot list " + folder.string() + ": " + error.message());
  std::ranges::sort(paths, std::greater(), [](fs::path const& path) -> auto const& { return path.native(); });
  return paths;
}

uint64_t bytes_below(fs::path const& folder) {
  uint64_t total = 0;
  std::error_code error;
  for (fs::recursive_directory_iterator at(folder, fs::directory_options::skip_permission_denied, error), end;
       !error && at != end; at.increment(error)) {
    if (at->path().filename().native().starts_with('.')) {
      at.disable_recursion_pending();
    } else if (std::error_code odd; at->symlink_status(odd).type() == fs::file_type::regular) {
      auto const size = at->file_size(odd);
      if (!odd) total += size;
    }
  }
  return total;
}

class FolderReader final : public Reader {
 public:
  FolderReader(std::vector<fs::path> names, uint64_t total, Limits limits) : total_(total), limits_(limits) {
    branch_.push_back(std::move(names));
  }

  std::optional<Item> next() override {
    while (true) {
      if (file_) {
        if (auto item = file_->next()) return item;
        done_ += file_->progress().bytes_total;
        file_.reset();
      }
      if (!open_next()) return std::nullopt;
    }
  }

  Progress progress() const override { return {done_ + (file_ ? file_->progress().bytes_done : 0), total_}; }

 private:
  bool open_next() {
    while (!branch_.empty()) {
      if (branch_.back().empty()) {
        branch_.pop_back();
        continue;
      }
      fs::path const path = std::move(branch_.back().back());
      branch_.back().pop_back();
      std::error_code error;
      auto const type = fs::symlink_status(path, error).type();
      if (type == fs::file_type::directory) {
        auto names = list(path);
        if (names) {
          branch_.push_back(std::move(*names));
          continue;
        }
        file_ = error_reader(path.string(), names.error());
        return true;
      }
      if (type != fs::file_type::regular) continue;
      auto opened = open_path(path.string(), limits_);
      file_ = opened ? std::move(*opened) : error_reader(path.string(), opened.error());
      return true;
    }
    return false;
  }

  std::vector<std::vector<fs::path>> branch_;  // what is left of each folder from the root down to the present one
  std::unique_ptr<Reader> file_;
  uint64_t done_ = 0, total_;
  Limits limits_;
};

}  // namespace

Result<std::unique_ptr<Reader>> folder_reader(std::string const& folder, Limits limits) {
  VIGIE_TRY(auto names, list(folder));
  return std::make_unique<FolderReader>(std::move(names), bytes_below(folder), limits);
}

}  // namespace vigie::source
