// suite.hpp: public conformance suites, unpacked once for the whole test program, and the tally of a run over them.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "source/feed.hpp"

namespace vigie::source {

// The folder `name` ("feedparser-tests", "gofeed-testdata", "rome-tests", "warc") of conformance.tar.xz, or nothing.
std::optional<std::filesystem::path> suite(std::string const& name);

#define VIGIE_NEEDS_SUITE(folder, name)             \
  auto const folder = ::vigie::source::suite(name); \
  if (!folder) GTEST_SKIP() << name << " skipped: no shared/data/conformance.tar.xz on this machine"

std::string read_file(std::filesystem::path const&);
// Every file below a folder whose name ends so, in name order.
std::vector<std::filesystem::path> files_below(std::filesystem::path const&, std::string_view suffix);

// What a reader sees of HTML: tags dropped, references decoded once, blanks joined. Suites differ in how they write
// markup; they must not differ in this.
std::string seen_text(std::string_view html);
// Equal as it stands, or as what a reader sees.
bool same(std::string_view found, std::string_view expected);

// Expectations met and missed; misses are named, the first few on the console, all in the test's report.
class Tally {
 public:
  explicit Tally(std::string what) : what_(std::move(what)) {}
  void add(bool met, std::string const& miss);
  double share() const { return total_ == 0 ? 0 : static_cast<double>(met_) / static_cast<double>(total_); }
  size_t total() const { return total_; }
  std::string report() const;

 private:
  std::string what_;
  size_t met_ = 0, total_ = 0;
  std::vector<std::string> misses_;
};

}  // namespace vigie::source
