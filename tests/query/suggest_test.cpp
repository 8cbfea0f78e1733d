#include "query/suggest.hpp"

#include <gtest/gtest.h>

#include "index/builder.hpp"
#include "index/invented.hpp"
#include "index/segment.hpp"

namespace vigie::query {
namespace {

index::Snapshot corpus() {
  text::Analyzer analyzer;
  index::Builder builder(analyzer);
  for (uint64_t row = 1; row <= 3; ++row) {
    index::Invented article;
    article.row = row;
    article.time_s = static_cast<int64_t>(row);
    article.title = "Élections au sommet";
    article.body = {"élection électorale sommeil"};
    article.people = {"Anna Élysée", "Paul Petit"};
    article.places = {"Sommières"};
    builder.add(article.document());
  }
  return index::Snapshot({{*index::Segment::in_memory(builder.finish()), nullptr, 0}});
}

std::vector<std::string> of(std::vector<Suggestion> const& all, SuggestionKind kind) {
  std::vector<std::string> texts;
  for (auto const& suggestion : all) {
    if (suggestion.kind == kind) texts.push_back(suggestion.text);
  }
  return texts;
}

TEST(Suggest, words_names_and_headlines_that_go_on_from_the_last_word) {
  auto const snapshot = corpus();
  auto const found = suggest(snapshot, "paix él");
  EXPECT_EQ(of(found, SuggestionKind::word),
            (std::vector<std::string>{"paix election", "paix elections", "paix electorale"}));
  EXPECT_EQ(of(found, SuggestionKind::person), (std::vector<std::string>{"Anna Élysée"}));
  EXPECT_TRUE(of(found, SuggestionKind::headline).empty());
  auto const headlines = suggest(snapshot, "elections somm", 2);
  ASSERT_EQ(of(headlines, SuggestionKind::headline).size(), 2u);
  EXPECT_EQ(headlines.back().row, 2u);
  EXPECT_EQ(of(headlines, SuggestionKind::place), (std::vector<std::string>{"Sommières"}));
}

TEST(Suggest, too_short_and_strange_beginnings_suggest_nothing) {
  auto const snapshot = corpus();
  for (auto const* typed : {"", "e", " ", "\"", "\xff\xfe", "zzz"})
    EXPECT_TRUE(suggest(snapshot, typed).empty()) << typed;
}

}  // namespace
}  // namespace vigie::query
