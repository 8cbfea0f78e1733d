// characters.hpp: what the tokenizer asks of a code point. Latin, Greek and Cyrillic come from a table filled once from
// ICU; the rest asks ICU each time. Threads: safe.
#pragma once

#include <array>
#include <cstdint>
#include <string>

namespace vigie::text {

enum class CharKind : uint8_t {
  other,  // separates words
  letter,
  digit,
  mark,        // combines with the letter before it, or is invisible inside a word (soft hyphen, joiners)
  ideograph,   // Han and kana: each is a word of its own
  complex,     // Thai, Lao, Khmer, Burmese: words need a dictionary
  apostrophe,  // all its typographic forms
};

CharKind kind_of(char32_t);

// The kinds of the code points below kTabled, for loops that cannot afford a call: Latin, Greek, Cyrillic, Hebrew.
inline constexpr char32_t kTabled = 0x600;
std::array<CharKind, kTabled> const& tabled_kinds();

bool is_upper(char32_t);
char32_t to_lower(char32_t);

// Appends a lower-case code point without accents and ligatures: "é" -> "e", "œ" -> "oe", "ё" -> "е".
void append_folded(std::string& out, char32_t lower);

}  // namespace vigie::text
