// What holds for every page, shown on the pages of the demo edition: the text stands in the page, in its order; reading
// twice gives the same bytes; there is no markup in it; a page cut anywhere is still read.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "article/extract.hpp"
#include "article/strings.hpp"
#include "base/utf8.hpp"
#include "page/page.hpp"
#include "page/text.hpp"
#include "source/reader.hpp"

namespace vigie::article {
namespace {

std::vector<source::Capture> const& edition() {
  static std::vector<source::Capture> const captures = [] {
    std::vector<source::Capture> out;
    auto reader = source::open_path(std::string(VIGIE_ROOT) + "/demo/edition");
    EXPECT_TRUE(reader);
    while (auto item = reader ? (*reader)->next() : std::nullopt) {
      if (item->capture) out.push_back(std::move(*item->capture));
    }
    return out;
  }();
  return captures;
}

std::string without_spaces(std::string_view s) {
  std::string out;
  for (size_t i = 0; i < s.size(); ++i) {
    if (is_space(s[i])) continue;
    if (s.substr(i).starts_with("\xC2\xA0")) {
      ++i;
    } else if (s.substr(i).starts_with("\xE2\x80\xAF")) {
      i += 2;
    } else {
      out += s[i];
    }
  }
  return out;
}

TEST(Laws, EveryBlockStandsInThePageInItsOrder) {
  Extractor extractor;
  page::PageReader reader({}, page::Scripting::on);
  size_t pages = 0;
  for (auto const& c : edition()) {
    if (c.media != source::Media::html) continue;
    auto const a = extractor.extract(c);
    ASSERT_TRUE(a);
    ++pages;
    auto const& page = reader.read(c.body, c.content_type);
    auto const all = without_spaces(squeezed(page::raw_text(page.tree, page::kDocument)));
    size_t at = 0;
    auto const expect_next = [&](std::string_view block) {
      // Letter by letter: what scripts and drop capitals put between the letters of a block is none of its text.
      size_t const begin = at;
      for (char const x : without_spaces(block)) {
        at = all.find(x, at);
        ASSERT_NE(at, all.npos) << a->url << "\n" << block << "\nbehind byte " << begin;
        ++at;
      }
    };
    if (a->lede_in_text) expect_next(a->lede);
    for (auto const& b : a->blocks) expect_next(b.text);
  }
  EXPECT_GE(pages, 40u);
}

TEST(Laws, ReadingTwiceGivesTheSameWhateverWasReadBetween) {
  std::vector<Article> once;
  Extractor reused;
  for (auto const& c : edition()) once.push_back(*reused.extract(c));
  for (size_t i = edition().size(); i-- > 0;) {
    auto const again = reused.extract(edition()[i]);
    ASSERT_TRUE(again);
    EXPECT_EQ(*again, once[i]) << once[i].url;
  }
  Extractor fresh;
  EXPECT_EQ(*fresh.extract(edition().front()), once.front());
}

TEST(Laws, NoMarkupAndNoControlCharactersAreInText) {
  Extractor extractor;
  for (auto const& c : edition()) {
    auto const a = extractor.extract(c);
    ASSERT_TRUE(a);
    for (auto const& s : {a->title, a->lede, a->kicker, text(*a)}) {
      EXPECT_TRUE(is_valid_utf8(s));
      for (auto const part : {"</", "<p", "<br", "<div", "&nbsp;", "&amp;", "&#", "\t", "\r", "\xC2\xAD"})
        EXPECT_EQ(s.find(part), s.npos) << part << " in " << a->url;
    }
    for (auto const& b : a->blocks) {
      EXPECT_FALSE(b.text.empty());
      EXPECT_EQ(b.text.find('\n'), b.text.npos);
    }
  }
}

TEST(Laws, APageCutAnywhereIsStillRead) {
  Extractor extractor;
  constexpr size_t kCuts = 9;
  for (size_t page = 0; page < edition().size(); ++page) {
    source::Capture c = edition()[page];
    auto const whole = c.body;
    for (size_t k = 0; k < kCuts; ++k) {  // another remainder on each page: inside tags, words, entities, scripts
      c.body = whole.substr(0, whole.size() * k / kCuts + page % 13);
      auto const a = extractor.extract(c);
      if (c.media == source::Media::html) {
        ASSERT_TRUE(a) << c.url;
        EXPECT_TRUE(is_valid_id(a->id));
      }
    }
  }
}

}  // namespace
}  // namespace vigie::article
