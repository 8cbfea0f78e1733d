// gofeed's suite with its expected JSON, and rome's documents.
#include <gtest/gtest.h>
#include <simdjson.h>

#include <iostream>

#include "source/sniff.hpp"
#include "source/suite.hpp"

namespace vigie::source {
namespace {

using simdjson::dom::element;
using simdjson::dom::object;

std::optional<std::string> text_at(element const& from, std::string const& pointer) {
  std::string_view text;
  if (from.at_pointer(pointer).get(text) != simdjson::SUCCESS) return std::nullopt;
  return std::string(text);
}

class Expected {
 public:
  Expected(Tally& tally, std::string file, element root) : tally_(tally), file_(std::move(file)), root_(root) {}

  void text(std::string const& pointer, std::string const& found) {
    if (auto const expected = text_at(root_, pointer)) check(pointer, found, *expected, same(found, *expected));
  }
  void time(std::string const& pointer, std::optional<Time> const& found) {
    auto const expected = text_at(root_, pointer);
    auto const parsed = expected ? parse_rfc3339(*expected) : std::nullopt;
    if (!parsed) return;
    check(pointer, found ? format_rfc3339(*found) : "", *expected, found && found->epoch_s() == parsed->epoch_s());
  }
  size_t count(char const* key) const {
    simdjson::dom::array list;
    return root_[key].get(list) == simdjson::SUCCESS ? list.size() : 0;
  }

 private:
  void check(std::string const& pointer, std::string const& found, std::string const& expected, bool met) {
    tally_.add(met, file_ + " " + pointer + " is «" + found + "», expected «" + expected + "»");
  }
  Tally& tally_;
  std::string file_;
  element root_;
};

void compare(Expected& expected, Feed const& feed) {
  expected.text("/title", feed.title_html);
  expected.text("/link", feed.link);
  expected.text("/language", feed.language);
  char const* const list = expected.count("entries") > 0 ? "entries" : "items";
  for (size_t i = 0; i < expected.count(list); ++i) {
    FeedEntry const entry = i < feed.entries.size() ? feed.entries[i] : FeedEntry();
    std::string const at = std::string("/").append(list).append("/").append(std::to_string(i));
    expected.text(at + "/title", entry.title_html);
    expected.text(at + "/link", entry.link);
    expected.text(at + "/description", entry.summary_html);
    expected.text(at + "/summary", entry.summary_html);
    expected.text(at + "/content/value", entry.content_html);
    expected.text(at + "/content", entry.content_html);
    expected.text(at + "/guid/value", entry.id);
    expected.text(at + "/guid", entry.id);
    expected.text(at + "/id", entry.id);
    expected.text(at + "/categories/0/value", entry.categories.empty() ? "" : entry.categories[0]);
    expected.text(at + "/categories/0", entry.categories.empty() ? "" : entry.categories[0]);
    expected.text(at + "/authors/0/name", entry.authors.empty() ? "" : entry.authors[0]);
    expected.time(at + "/publishedParsed", entry.published);
    expected.time(at + "/updatedParsed", entry.updated ? entry.updated : entry.published);
  }
}

TEST(Gofeed, FieldsAreAsExpected) {
  VIGIE_NEEDS_SUITE(folder, "gofeed-testdata");
  Tally fields("gofeed, expectations of kept fields"), read("gofeed, documents read");
  simdjson::dom::parser parser;
  for (auto const& file : files_below(*folder, ".xml")) {
    auto json = file;
    if (!std::filesystem::exists(json.replace_extension(".json"))) continue;
    auto const feed = parse_feed(read_file(file));
    std::string const name = file.lexically_relative(*folder).string();
    read.add(feed.format != Feed::Format::unknown, name + ": " + feed.problem);
    element root;
    if (parser.parse(read_file(json)).get(root) != simdjson::SUCCESS) continue;
    Expected expected(fields, name, root);
    compare(expected, feed);
  }
  std::cout << read.report() << "\n" << fields.report() << std::endl;
  EXPECT_GT(read.total(), 500u);
  EXPECT_GE(read.share(), 0.99);
  EXPECT_GE(fields.share(), 0.92);  // the last of several links, podcasts' fields, mismatched tags
}

TEST(Rome, EveryFeedIsReadWithoutFailure) {
  VIGIE_NEEDS_SUITE(folder, "rome-tests");
  Tally tally("rome, feeds read");
  for (auto const& file : files_below(*folder, ".xml")) {
    auto const bytes = read_file(file);
    if (sniff(bytes, file.native()) != Format::feed) continue;  // OPML and settings of its own lie among them
    auto const feed = parse_feed(bytes);
    bool const has_entries = bytes.find("<item") != std::string::npos || bytes.find("entry>") != std::string::npos;
    tally.add(feed.format != Feed::Format::unknown && (!has_entries || !feed.entries.empty()),
              file.lexically_relative(*folder).string() + ": " + feed.problem);
  }
  std::cout << tally.report() << std::endl;
  EXPECT_GT(tally.total(), 80u);
  EXPECT_EQ(tally.share(), 1);
}

}  // namespace
}  // namespace vigie::source
