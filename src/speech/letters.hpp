// letters.hpp: what the readers of words ask of bytes: code points with their kinds, and the letters of French and
// English told without decoding. Threads: pure.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "base/utf8.hpp"
#include "text/characters.hpp"

namespace vigie::speech {

using text::CharKind;

struct Code {
  char32_t value = 0;
  CharKind kind = CharKind::other;
  size_t end = 0;  // behind it
};

inline std::array<CharKind, 128> const kAsciiKinds = [] {
  std::array<CharKind, 128> kinds{};
  for (size_t c = 0; c < kinds.size(); ++c) kinds[c] = text::kind_of(static_cast<char32_t>(c));
  return kinds;
}();

// Nothing at the end of the text.
inline Code code_at(std::string_view text, size_t at) {
  Code code;
  if (at >= text.size()) return code;
  auto const byte = static_cast<unsigned char>(text[at]);
  if (byte < 0x80) return {byte, kAsciiKinds[byte], at + 1};
  code.end = at;
  code.value = next_code_point(text, code.end);
  code.kind = text::kind_of(code.value);
  return code;
}

inline bool is_alnum(CharKind kind) {
  return kind == CharKind::letter || kind == CharKind::digit || kind == CharKind::mark || kind == CharKind::ideograph ||
         kind == CharKind::complex;
}

inline bool is_hyphen(char32_t c) { return c == '-' || c == 0x2010 || c == 0x2011; }

inline char ascii_low(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

// How many bytes the letter or digit at `at` has where it is ASCII or accented Latin ("é"); 0 for anything else. Nearly
// every letter of French and English text is told here without decoding.
[[gnu::always_inline]] inline size_t plain_letter(std::string_view text, size_t at) {
  auto const byte = static_cast<unsigned char>(text[at]);
  if (byte < 0x80) {
    auto const letter = byte | 0x20;
    return (letter >= 'a' && letter <= 'z') || (byte >= '0' && byte <= '9') ? 1 : 0;
  }
  if (byte != 0xC3 || at + 1 >= text.size()) return 0;
  auto const next = static_cast<unsigned char>(text[at + 1]);
  return next >= 0x80 && next <= 0xBF && next != 0x97 && next != 0xB7 ? 2 : 0;
}

// Of a plain letter.
inline bool is_plain_capital(std::string_view text, size_t at) {
  auto const byte = static_cast<unsigned char>(text[at]);
  return byte < 0x80 ? byte >= 'A' && byte <= 'Z' : static_cast<unsigned char>(text[at + 1]) <= 0x9E;
}

}  // namespace vigie::speech
