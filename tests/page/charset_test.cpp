#include "page/charset.hpp"

#include <gtest/gtest.h>

#include "base/utf8.hpp"
#include "page/page.hpp"
#include "page/prescan.hpp"
#include "page/text.hpp"

namespace vigie::page {
namespace {

std::string decoded(std::string_view bytes, Encoding encoding) {
  Source source;
  decode(bytes, encoding, 1 << 20, source);
  return std::string(source.view());
}

Encoding found(std::string_view bytes, std::string_view content_type = "") {
  std::vector<std::string> notes;
  return find_charset(bytes, content_type, check_utf8(bytes), notes).encoding;
}

TEST(Charset, LabelsAreKnownWhateverTheirCaseAndSpaces) {
  EXPECT_EQ(encoding_of_label("utf8"), Encoding::utf_8);
  EXPECT_EQ(encoding_of_label(" Latin1\n"), Encoding::windows_1252);
  EXPECT_EQ(encoding_of_label("US-ASCII"), Encoding::windows_1252);
  EXPECT_EQ(encoding_of_label("iso-8859-9"), Encoding::windows_1254);
  EXPECT_EQ(encoding_of_label("gb2312"), Encoding::gbk);
  EXPECT_EQ(encoding_of_label("x-sjis"), Encoding::shift_jis);
  EXPECT_EQ(encoding_of_label("utf-7"), std::nullopt);
  EXPECT_EQ(encoding_of_label(""), std::nullopt);
  EXPECT_EQ(encoding_of_label("utf8 latin1"), std::nullopt);
}

TEST(Charset, AByteOrderMarkBeatsEveryLabel) {
  EXPECT_EQ(found("\xEF\xBB\xBF<meta charset=latin1>", "text/html; charset=koi8-r"), Encoding::utf_8);
  EXPECT_EQ(found(std::string("\xFF\xFE<\0p\0", 6), "text/html; charset=utf-8"), Encoding::utf_16le);
  EXPECT_EQ(found(std::string("\xFE\xFF\0<", 4)), Encoding::utf_16be);
}

TEST(Charset, TheHeaderBeatsTheMeta) {
  EXPECT_EQ(found("<meta charset=koi8-r>\xE9", "text/html; charset=\"ISO-8859-2\""), Encoding::iso_8859_2);
  EXPECT_EQ(found("<meta charset=koi8-r>\xE9", "text/html"), Encoding::koi8_r);
  EXPECT_EQ(found("<meta charset=koi8-r>\xE9", "text/html; charset=nonsense"), Encoding::koi8_r);
}

TEST(Charset, MetaComesInManyShapes) {
  EXPECT_EQ(prescan("<META HTTP-EQUIV='Content-Type' CONTENT='text/html; charset=Windows-1251'>"),
            Encoding::windows_1251);
  EXPECT_EQ(prescan("<meta content='text/html; charset=big5'>"), std::nullopt) << "no http-equiv, no charset";
  EXPECT_EQ(prescan("<!-- <meta charset=big5> --><p title='<meta charset=big5>'><meta/charset = sjis >"),
            Encoding::shift_jis);
  EXPECT_EQ(prescan("<meta charset=utf-16>"), Encoding::utf_8);
  EXPECT_EQ(prescan("<meta charset=x-user-defined>"), Encoding::windows_1252);
  EXPECT_EQ(prescan("<?xml version='1.0' encoding='iso-8859-15'?><html>"), Encoding::iso_8859_15);
  EXPECT_EQ(prescan("<meta charset="), std::nullopt);
}

TEST(Charset, Utf8ThatValidatesBeatsALabelThatLies) {
  constexpr std::string_view kLying = "<meta charset=iso-8859-1>\xC3\xA9t\xC3\xA9";
  std::vector<std::string> notes;
  EXPECT_EQ(find_charset(kLying, "", check_utf8(kLying), notes).encoding, Encoding::utf_8);
  ASSERT_EQ(notes.size(), 1u);
  EXPECT_EQ(notes[0], "charset: label says windows-1252, bytes are UTF-8");
  EXPECT_EQ(found("<meta charset=iso-8859-1>ete"), Encoding::windows_1252) << "ASCII proves nothing";
  EXPECT_EQ(found("<meta charset=iso-8859-1>\xE9t\xE9"), Encoding::windows_1252);
}

TEST(Charset, BytesThatAreNotUtf8BeatAUtf8LabelWhenMostAreWrong) {
  std::string const latin =
      "<meta charset=utf-8>Le pr\xE9sident a \xE9t\xE9 r\xE9\xE9lu, d\xE8s la premi\xE8re ann\xE9"
      "e.";
  EXPECT_NE(found(latin), Encoding::utf_8);
  EXPECT_EQ(found("<meta charset=utf-8>\xC3\xA9 \xC3\xA9 \xC3\xA9 \xE9 "), Encoding::utf_8);
  EXPECT_EQ(found("<meta charset=utf-8>\xC3\xA9 \xC3"), Encoding::utf_8) << "cut off in the middle of a letter";
}

TEST(Charset, WithoutALabelTheBytesAreLookedAt) {
  EXPECT_EQ(found("plain"), Encoding::windows_1252);
  EXPECT_EQ(found("\xC3\xA9t\xC3\xA9"), Encoding::utf_8);
  std::string russian;
  for (int i = 0; i < 20; ++i) {
    russian +=
        "\xCF\xF0\xE0\xE2\xE8\xF2\xE5\xEB\xFC\xF1\xF2\xE2\xEE \xEF\xF0\xE8\xED\xFF\xEB\xEE \xED\xEE\xE2\xFB\xE9 "
        "\xE7\xE0\xEA\xEE\xED. ";
  }
  EXPECT_EQ(found(russian), Encoding::windows_1251);
  EXPECT_EQ(found(std::string("<\0p\0>\0", 6)), Encoding::utf_16le);
}

TEST(Charset, ALateMetaCounts) {
  EXPECT_EQ(found("<!--" + std::string(3000, 'x') + "--><meta charset=koi8-r>\xC1\xC2"), Encoding::koi8_r);
}

TEST(Decode, EveryEncodingDecodesItsOwn) {
  struct Sample {
    Encoding encoding;
    std::string_view bytes, text;
  };
  Sample const samples[] = {
      {Encoding::utf_8, "\xC3\xA9", "é"},
      {Encoding::ibm866, "\x8F\xE0", "Пр"},
      {Encoding::iso_8859_2, "\xB1\xE6", "ąć"},
      {Encoding::iso_8859_3, "\xE6\xF8", "ĉĝ"},
      {Encoding::iso_8859_4, "\xE0\xBB", "āģ"},
      {Encoding::iso_8859_5, "\xBF\xE0", "Пр"},
      {Encoding::iso_8859_6, "\xC7\xE4", "ال"},
      {Encoding::iso_8859_7, "\xE1\xE2", "αβ"},
      {Encoding::iso_8859_8, "\xE0\xE1", "אב"},
      {Encoding::iso_8859_8_i, "\xE0\xE1", "אב"},
      {Encoding::iso_8859_10, "\xE0\xBF", "āŋ"},
      {Encoding::iso_8859_13, "\xE0\xF0", "ąš"},
      {Encoding::iso_8859_14, "\xA2\xF0", "ḃŵ"},
      {Encoding::iso_8859_15, "\xA4\xBD", "€œ"},
      {Encoding::iso_8859_16, "\xA4\xBA\xFE\xE9", "€șțé"},
      {Encoding::koi8_r, "\xF0\xD2", "Пр"},
      {Encoding::koi8_u, "\xA4\xB4", "єЄ"},
      {Encoding::macintosh, "\x8E\xC7", "é«"},
      {Encoding::windows_874, "\xA1\xA2", "กข"},
      {Encoding::windows_1250, "\xB9\xE6", "ąć"},
      {Encoding::windows_1251, "\xCF\xF0", "Пр"},
      {Encoding::windows_1252, "\x80\x9C\xE9\x92", "€œé’"},
      {Encoding::windows_1253, "\xE1\xE2", "αβ"},
      {Encoding::windows_1254, "\xFE\xF0", "şğ"},
      {Encoding::windows_1255, "\xE0\xE1", "אב"},
      {Encoding::windows_1256, "\xC7\xE1", "ال"},
      {Encoding::windows_1257, "\xE0\xF0", "ąš"},
      {Encoding::windows_1258, "\xFE\xD0", "₫Đ"},
      {Encoding::x_mac_cyrillic, "\x8F\xF0", "Пр"},
      {Encoding::gbk, "\xD6\xD0\xCE\xC4", "中文"},
      {Encoding::gb18030, "\xD6\xD0\x81\x30\x84\x36", "中¥"},
      {Encoding::big5, "\xA4\xA4\xA4\xE5", "中文"},
      {Encoding::euc_jp, "\xC6\xFC\xCB\xDC", "日本"},
      {Encoding::iso_2022_jp, "\x1B$BF|K\\\x1B(B", "日本"},
      {Encoding::shift_jis, "\x93\xFA\x96\x7B", "日本"},
      {Encoding::euc_kr, "\xC7\xD1\xB1\xB9", "한국"},
      {Encoding::utf_16be, {"\0\xE9", 2}, "é"},
      {Encoding::utf_16le, {"\xE9\0", 2}, "é"},
      {Encoding::x_user_defined, "a\x80", "a\xEF\x9E\x80"},
      {Encoding::replacement, "anything", "\xEF\xBF\xBD"},
  };
  for (Sample const& sample : samples)
    EXPECT_EQ(decoded(sample.bytes, sample.encoding), sample.text) << name(sample.encoding);
  EXPECT_EQ(std::size(samples), 40u) << "every encoding of the standard";
}

TEST(Decode, IllFormedUtf8BecomesReplacementCharacters) {
  for (std::string_view bytes :
       {"a\xFF", "\xC3", "\xE2\x82", "\xED\xA0\x80", "\xF5\x80\x80\x80", "\xC0\x80x\xC3\xA9"}) {
    EXPECT_EQ(decoded(bytes, Encoding::utf_8), to_valid_utf8(bytes));
  }
}

TEST(Decode, Utf8IsCheckedAsTheScalarCheckDoesWhereverItStands) {
  // Sequences at every distance from a block's edges, good and bad.
  for (std::string_view piece :
       {"\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x98\x80", "\xC3", "\x80", "\xED\xA0\x80", "\xE0\x80\x80",
        "\xF4\x90\x80\x80", "\xF0\x80\x80\x80", "\xC1\xBF", "\xE2\x82", "\xF0\x9F\x98", "\xFF"}) {
    for (size_t before = 0; before < 140; ++before) {
      for (size_t after : {0, 1, 2, 31, 64}) {
        std::string const text = std::string(before, 'x') + std::string(piece) + std::string(after, 'y');
        Utf8Check const check = check_utf8(text);
        ASSERT_EQ(check.valid, is_valid_utf8(text)) << before << " " << after;
        ASSERT_EQ(check_utf8_scalar(text).valid, check.valid);
        ASSERT_FALSE(check.ascii);
      }
    }
  }
}

TEST(Decode, RandomBytesAreCheckedAsTheScalarCheckDoes) {
  uint64_t seed = 7;
  char const* const alphabet = "a\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\xED\xA0\r\xBF\xE0\xF4\x90";
  for (int round = 0; round < 20000; ++round) {
    std::string text;
    for (size_t size = (seed >> 33) % 80; text.size() < size;) {
      seed = seed * 6364136223846793005u + 1442695040888963407u;
      text += alphabet[(seed >> 33) % 18];
    }
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    Utf8Check const check = check_utf8(text);
    ASSERT_EQ(check.valid, is_valid_utf8(text)) << "round " << round;
    ASSERT_EQ(check.has_cr, text.find('\r') != text.npos);
  }
}

TEST(Decode, LineEndsAreNormalized) {
  auto const normalized = [](std::string_view text) {
    Source source;
    decode(text, Encoding::utf_8, 1 << 20, source);
    normalize_line_ends(source);
    return std::string(source.view());
  };
  EXPECT_EQ(normalized("a\r\nb\rc\n\r\r\n"), "a\nb\nc\n\n\n");
  EXPECT_EQ(normalized("\r"), "\n");
  EXPECT_EQ(normalized("\r\n"), "\n");
  EXPECT_EQ(normalized("abc"), "abc");
}

TEST(Decode, WhatComesOutIsLimited) {
  Source source;
  EXPECT_FALSE(decode("a\xC3\xA9\xC3\xA9", Encoding::utf_8, 4, source));
  EXPECT_EQ(source.view(), "a\xC3\xA9");
  EXPECT_FALSE(decode("\xE9\xE9\xE9", Encoding::windows_1252, 5, source));
  EXPECT_EQ(source.view(), "éé");
  EXPECT_FALSE(decode("\xD6\xD0\xCE\xC4", Encoding::gbk, 5, source));
  EXPECT_EQ(source.view(), "中");
}

TEST(PageCharset, OffsetsLeadBackToTheCapturesBytes) {
  PageReader reader;
  for (std::string_view bytes :
       {"\xEF\xBB\xBF<p>\r\n\xC3\xA9t\xC3\xA9\r\n<b>ici", "<meta charset=latin1><p>\r\n\xE9t\xE9\r\n<b>ici"}) {
    Page const& page = reader.read(bytes, "");
    for (NodeId n = page.tree.body(); n != kNoNode; n = page.tree.next_in(page.tree.body(), n)) {
      if (page.tree.tag(n) != Atom::b) continue;
      auto const at = capture_offset(bytes, page, page.tree.source_begin(n));
      ASSERT_TRUE(at.has_value());
      EXPECT_EQ(bytes.substr(*at), "<b>ici");
    }
  }
  Page const& page = reader.read("\xC1\xC2", "text/html; charset=koi8-r");
  EXPECT_EQ(capture_offset("\xC1\xC2", page, 1), std::nullopt);
}

}  // namespace
}  // namespace vigie::page
