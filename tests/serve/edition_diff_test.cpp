// What changed between two editions.
#include "serve/edition_diff.hpp"

#include <gtest/gtest.h>

#include <random>

namespace vigie::serve {
namespace {

article::Article of(std::string title, std::vector<std::string> paragraphs) {
  article::Article article;
  article.title = std::move(title);
  for (auto& text : paragraphs) article.blocks.push_back({article::BlockKind::paragraph, 0, std::move(text)});
  return article;
}

std::string told(article::Article const& older, article::Article const& newer) {
  std::string out;
  for (auto const& change : changes_between(older, newer)) {
    out += (change.kind == Change::Kind::added ? '+' : '-') + change.text + ' ';
  }
  return out;
}

TEST(EditionDiff, NamesParagraphsTakenOutAndPutIn) {
  EXPECT_EQ(told(of("t", {"a", "b", "c"}), of("t", {"a", "b", "c"})), "");
  EXPECT_EQ(told(of("t", {"a", "b", "c"}), of("t", {"a", "x", "c"})), "-b +x ");
  EXPECT_EQ(told(of("t", {"a", "b", "c", "d"}), of("u", {"a", "c", "d", "e"})), "-t +u -b +e ");
  EXPECT_EQ(told(of("t", {}), of("t", {"a"})), "+a ");
}

TEST(EditionDiff, AppliedToTheOlderEditionGivesTheNewer) {
  std::mt19937 random(20261123);
  for (int round = 0; round < 300; ++round) {
    auto const some = [&] {
      std::vector<std::string> out(random() % 9);
      for (auto& text : out) text = std::string(1, static_cast<char>('a' + random() % 4));
      return out;
    };
    auto const older = some(), newer = some();
    auto left = older;
    size_t kept = older.size(), added = 0;
    for (auto const& change : changes_between(of("t", older), of("t", newer))) {
      if (change.kind == Change::Kind::added) {
        ++added;
        continue;
      }
      --kept;
      auto const found = std::find(left.begin(), left.end(), change.text);
      ASSERT_NE(found, left.end());
      left.erase(found);
    }
    EXPECT_EQ(kept + added, newer.size());
  }
}

TEST(EditionDiff, IsBoundedForLongArticles) {
  std::vector<std::string> a, b;
  for (int i = 0; i < 3000; ++i) {
    a.push_back("a" + std::to_string(i));
    b.push_back("b" + std::to_string(i));
  }
  EXPECT_EQ(changes_between(of("t", a), of("t", b)).size(), 6000u);
}

}  // namespace
}  // namespace vigie::serve
