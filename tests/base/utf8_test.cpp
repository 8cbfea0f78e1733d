#include "base/utf8.hpp"

#include <gtest/gtest.h>

namespace vigie {
namespace {

TEST(Utf8, every_code_point_survives_a_round_trip) {
  for (char32_t c = 0; c < 0x110000; ++c) {
    if (c >= 0xD800 && c < 0xE000) continue;
    std::string text;
    append_code_point(text, c);
    size_t at = 0;
    ASSERT_EQ(next_code_point(text, at), c);
    ASSERT_EQ(at, text.size());
    ASSERT_TRUE(is_valid_utf8(text));
  }
}

TEST(Utf8, ill_formed_parts_become_one_replacement_each) {
  EXPECT_EQ(to_valid_utf8("a\xFFz"), "a\xEF\xBF\xBDz");
  EXPECT_EQ(to_valid_utf8("\xE2\x82"), "\xEF\xBF\xBD");                              // a truncated euro sign
  EXPECT_EQ(to_valid_utf8("\xE2\x82z"), "\xEF\xBF\xBDz");                            // the maximal part, then z
  EXPECT_EQ(to_valid_utf8("\xED\xA0\x80"), "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");  // a surrogate
  EXPECT_EQ(to_valid_utf8("\xC0\xAF"), "\xEF\xBF\xBD\xEF\xBF\xBD");                  // an overlong slash
  EXPECT_FALSE(is_valid_utf8("ab\xF4\x90\x80\x80"));
}

TEST(Utf8, a_replacement_character_in_the_text_is_valid) { EXPECT_TRUE(is_valid_utf8("a\xEF\xBF\xBDz")); }

TEST(Utf8, validity_agrees_with_replacing) {
  unsigned state = 7;
  for (int round = 0; round < 20000; ++round) {
    std::string text;
    for (unsigned n = 1 + round % 9; n > 0; --n) {
      state = state * 1664525 + 1013904223;
      text += "aé\xC3\xA9\xE2\x82\xAC\xED\xA0\xF0\x9F\x98\x80\xFF"[(state >> 16) % 16];
    }
    EXPECT_EQ(is_valid_utf8(text), to_valid_utf8(text) == text) << round;
    EXPECT_TRUE(is_valid_utf8(to_valid_utf8(text)));
  }
}

}  // namespace
}  // namespace vigie
