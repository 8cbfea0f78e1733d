#include "article/strings.hpp"

#include <algorithm>

#include "article/sixteen.hpp"
#include "base/utf8.hpp"

namespace vigie::article {
namespace {

bool is_invisible(char32_t c) {
  return c == 0xAD || c == 0xFEFF || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || c == 0x2060 ||
         (c >= 0x7F && c < 0xA0);
}

bool is_wide_space(char32_t c) {
  return c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x205F || c == 0x3000;
}

bool is_cjk(char32_t c) { return (c >= 0x3040 && c <= 0x9FFF) || (c >= 0xAC00 && c <= 0xD7A3) || c >= 0x20000; }

// Base letters of U+00C0..U+017F; '_' where there is none of a single letter.
constexpr std::string_view kLatin =
    "aaaaaaaceeeeiiiidnooooo_ouuuuytsaaaaaaaceeeeiiiidnooooo_ouuuuytyaaaaaaccccccccddddeeeeeeeeeegggg"
    "gggghhhhiiiiiiiiiiiijjkkkllllllllllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

}  // namespace

std::string_view trim(std::string_view s) {
  auto const edge = [](std::string_view at) -> size_t {  // bytes of white space at the front
    if (is_space(at[0]) || at[0] == '\0') return 1;
    if (at.starts_with("\xC2\xA0")) return 2;
    if (at.starts_with("\xE2\x80\x8B") || at.starts_with("\xEF\xBB\xBF") || at.starts_with("\xE2\x80\xAF")) return 3;
    return 0;
  };
  while (!s.empty()) {
    size_t const n = edge(s);
    if (n == 0) break;
    s.remove_prefix(n);
  }
  for (bool more = true; more && !s.empty();) {
    more = false;
    for (size_t n : {1, 2, 3}) {
      if (s.size() >= n && edge(s.substr(s.size() - n)) == n) {
        s.remove_suffix(n);
        more = true;
        break;
      }
    }
  }
  return s;
}

std::string lower(std::string_view s) {
  std::string out(s);
  for (char& c : out) c = lower(c);
  return out;
}

bool equal_nocase(std::string_view a, std::string_view b) {
  return a.size() == b.size() &&
         std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return lower(x) == lower(y); });
}

bool starts_with_nocase(std::string_view text, std::string_view prefix) {
  return text.size() >= prefix.size() && equal_nocase(text.substr(0, prefix.size()), prefix);
}

bool contains_nocase(std::string_view text, std::string_view part) {
  return std::search(text.begin(), text.end(), part.begin(), part.end(),
                     [](char a, char b) { return lower(a) == b; }) != text.end();
}

namespace {

// The end of what goes as it is from `at` on: words with one space between them, in ASCII or with letters of two bytes
// beyond U+00C0, none of which is a space or invisible.
size_t end_of_plain(std::string_view text, size_t at) {
  uint32_t space_before = 0;
  for (;;) {
    Sixteen const next =
        text.size() - at >= kSixteen ? Sixteen(text.data() + at) : Sixteen(text.data() + at, text.size() - at);
    uint32_t const spaces = next.spaces();
    uint32_t const doubled = spaces & (spaces << 1 | space_before);
    size_t const run = run_of(next.printed() & ~doubled);
    at += run;
    if (run == kSixteen) {
      space_before = spaces >> 15;
    } else if (at + 1 < text.size() && static_cast<unsigned char>(text[at]) >= 0xC3 &&
               static_cast<unsigned char>(text[at]) < 0xE0) {
      at += 2;
      space_before = 0;
    } else {
      return at;
    }
  }
}

}  // namespace

void append_squeezed(std::string& out, std::string_view text) {
  bool space = !out.empty() && out.back() == ' ';
  size_t at = 0;
  while (at < text.size()) {
    auto const byte = static_cast<unsigned char>(text[at]);
    if (byte > ' ' && byte < 0x7F) {
      size_t const end = end_of_plain(text, at);
      out.append(text, at, end - at);
      at = end;
      space = text[end - 1] == ' ';
      continue;
    }
    if (is_space(text[at])) {
      if (!space) out += ' ';
      space = true;
      ++at;
      continue;
    }
    size_t const begin = at;
    char32_t const c = next_code_point(text, at);
    if (c < 0x20 || is_invisible(c)) continue;
    if (is_wide_space(c)) {
      if (!space) out += ' ';
      space = true;
      continue;
    }
    out.append(text, begin, at - begin);
    space = false;
  }
}

std::string squeezed(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  append_squeezed(out, text);
  auto const kept = trim(out);
  if (kept.size() != out.size()) out = std::string(kept);
  return out;
}

char32_t fold_letter(char32_t c) {
  if (c < 0x80) {
    char const l = lower(static_cast<char>(c));
    return is_alpha(l) || is_digit(l) ? static_cast<char32_t>(l) : 0;
  }
  if (c >= 0xC0 && c < 0x180) {
    char const l = c - 0xC0 < kLatin.size() ? kLatin[c - 0xC0] : '_';
    return l == '_' ? 0 : static_cast<char32_t>(l);
  }
  if (c < 0xC0) return c == 0xAA || c == 0xB5 || c == 0xBA ? c : 0;
  if ((c >= 0x2000 && c < 0x2C00) || (c >= 0x3000 && c < 0x3040) || (c >= 0xFE30 && c < 0xFF10) || c == kReplacement ||
      (c >= 0x1F000 && c < 0x20000) || (c >= 0xE000 && c < 0xF900) || (c >= 0x0300 && c < 0x0370)) {
    return 0;
  }
  if (c >= 0x391 && c <= 0x3A9) return c + 32;  // Greek capitals
  if (c >= 0x410 && c <= 0x42F) return c + 32;  // Cyrillic capitals
  return c;
}

namespace {

bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }

}  // namespace

std::string folded(std::string_view text) {
  std::string out;
  append_folded(out, text);
  return out;
}

void append_folded(std::string& out, std::string_view text) {
  size_t const begin = out.size();
  out.resize(begin + text.size() + kSixteen);  // a folded letter takes no more bytes than it had
  char* const first = out.data() + begin;
  char* to = first;
  size_t at = 0;
  while (at < text.size()) {
    if (is_ascii(text[at])) {
      size_t const left = text.size() - at;
      Sixteen const next = left >= kSixteen ? Sixteen(text.data() + at) : Sixteen(text.data() + at, left);
      uint32_t const letters = next.letters_and_digits();
      uint32_t const behind_letter = letters << 1 | uint32_t{to > first && to[-1] != ' '};
      size_t const run = run_of(letters | (next.spaces() & behind_letter));
      next.write_lowered(to);
      to += run;
      at += run;
      if (run == kSixteen || at == text.size() || !is_ascii(text[at])) continue;
      // No letter, and no first space behind one.
      bool const gap = to > first && to[-1] != ' ' && static_cast<unsigned char>(text[at]) != 0x7F;
      *to = ' ';
      to += gap;
      ++at;
      continue;
    }
    size_t from = at;
    char32_t const c = next_code_point(text, at);
    char32_t const letter = fold_letter(c);
    if (letter != 0 && letter < 0x80) {
      *to++ = static_cast<char>(letter);
    } else if (letter != 0 && letter < 0x800) {
      *to++ = static_cast<char>(0xC0 | letter >> 6);
      *to++ = static_cast<char>(0x80 | (letter & 0x3F));
    } else if (letter != 0) {
      while (from < at) *to++ = text[from++];
    } else if (to > first && to[-1] != ' ' && !is_invisible(c) && !(c >= 0x0300 && c < 0x0370)) {
      *to++ = ' ';
    }
  }
  while (to > first && to[-1] == ' ') --to;
  out.resize(static_cast<size_t>(to - out.data()));
}

size_t count_words(std::string_view text) {
  size_t words = 0, ideographs = 0, at = 0;
  uint32_t inside = 0;  // a word, at what was last seen
  while (at < text.size()) {
    if (is_ascii(text[at])) {
      size_t const left = text.size() - at;
      Sixteen const next = left >= kSixteen ? Sixteen(text.data() + at) : Sixteen(text.data() + at, left);
      size_t const run = std::min(run_of(~next.high() & 0xFFFFu), left);
      uint32_t const letters = next.letters_and_digits() & first_bits(run);
      words += bits_in(letters & ~(letters << 1 | inside));
      inside = letters >> (run - 1) & 1;
      at += run;
      continue;
    }
    char32_t const c = next_code_point(text, at);
    if (is_cjk(c)) {
      ++ideographs;
      inside = 0;
    } else if (fold_letter(c) != 0) {
      words += inside == 0;
      inside = 1;
    } else {
      inside = 0;
    }
  }
  return words + (ideographs + 1) / 2;
}

}  // namespace vigie::article
