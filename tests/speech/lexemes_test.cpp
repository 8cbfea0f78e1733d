#include "speech/lexemes.hpp"

#include <gtest/gtest.h>

#include <string>
#include <tuple>

#include "speech/passing_table.hpp"
#include "speech/tokens.hpp"

namespace vigie::speech {
namespace {

TEST(Lexemes, a_word_is_known_by_its_spelling) {
  Lexemes lexemes;
  auto const& first = lexemes.of("Élodie");
  EXPECT_EQ(first.low, "élodie");
  EXPECT_EQ(first.key, "elodie");
  EXPECT_EQ(first.shape, Shape::capital);
  EXPECT_EQ(first.points, 6u);
  EXPECT_EQ(&lexemes.of("Élodie"), &first);
  EXPECT_NE(&lexemes.of("élodie"), &first);
}

TEST(Lexemes, words_that_hold_two_or_a_subject_are_not_whole) {
  Lexemes lexemes;
  EXPECT_FALSE(lexemes.of("managementPour").whole);
  EXPECT_FALSE(lexemes.of("dit-il").whole);
  EXPECT_TRUE(lexemes.of("rendez-vous").whole);
  EXPECT_EQ(glued_word("managementPour"), std::string_view("management").size());
  EXPECT_EQ(clitic_subject("a-t-elle"), 1u);
}

TEST(Lexemes, what_reports_is_told_from_what_does_not) {
  Lexemes lexemes;
  for (auto const* word : {"selon", "affirme", "expliqué", "d'", "according"})
    EXPECT_TRUE(lexemes.of(word).reports) << word;
  for (auto const* word : {"table", "maison", "le", "Nantes"}) EXPECT_FALSE(lexemes.of(word).reports) << word;
}

TEST(Lexemes, many_words_and_long_ones_are_forgotten_and_found_again) {
  Lexemes lexemes;
  std::string const longest(5'000, 'a');
  EXPECT_EQ(lexemes.of(longest).low, longest);
  for (size_t i = 0; i < Lexemes::kLexemesKept + 10; ++i) (void)lexemes.of("mot" + std::to_string(i));
  EXPECT_EQ(lexemes.of(longest).points, 5'000u);
  lexemes.forget_if_many();
  EXPECT_EQ(lexemes.of("mot1").low, "mot1");
  EXPECT_EQ(lexemes.of(longest).low, longest);
}

TEST(Tokens, a_text_reads_alike_the_first_time_and_when_its_words_are_known) {
  constexpr std::string_view kText =
      "L'ONU, a-t-elle dit, « redoute » le blasonLa 3,6 U.R.S.S. œuvré d’Étretat\0\nà 20h.\t+ GM&S Ålesund "
      "anticonstitutionnellement";
  Tokens fresh, seasoned;
  fresh.read(kText);
  for (int round = 0; round < 3; ++round) seasoned.read(kText);
  ASSERT_EQ(fresh.all().size(), seasoned.all().size());
  for (size_t i = 0; i < fresh.all().size(); ++i) {
    auto const &a = fresh.all()[i], &b = seasoned.all()[i];
    EXPECT_EQ(std::tie(a.begin, a.end, a.point, a.points, a.low, a.facts, a.sign, a.shape, a.spaced, a.glued),
              std::tie(b.begin, b.end, b.point, b.points, b.low, b.facts, b.sign, b.shape, b.spaced, b.glued));
  }
}

TEST(PassingTable, forgets_all_at_once_and_grows) {
  PassingTable<uint32_t> table;
  EXPECT_EQ(table.find("un"), nullptr);
  for (uint32_t round = 1; round < 4; ++round) {
    for (uint32_t i = 0; i < 500; ++i) table["mot qui revient " + std::to_string(i)] = i + round;
    for (uint32_t i = 0; i < 500; ++i) {
      auto const* const found = table.find("mot qui revient " + std::to_string(i));
      ASSERT_NE(found, nullptr);
      EXPECT_EQ(*found, i + round);
    }
    table.clear();
    EXPECT_EQ(table.find("mot qui revient 7"), nullptr);
    EXPECT_EQ(table["mot qui revient 7"], 0u);
    table.clear();
  }
}

}  // namespace
}  // namespace vigie::speech
