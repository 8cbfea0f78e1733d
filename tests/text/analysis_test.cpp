// Words found once: the table of short spellings against the obvious way, and an analysis field by field.
#include "text/analysis.hpp"

#include <gtest/gtest.h>

#include <map>
#include <random>

#include "text/spellings.hpp"
#include "text/tokenizer.hpp"

namespace vigie::text {
namespace {

std::string random_word(std::mt19937_64& random) {
  std::string word;
  for (size_t letters = 1 + random() % 24; letters > 0; --letters) {
    if (random() % 9 == 0)
      word += "é";
    else
      word += static_cast<char>((random() % 3 == 0 ? 'A' : 'a') + random() % 4);
  }
  return word;
}

TEST(Analysis, words_of_any_length_are_those_of_the_tokenizer) {
  std::mt19937_64 random(3);
  std::string text;
  for (int i = 0; i < 20'000; ++i) text += random_word(random) + (random() % 40 == 0 ? ".\n" : " ");
  Analyzer analyzer;
  std::vector<Token> tokens;
  analyzer.analyze(text, "fr", tokens);
  Tokenizer tokenizer(text);
  std::map<std::string, Word const*> words;
  std::map<uint32_t, Word const*> numbers;
  size_t i = 0;
  for (RawToken raw; tokenizer.next(raw);) {
    std::string const surface = surface_of(std::string_view(text).substr(raw.begin, raw.end - raw.begin));
    if (surface.empty()) continue;
    ASSERT_LT(i, tokens.size());
    Token const& token = tokens[i];
    EXPECT_EQ(token.begin, raw.begin);
    EXPECT_EQ(token.end, raw.end);
    EXPECT_EQ(token.position, i++);
    EXPECT_EQ(token.word->surface, surface);
    EXPECT_EQ(token.word->id, analyzer.ids().first + token.number);
    EXPECT_EQ(words.try_emplace(surface, token.word).first->second, token.word);
    EXPECT_EQ(numbers.try_emplace(token.number, token.word).first->second, token.word);
  }
  EXPECT_EQ(i, tokens.size());
}

TEST(Analysis, forgetting_begins_a_generation_whose_numbers_begin_again) {
  Analyzer analyzer;
  Analysis before, after;
  before.add(analyzer, "La mer monte", "fr");
  EXPECT_FALSE(analyzer.reset_if_large());
  ASSERT_TRUE(analyzer.reset_if_large(0));
  after.add(analyzer, "La mer monte", "fr");
  EXPECT_NE(before.ids().generation, after.ids().generation);
  EXPECT_GT(after.ids().first, before.ids().first);
  EXPECT_EQ(after.field(0)[0].number, 0u);
  EXPECT_NE(Analyzer().ids().generation, after.ids().generation);
}

TEST(Analysis, fields_are_apart) {
  Analyzer analyzer;
  Analysis words;
  for (auto const field : {"Un titre", "", "Le chapeau dit plus"}) words.add(analyzer, field, "fr");
  ASSERT_EQ(words.fields(), 3u);
  EXPECT_EQ(words.field(kTitleField).size(), 2u);
  EXPECT_TRUE(words.field(kKickerField).empty());
  ASSERT_EQ(words.field(kLedeField).size(), 4u);
  EXPECT_EQ(words.field(kLedeField)[0].position, 0u);
  EXPECT_EQ(words.words(), 6u);
}

TEST(Spellings, are_told_apart_at_the_end_of_a_text_as_inside_it) {
  std::string const letters = "abcdefghijklmnopqrstuvwxyz";
  for (size_t size = 0; size <= kShortSpelling; ++size) {
    std::string const alone = letters.substr(0, size);
    Spelling const inside = spelling_at(letters, 0, size), at_end = spelling_at(alone, 0, size);
    EXPECT_EQ(inside, at_end) << size;
    EXPECT_NE(inside, spelling_at(letters, 0, size == 0 ? 1 : size - 1));
  }
}

}  // namespace
}  // namespace vigie::text
