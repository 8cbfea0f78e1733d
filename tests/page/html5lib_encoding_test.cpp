// Runs html5lib-tests' encoding suite (without scripted/).
#include <gtest/gtest.h>

#include "page/charset.hpp"
#include "page/conformance.hpp"

namespace vigie::page {
namespace {

// The suite tells what labels say. Once, in test-yahoo-jp.dat, the label lies (it says EUC-JP of UTF-8), and there
// find_charset() believes the bytes: that is its own test.
TEST(Html5libEncoding, LabelsSayTheExpectedEncodings) {
  VIGIE_NEEDS_HTML5LIB(folder);
  size_t passed = 0, failed = 0, overruled = 0;
  for (auto const& entry : std::filesystem::directory_iterator(*folder / "encoding")) {
    if (entry.path().extension() != ".dat") continue;
    std::string const text = read_file(entry.path());
    for (size_t at = text.find("#data\n"); at != text.npos; at = text.find("#data\n", at)) {
      at += 6;
      size_t const end = text.find("\n#encoding\n", at);
      std::string const data = text.substr(at, end - at);
      size_t const label = end + 11;
      std::string const wanted = text.substr(label, text.find('\n', label) - label);
      Encoding const got = labelled_charset(data, "").value_or(Charset{}).encoding;
      bool const equal = encoding_of_label(wanted) == got;
      ++(equal ? passed : failed);
      EXPECT_TRUE(equal) << entry.path().filename() << ": wanted " << wanted << ", got " << name(got) << "\n" << data;
      std::vector<std::string> notes;
      overruled += find_charset(data, "", check_utf8(data), notes).encoding != got;
      at = label;
    }
  }
  std::cout << "encoding: " << passed << " passed, " << failed << " failed\n";
  EXPECT_GT(passed, 70u);
  EXPECT_EQ(overruled, 1u);
}

}  // namespace
}  // namespace vigie::page
