// Merged segments against those made of the same documents at once: not a byte may differ.
#include "index/merge.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "index/builder.hpp"
#include "index/invented.hpp"
#include "index/segment.hpp"

namespace vigie::index {
namespace {

std::string built(std::vector<Invented> const& articles) {
  text::Analyzer analyzer;
  Builder builder(analyzer);
  for (auto const& article : articles) builder.add(article.document());
  return builder.finish();
}

SegmentRef opened(std::string bytes) {
  auto segment = Segment::in_memory(std::move(bytes));
  EXPECT_TRUE(segment);
  return {std::move(*segment), nullptr, 0};
}

// Frequent and rare words; every stem in one form where `plain`, so that forms have no order to differ in.
std::vector<Invented> invented(size_t count, bool plain, uint64_t seed) {
  std::mt19937_64 random(seed);
  std::vector<Invented> articles(count);
  auto const words = [&](size_t many) {
    static constexpr std::array<std::string_view, 4> kForms = {"marché", "marche", "Marches", "marchés"};
    std::string text;
    for (; many > 0; --many) {
      uint64_t const rank = random() % (1 + random() % 4000);
      text += plain ? "w" + std::to_string(rank) : std::string(kForms[rank % 4]) + std::to_string(rank / 40);
      if (!plain && rank % 7 == 0) text += " " + std::string(kForms[random() % 4]);
      text += ' ';
    }
    return text;
  };
  for (size_t i = 0; i < count; ++i) {
    Invented& article = articles[i];
    article.row = i + 1;
    article.time_s = 1'600'000'000 + static_cast<int64_t>(random() % 1'000'000);
    if (random() % 6) article.published_s = article.time_s;
    article.seen_s = article.time_s + 5;
    article.language = plain ? "xx" : "fr";
    article.title = words(random() % 9);
    article.kicker = random() % 4 ? "" : words(2);
    article.lede = random() % 3 ? "" : words(20);
    for (uint64_t block = random() % 4; block > 0; --block) article.body.push_back(words(random() % 60));
    if (random() % 3 == 0) article.quotes = {{words(6), "anna " + std::to_string(random() % 50)}};
    for (uint64_t name = random() % 3; name > 0; --name)
      article.people.push_back("paul" + std::to_string(random() % 90) + " petit");
    article.source = "site" + std::to_string(random() % 5) + ".example";
    article.story = random() % 40;
  }
  return articles;
}

TEST(Merge, of_one_segment_gives_its_bytes) {
  for (bool const plain : {true, false}) {
    auto const bytes = built(invented(700, plain, 1));
    EXPECT_TRUE(merge(std::vector{opened(bytes)}) == bytes);
  }
}

TEST(Merge, of_segments_adjacent_in_time_gives_the_bytes_of_one_made_at_once) {
  auto articles = invented(900, false, 2);
  std::ranges::sort(articles, std::greater{}, [](Invented const& a) { return std::pair(a.time_s, a.row); });
  std::vector<SegmentRef> parts;
  for (size_t at = 0; at < articles.size(); at += 100) {
    parts.push_back(opened(built({articles.begin() + static_cast<std::ptrdiff_t>(at),
                                  articles.begin() + static_cast<std::ptrdiff_t>(at + 100)})));
  }
  EXPECT_TRUE(merge(parts) == built(articles));
}

TEST(Merge, of_segments_mixed_in_time_without_the_erased_gives_the_bytes_of_one_without_them) {
  for (uint64_t const seed : {3, 4, 5}) {
    std::mt19937_64 random(seed);
    auto const articles = invented(2000, true, seed);
    std::vector<std::vector<Invented>> by_part(2 + random() % 20);
    for (auto const& article : articles) by_part[random() % by_part.size()].push_back(article);
    std::vector<SegmentRef> parts;
    std::vector<Invented> alive;
    for (auto const& part : by_part) {
      auto ref = opened(built(part));
      auto erased = std::make_shared<Tombstones>((size_t{ref.segment->documents()} + 63) / 64);
      for (auto const& article : part) {
        if (random() % 3) {
          alive.push_back(article);
          continue;
        }
        DocId const doc = *ref.segment->find_row(article.row);
        (*erased)[doc >> 6] |= uint64_t{1} << (doc & 63);
        ++ref.erased_count;
      }
      ref.erased = erased;
      parts.push_back(std::move(ref));
    }
    auto const bytes = merge(parts);
    EXPECT_TRUE(bytes == built(alive));
    EXPECT_EQ(opened(bytes).segment->check(), std::vector<std::string>{});
  }
}

// What a builder knows of words from earlier segments leaves no trace in later ones.
TEST(Builder, a_later_segment_is_as_one_of_a_new_builder) {
  auto const articles = invented(900, false, 6);
  text::Analyzer analyzer;
  Builder builder(analyzer);
  for (size_t at = 0; at < articles.size(); at += 300) {
    std::vector<Invented> const part(articles.begin() + static_cast<std::ptrdiff_t>(at),
                                     articles.begin() + static_cast<std::ptrdiff_t>(at + 300));
    for (auto const& article : part) builder.add(article.document());
    EXPECT_TRUE(builder.finish() == built(part));
  }
}

}  // namespace
}  // namespace vigie::index
