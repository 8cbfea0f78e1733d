#include "text/language.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "text/function_words.hpp"

namespace vigie::text {
namespace {

TEST(Language, short_headlines_are_told_apart) {
  EXPECT_EQ(detect_language("Le ministre annonce une réforme des retraites"), "fr");
  EXPECT_EQ(detect_language("Minister says the pension reform is on hold"), "en");
  EXPECT_EQ(detect_language("El ministro anuncia una reforma de las pensiones"), "es");
  EXPECT_EQ(detect_language("Der Minister kündigt eine Reform der Renten an"), "de");
}

TEST(Language, other_alphabets) {
  EXPECT_EQ(detect_language("Министр объявил о реформе пенсионной системы в стране"), "ru");
  EXPECT_EQ(detect_language("首相は来週、年金制度の改革案を発表する予定だと述べた"), "ja");
}

TEST(Language, what_is_declared_decides_only_in_doubt) {
  EXPECT_EQ(detect_language("Macron Benalla", "fr-FR"), "fr");
  EXPECT_EQ(detect_language("Le ministre annonce une réforme des retraites dans le pays", "en"), "fr");
  EXPECT_EQ(detect_language("", "pt_BR"), "pt");
  EXPECT_EQ(detect_language("1234 !", ""), "");
}

TEST(Language, function_words_are_known_to_each_of_their_languages) {
  auto const bit = [](std::string_view language) {
    return 1U << (std::ranges::find(kFunctionLanguages, language) - kFunctionLanguages.begin());
  };
  EXPECT_EQ(languages_of_function_word("depuis"), bit("fr"));
  EXPECT_EQ(languages_of_function_word("très"), bit("fr"));
  EXPECT_EQ(languages_of_function_word("between"), bit("en"));
  EXPECT_EQ(languages_of_function_word("werd"), bit("nl"));
  EXPECT_EQ(languages_of_function_word("in"), bit("en") | bit("it") | bit("de") | bit("nl"));
  for (std::string_view const other : {"", "ministre", "tres", "depuis que", "entrevue", "d"}) {
    EXPECT_EQ(languages_of_function_word(other), 0U) << other;
  }
}

TEST(Language, codes_are_shortened) {
  EXPECT_EQ(primary_language("fr-FR"), "fr");
  EXPECT_EQ(primary_language("FRA"), "fr");
  EXPECT_EQ(primary_language("und"), "");
  EXPECT_EQ(primary_language("12"), "");
}

TEST(Language, any_bytes_are_accepted) {
  EXPECT_NO_FATAL_FAILURE(detect_language("\xFF\xFE\xC3 le la les \xE2\x80"));
  EXPECT_EQ(detect_language(std::string(100000, '\xE2')), "");
}

}  // namespace
}  // namespace vigie::text
