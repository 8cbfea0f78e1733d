#include "text/sentences.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

namespace vigie::text {
namespace {

using Lines = std::vector<std::string>;

Lines split(std::string const& text) {
  Lines lines;
  for (Span const span : sentences(text)) lines.push_back(text.substr(span.begin, span.end - span.begin));
  return lines;
}

TEST(Sentences, end_at_a_stop_before_a_capital) {
  EXPECT_EQ(split("Il pleut. Elle sort ! Où va-t-elle ? Nul ne sait…"),
            (Lines{"Il pleut.", "Elle sort !", "Où va-t-elle ?", "Nul ne sait…"}));
}

TEST(Sentences, glued_ones_are_told_apart) {
  EXPECT_EQ(split("la hauteur du blason.La voiture évoque 2018.Elle plaît.L'autre non."),
            (Lines{"la hauteur du blason.", "La voiture évoque 2018.", "Elle plaît.", "L'autre non."}));
  EXPECT_EQ(split("un \"bain de sang\".Le reste"), (Lines{"un \"bain de sang\".", "Le reste"}));
}

TEST(Sentences, abbreviations_initials_and_acronyms_do_not_end_one) {
  EXPECT_EQ(split("M. Martin et Mme. Durand ont vu J. K. Petit en U.R.S.S. hier. Fin."),
            (Lines{"M. Martin et Mme. Durand ont vu J. K. Petit en U.R.S.S. hier.", "Fin."}));
  EXPECT_EQ(split("Voir www.exemple.fr pour 3.5 points. Oui."),
            (Lines{"Voir www.exemple.fr pour 3.5 points.", "Oui."}));
}

TEST(Sentences, closing_quotes_belong_to_the_sentence) {
  EXPECT_EQ(split("« Nous irons. » Il sort."), (Lines{"« Nous irons. »", "Il sort."}));
  EXPECT_EQ(split("\"Nous irons.\" Il sort."), (Lines{"\"Nous irons.\"", "Il sort."}));
  EXPECT_EQ(split("« Quoi ? » a-t-il dit. Rien."), (Lines{"« Quoi ? » a-t-il dit.", "Rien."}));
}

TEST(Sentences, a_line_break_always_ends_one) {
  EXPECT_EQ(split("Titre sans point\nLa suite"), (Lines{"Titre sans point", "La suite"}));
}

TEST(Sentences, ideographic_stops_need_no_space) { EXPECT_EQ(split("東京。大阪。"), (Lines{"東京。", "大阪。"})); }

TEST(Sentences, cover_everything_but_white_space_whatever_the_bytes) {
  std::mt19937 random(11);
  std::string const alphabet = "aB. !?\"«» \n\xC2\xA0\xE2\x80\xA6\xFF)('1";
  for (int round = 0; round < 2000; ++round) {
    std::string text;
    for (size_t i = random() % 40; i > 0; --i) text += alphabet[random() % alphabet.size()];
    uint32_t last = 0;
    for (Span const span : sentences(text)) {
      ASSERT_LE(last, span.begin);
      ASSERT_LT(span.begin, span.end);
      ASSERT_LE(span.end, text.size());
      for (uint32_t i = last; i < span.begin; ++i) ASSERT_FALSE(isalnum(static_cast<unsigned char>(text[i]))) << text;
      last = span.end;
    }
    for (size_t i = last; i < text.size(); ++i) ASSERT_FALSE(isalnum(static_cast<unsigned char>(text[i]))) << text;
  }
}

}  // namespace
}  // namespace vigie::text
