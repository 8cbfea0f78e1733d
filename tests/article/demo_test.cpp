// The demo edition as a golden test: every article that demo/expected.jsonl names is recovered from demo/edition.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "article/extract.hpp"
#include "article/json.hpp"
#include "article/strings.hpp"
#include "source/reader.hpp"

namespace vigie::article {
namespace {

// Every run of white space, no-break ones among them, as one space.
std::string plain(std::string_view s) {
  std::string out;
  for (size_t i = 0; i < s.size(); ++i) {
    bool const wide = s.substr(i).starts_with("\xC2\xA0");
    bool const narrow = s.substr(i).starts_with("\xE2\x80\xAF");
    if (!wide && !narrow && !is_space(s[i])) {
      out += s[i];
      continue;
    }
    if (wide) i += 1;
    if (narrow) i += 2;
    if (!out.empty() && out.back() != ' ') out += ' ';
  }
  return std::string(trim(out));
}

std::map<std::string, std::vector<Article>> read_edition(std::string const& input) {
  std::map<std::string, std::vector<Article>> out;
  auto reader = source::open_path(std::string(VIGIE_ROOT) + "/demo/" + input);
  EXPECT_TRUE(reader) << input;
  if (!reader) return out;
  Extractor extractor;
  while (auto item = (*reader)->next()) {
    if (!item->capture) continue;
    auto a = extractor.extract(*item->capture);
    EXPECT_TRUE(a);
    if (a) out[a->url].push_back(std::move(*a));
  }
  return out;
}

std::string list(std::vector<std::string> const& values) {
  std::string out;
  for (auto const& v : values) out += "[" + v + "] ";
  return out;
}

void compare(JsonView expected, Article const& a) {
  EXPECT_EQ(plain(a.title), plain(expected["title"].string()));
  EXPECT_EQ(a.language, expected["language"].string());
  EXPECT_EQ(name(a.kind), expected["kind"].string());
  if (a.access != Access::unknown || expected["access"].string() == "paid") {  // pages that say nothing are unknown
    EXPECT_EQ(name(a.access), expected["access"].string());
  }
  if (expected["published"].exists()) {
    EXPECT_EQ(a.published ? format_rfc3339(*a.published) : "", expected["published"].string());
  }
  std::vector<std::string> authors;
  for (auto v = expected["authors"].first(); v.exists(); v = v.next()) authors.emplace_back(v.string());
  if (expected["authors"].exists()) {
    EXPECT_EQ(list(a.authors), list(authors));
  }
  if (!expected["paragraphs"].exists()) return;
  if (expected["lede"].exists()) {
    EXPECT_EQ(plain(a.lede), plain(expected["lede"].string()));
  }
  std::vector<std::string> wanted, got;
  for (auto v = expected["paragraphs"].first(); v.exists(); v = v.next()) wanted.push_back(plain(v.string()));
  for (auto const& b : a.blocks) got.push_back(plain(b.text));
  if (expected["kind"].string() == "live") {
    for (auto const& w : wanted) EXPECT_NE(std::find(got.begin(), got.end(), w), got.end()) << w;
  } else {
    EXPECT_EQ(got, wanted);
  }
}

TEST(Demo, EveryArticleOfTheEditionIsRecovered) {
  std::ifstream in(std::string(VIGIE_ROOT) + "/demo/expected.jsonl");
  ASSERT_TRUE(in) << "demo/expected.jsonl is missing";
  std::map<std::string, std::map<std::string, std::vector<Article>>> editions;
  std::map<std::string, size_t> taken;
  Json json;
  for (std::string line; std::getline(in, line);) {
    auto const expected = json.read(line);
    ASSERT_TRUE(expected) << line;
    std::string const input((*expected)["input"].string()), url((*expected)["url"].string());
    SCOPED_TRACE(input + " " + url);
    if (!editions.contains(input)) editions[input] = read_edition(input);
    auto const& articles = editions[input];
    auto const found =
        articles.size() == 1 && articles.begin()->second.size() == 1 ? articles.begin() : articles.find(url);
    if (found == articles.end()) {
      ADD_FAILURE() << "no such article";
      continue;
    }
    size_t const at = std::min(taken[input + " " + url]++, found->second.size() - 1);
    compare(*expected, found->second[at]);
  }
}

}  // namespace
}  // namespace vigie::article
