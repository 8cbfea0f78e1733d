// feedparser's own suite: what its expectations say of the fields a Feed keeps, and that everything is read at all.
#include <gtest/gtest.h>

#include <iostream>

#include "source/ascii.hpp"
#include "source/charset.hpp"
#include "source/expectation.hpp"
#include "source/suite.hpp"
#include "source/url.hpp"

namespace vigie::source {
namespace {

// The comment in front of a test file, in UTF-8; empty where it has none.
std::string expectation_of(std::string const& utf8) {
  size_t const at = utf8.find("Expect:");
  if (at == std::string::npos) return {};
  return std::string(trim(std::string_view(utf8).substr(at + 7, utf8.find_first_of("\r\n", at) - at - 7)));
}

// Suites of formats Vigie does not keep (CDF is Microsoft's of 1997), of fields it leaves aside (podcasts'), of headers
// that parse_feed() is not told.
bool is_kept(std::string const& path) {
  return path.find("/cdf/") == std::string::npos && path.find("/itunes/") == std::string::npos;
}

// Where the suite's server would have sent the document from.
std::string address_of(std::string const& path, std::string const& utf8) {
  std::string const here = "http://127.0.0.1:8097/" + path;
  size_t const at = utf8.find("Content-Location:");
  if (at == std::string::npos) return here;
  auto const header = trim(std::string_view(utf8).substr(at + 17, utf8.find_first_of("\r\n", at) - at - 17));
  return header.starts_with("javascript") ? here : resolve_url(here, header);
}

TEST(Feedparser, FieldsAreAsExpected) {
  VIGIE_NEEDS_SUITE(folder, "feedparser-tests");
  Tally tally("feedparser, expectations of kept fields");
  for (auto const& file : files_below(*folder, ".xml")) {
    if (!is_kept(file)) continue;
    auto const bytes = read_file(file);
    auto const utf8 = xml_to_utf8(bytes);
    auto const address = address_of(file.filename().string(), utf8);
    auto const feed = parse_feed(bytes, {.base = address});
    for (auto const& clause : clauses_of(expectation_of(utf8))) {
      auto const found = value_at(feed, clause.path);
      if (!found) continue;
      // A name is kept without its address.
      bool const author = clause.path.ends_with(".author") && clause.expected.starts_with(*found + " (");
      tally.add(author || same(*found, clause.expected), file.lexically_relative(*folder).string() + " " + clause.path +
                                                             " is «" + *found + "», expected «" + clause.expected +
                                                             "»");
    }
  }
  std::cout << tally.report() << std::endl;
  EXPECT_GT(tally.total(), 1000u);
  EXPECT_GE(tally.share(), 0.98);
}

TEST(Feedparser, WellFormedFeedsAreReadWithoutFailure) {
  VIGIE_NEEDS_SUITE(folder, "feedparser-tests");
  Tally tally("feedparser, well-formed documents read");
  for (auto const& file : files_below(*folder / "tests/wellformed", ".xml")) {
    if (!is_kept(file)) continue;
    auto const feed = parse_feed(read_file(file));
    tally.add(feed.format != Feed::Format::unknown && feed.problem.empty(),
              file.lexically_relative(*folder).string() + ": " + feed.problem);
  }
  std::cout << tally.report() << std::endl;
  EXPECT_GT(tally.total(), 1500u);
  EXPECT_GE(tally.share(), 0.99);
}

// Ill-formed ones: no crash, and every entry that begins with a title keeps it.
TEST(Feedparser, IllFormedFeedsGiveWhatTheyHold) {
  VIGIE_NEEDS_SUITE(folder, "feedparser-tests");
  Tally tally("feedparser, ill-formed documents read");
  for (auto const& file : files_below(*folder / "tests/illformed", ".xml")) {
    auto const bytes = read_file(file);
    auto const feed = parse_feed(bytes);
    bool const holds = to_lower(xml_to_utf8(bytes)).find("<title") != std::string::npos;
    bool const read = !feed.title_html.empty() || (!feed.entries.empty() && !feed.entries[0].title_html.empty());
    tally.add(!holds || read, file.lexically_relative(*folder).string() + ": " + feed.problem);
  }
  std::cout << tally.report() << std::endl;
  EXPECT_EQ(tally.share(), 1);
}

}  // namespace
}  // namespace vigie::source
