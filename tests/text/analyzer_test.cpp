#include "text/analyzer.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

namespace vigie::text {
namespace {

using Words = std::vector<std::string>;

Words folded(std::string_view text, std::string_view language = "fr") {
  Analyzer analyzer;
  std::vector<Token> tokens;
  analyzer.analyze(text, language, tokens);
  Words words;
  for (Token const& token : tokens) words.push_back(token.word->folded);
  return words;
}

std::string stem_of(std::string_view word, std::string_view language = "fr") { return stem(fold(word), language); }

TEST(Analyzer, drops_elided_words_whatever_the_apostrophe) {
  EXPECT_EQ(folded("l'ONU d’abord jusqu'à qu´il"), (Words{"onu", "abord", "a", "il"}));
  EXPECT_EQ(folded("d'\"une étape\""), (Words{"une", "etape"}));
}

TEST(Analyzer, keeps_words_with_an_inner_apostrophe_whole) {
  EXPECT_EQ(folded("aujourd'hui prud’homme O'Brien"), (Words{"aujourdhui", "prudhomme", "obrien"}));
  EXPECT_EQ(folded("Trump's don't", "en"), (Words{"trump", "dont"}));
}

TEST(Analyzer, folds_case_accents_and_ligatures) {
  EXPECT_EQ(folded("ŒUVRE Ægypte Téhéran Łódź Straße"), (Words{"oeuvre", "aegypte", "teheran", "lodz", "strasse"}));
}

TEST(Analyzer, composed_and_decomposed_letters_are_one_word) {
  Analyzer analyzer;
  std::vector<Token> tokens;
  analyzer.analyze("étape e\u0301tape ÉTAPE", "fr", tokens);
  ASSERT_EQ(tokens.size(), 3u);
  EXPECT_EQ(tokens[0].word, tokens[1].word);
  EXPECT_EQ(tokens[0].word, tokens[2].word);
  EXPECT_EQ(tokens[0].word->surface, "étape");
  EXPECT_TRUE(tokens[0].word->accented());
}

TEST(Analyzer, splits_glued_sentences_but_joins_acronyms_and_numbers) {
  EXPECT_EQ(folded("du blason.La voiture"), (Words{"du", "blason", "la", "voiture"}));
  EXPECT_EQ(folded("l'U.R.S.S. et l'O.N.U, les U.S"), (Words{"urss", "et", "onu", "les", "us"}));
  EXPECT_EQ(folded("3,6 litres en 2018.Le reste"), (Words{"3.6", "litres", "en", "2018", "le", "reste"}));
  EXPECT_EQ(folded("M. Poutine à 20h30, L214 80km/h"), (Words{"m", "poutine", "a", "20h30", "l214", "80km", "h"}));
}

TEST(Analyzer, cuts_hyphens_and_invisible_signs) {
  EXPECT_EQ(folded("Saint-Martin rendez\u2011vous dés\u00ADescalade"),
            (Words{"saint", "martin", "rendez", "vous", "desescalade"}));
}

TEST(Analyzer, reads_other_alphabets) {
  EXPECT_EQ(folded("Путин ещё", "ru"), (Words{"путин", "еще"}));
  EXPECT_EQ(folded("東京都", "ja"), (Words{"東", "京", "都"}));
  EXPECT_GE(folded("ประเทศไทยสวยงาม", "th").size(), 2u);
}

TEST(Analyzer, tells_where_words_stand) {
  Analyzer analyzer;
  std::vector<Token> tokens;
  std::string const text = "À l’élu, « œuvré »";
  analyzer.analyze(text, "fr", tokens, 7);
  ASSERT_EQ(tokens.size(), 3u);
  EXPECT_EQ(text.substr(tokens[1].begin, tokens[1].end - tokens[1].begin), "élu");
  EXPECT_EQ(text.substr(tokens[2].begin, tokens[2].end - tokens[2].begin), "œuvré");
  EXPECT_EQ(tokens[0].position, 7u);
  EXPECT_EQ(tokens[2].position, 9u);
}

TEST(Analyzer, inflections_share_a_stem_with_or_without_accents) {
  for (auto const& [one, other] : std::vector<std::pair<std::string, std::string>>{{"réfugiés", "refugie"},
                                                                                   {"élections", "election"},
                                                                                   {"éborgnés", "éborgné"},
                                                                                   {"policiers", "policier"},
                                                                                   {"européennes", "européen"},
                                                                                   {"retraités", "retraité"},
                                                                                   {"suicides", "suicide"}}) {
    EXPECT_EQ(stem_of(one), stem_of(other)) << one << " " << other;
  }
  EXPECT_EQ(stem_of("attacks", "en"), stem_of("attack", "en"));
  EXPECT_EQ(stem_of("L214"), "l214");
}

TEST(Analyzer, survives_any_bytes_and_keeps_offsets_in_order) {
  std::mt19937 random(7);
  std::string const alphabet =
      "aé'’.,-œ \n\xFF\xC3\xE2\x80\xE0\xB8\x81\xE6\x9D\xB1"
      "1Z";
  for (int round = 0; round < 2000; ++round) {
    std::string text;
    for (size_t i = random() % 60; i > 0; --i) text += alphabet[random() % alphabet.size()];
    Analyzer analyzer;
    std::vector<Token> tokens;
    analyzer.analyze(text, "fr", tokens);
    uint32_t last = 0;
    for (Token const& token : tokens) {
      ASSERT_LE(last, token.begin);
      ASSERT_LT(token.begin, token.end);
      ASSERT_LE(token.end, text.size());
      ASSERT_FALSE(token.word->folded.empty());
      last = token.end;
    }
  }
}

TEST(Analyzer, a_word_without_end_is_bounded) {
  std::string const endless(1 << 20, 'a');
  auto const words = folded(endless);
  ASSERT_EQ(words.size(), 1u);
  EXPECT_LE(words[0].size(), 100u);
}

TEST(Analyzer, the_limit_stops_it) {
  Analyzer analyzer;
  std::vector<Token> tokens;
  analyzer.analyze("un deux trois quatre", "fr", tokens, 0, 2);
  EXPECT_EQ(tokens.size(), 2u);
}

}  // namespace
}  // namespace vigie::text
