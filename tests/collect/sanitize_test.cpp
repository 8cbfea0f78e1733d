// feedparser's sanitizer cases through the whole way of a feed entry: what becomes an article is text, and nothing of
// what a browser would run or load is in it.
#include <gtest/gtest.h>

#include "article/extract.hpp"
#include "source/ascii.hpp"
#include "source/suite.hpp"

namespace vigie::collect {
namespace {

bool is_harmless_address(std::string_view url) {
  return url.empty() || source::starts_nocase(url, "http://") || source::starts_nocase(url, "https://");
}

TEST(Sanitizing, NothingActiveSurvives) {
  auto const folder = source::suite("feedparser-tests");
  if (!folder) GTEST_SKIP() << "feedparser-tests skipped: no shared/data/conformance.tar.xz on this machine";
  article::Extractor extractor;
  size_t articles = 0;
  for (auto const& file : source::files_below(*folder / "tests/wellformed/sanitize", ".xml")) {
    for (auto const& capture : source::split_feed(source::read_file(file)).entries) {
      auto const article = extractor.extract(capture);
      if (!article) continue;  // an entry without a word
      ++articles;
      std::string const all = article->title + "\n" + text(*article) + "\n" + article->kicker;
      for (auto const* const active : {"location.href", "<script", "javascript:alert", "document.write", "onload=\""}) {
        EXPECT_EQ(source::to_lower(all).find(active), std::string::npos) << file << "\n" << all;
      }
      EXPECT_TRUE(is_harmless_address(article->url)) << file << " " << article->url;
      EXPECT_TRUE(is_harmless_address(article->image)) << file << " " << article->image;
    }
  }
  EXPECT_GT(articles, 500u);
}

}  // namespace
}  // namespace vigie::collect
