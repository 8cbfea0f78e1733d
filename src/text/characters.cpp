#include "text/characters.hpp"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>

#include <array>
#include <memory>

#include "base/utf8.hpp"

namespace vigie::text {
namespace {

struct Traits {
  CharKind kind = CharKind::other;
  bool upper = false;
  char32_t lower = 0;
  std::array<char, 7> folded{};  // UTF-8, zero-terminated
};

bool is_apostrophe(char32_t c) {
  return c == '\'' || c == 0x2019 || c == 0x2018 || c == 0x02BC || c == 0x00B4 || c == 0xFF07 || c == 0x2032;
}

CharKind letter_kind(char32_t c) {
  UErrorCode error = U_ZERO_ERROR;
  switch (uscript_getScript(static_cast<UChar32>(c), &error)) {
    case USCRIPT_HAN:
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
      return CharKind::ideograph;
    case USCRIPT_THAI:
    case USCRIPT_LAO:
    case USCRIPT_KHMER:
    case USCRIPT_MYANMAR:
      return CharKind::complex;
    default:
      return CharKind::letter;
  }
}

CharKind kind_from_icu(char32_t c) {
  if (is_apostrophe(c)) return CharKind::apostrophe;
  if (c == 0x00AD || c == 0x200C || c == 0x200D || c == 0x2060) return CharKind::mark;
  switch (u_charType(static_cast<UChar32>(c))) {
    case U_UPPERCASE_LETTER:
    case U_LOWERCASE_LETTER:
    case U_TITLECASE_LETTER:
    case U_MODIFIER_LETTER:
    case U_OTHER_LETTER:
      return c == 0x00AA || c == 0x00BA ? CharKind::other : letter_kind(c);
    case U_DECIMAL_DIGIT_NUMBER:
      return CharKind::digit;
    case U_NON_SPACING_MARK:
    case U_COMBINING_SPACING_MARK:
      return letter_kind(c) == CharKind::complex ? CharKind::complex : CharKind::mark;
    default:
      return CharKind::other;
  }
}

// Marks that writers of the language leave out at will; vowel signs of Indic scripts are not among them.
bool is_dropped_mark(char32_t c) {
  return (c >= 0x0300 && c <= 0x036F) || (c >= 0x0483 && c <= 0x0487) || (c >= 0x0591 && c <= 0x05C7) ||
         (c >= 0x064B && c <= 0x065F) || c == 0x0640 || c == 0x0670 || c == 0x00AD || c == 0x200C || c == 0x200D ||
         c == 0x2060;
}

// Letters that Unicode does not decompose, as readers without the key type them.
std::string_view plain_spelling(char32_t c) {
  switch (c) {
    case 0x0153:
      return "oe";  // œ
    case 0x00E6:
      return "ae";  // æ
    case 0x00DF:
      return "ss";  // ß
    case 0x00F8:
      return "o";  // ø
    case 0x0142:
      return "l";  // ł
    case 0x0111:
      return "d";  // đ
    case 0x00F0:
      return "d";  // ð
    case 0x00FE:
      return "th";  // þ
    case 0x0131:
      return "i";  // ı
    case 0x0127:
      return "h";  // ħ
    case 0x0133:
      return "ij";  // ĳ
    case 0x03C2:
      return "σ";  // ς
    default:
      return {};
  }
}

bool decomposes(char32_t c) {
  return c < 0x0590 || (c >= 0x0600 && c < 0x0700) || (c >= 0x1E00 && c < 0x2000) || (c >= 0xFB00 && c < 0xFB50) ||
         (c >= 0xFF00 && c < 0xFFF0);
}

void fold_with_icu(std::string& out, char32_t c) {
  if (auto const plain = plain_spelling(c); !plain.empty()) {
    out += plain;
    return;
  }
  if (is_dropped_mark(c)) return;
  if (!decomposes(c)) return append_code_point(out, c);
  UErrorCode error = U_ZERO_ERROR;
  UNormalizer2 const* const nfkd = unorm2_getNFKDInstance(&error);
  std::array<UChar, 32> parts;
  int32_t const length =
      unorm2_getDecomposition(nfkd, static_cast<UChar32>(c), parts.data(), static_cast<int32_t>(parts.size()), &error);
  if (U_FAILURE(error) || length < 0) return append_code_point(out, c);
  for (int32_t at = 0; at < length;) {
    UChar32 part;
    U16_NEXT(parts.data(), at, length, part);
    if (!is_dropped_mark(static_cast<char32_t>(part))) {
      append_code_point(out, static_cast<char32_t>(u_tolower(part)));
    }
  }
}

Traits traits_from_icu(char32_t c) {
  Traits traits;
  traits.kind = kind_from_icu(c);
  traits.upper = u_isupper(static_cast<UChar32>(c)) != 0;
  traits.lower = c == 0x0130 ? U'i' : static_cast<char32_t>(u_tolower(static_cast<UChar32>(c)));
  std::string folded;
  fold_with_icu(folded, c);
  for (size_t i = 0; i < folded.size() && i + 1 < traits.folded.size(); ++i) traits.folded[i] = folded[i];
  return traits;
}

std::array<Traits, kTabled> const& table() {
  static std::unique_ptr<std::array<Traits, kTabled> const> const filled = [] {
    auto made = std::make_unique<std::array<Traits, kTabled>>();
    for (char32_t c = 0; c < kTabled; ++c) (*made)[c] = traits_from_icu(c);
    return made;
  }();
  return *filled;
}

}  // namespace

std::array<CharKind, kTabled> const& tabled_kinds() {
  static std::array<CharKind, kTabled> const kinds = [] {
    std::array<CharKind, kTabled> made;
    for (char32_t c = 0; c < kTabled; ++c) made[c] = table()[c].kind;
    return made;
  }();
  return kinds;
}

CharKind kind_of(char32_t c) { return c < kTabled ? table()[c].kind : kind_from_icu(c); }

bool is_upper(char32_t c) { return c < kTabled ? table()[c].upper : u_isupper(static_cast<UChar32>(c)) != 0; }

char32_t to_lower(char32_t c) {
  return c < kTabled ? table()[c].lower : static_cast<char32_t>(u_tolower(static_cast<UChar32>(c)));
}

void append_folded(std::string& out, char32_t lower) {
  if (lower < kTabled) {
    out += table()[lower].folded.data();
  } else {
    fold_with_icu(out, lower);
  }
}

}  // namespace vigie::text
