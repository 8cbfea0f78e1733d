#include "text/tokenizer.hpp"

#include <algorithm>
#include <array>

#include "base/utf8.hpp"
#include "text/characters.hpp"
#include "text/dictionary_words.hpp"
#include "text/normal_form.hpp"

namespace vigie::text {
namespace {

constexpr size_t kSurfaceBytes = 96;

// Elided words of French and Italian, folded. Longest is five letters.
constexpr std::array<std::string_view, 29> kElided = {
    "l",      "d",      "j",      "m",    "t",   "s",    "c",    "n",    "qu",  "jusqu",
    "lorsqu", "puisqu", "quoiqu", "dell", "all", "nell", "sull", "dall", "un",  "quell",
    "quest",  "coll",   "gl",     "degl", "agl", "negl", "sugl", "dagl", "bell"};

constexpr uint8_t raw(CharKind kind) { return static_cast<uint8_t>(kind); }
bool is_word(uint8_t kind) { return kind == raw(CharKind::letter) || kind == raw(CharKind::digit); }
bool continues(uint8_t kind) { return is_word(kind) || kind == raw(CharKind::mark); }

bool is_elided(std::string_view letters) {
  if (letters.size() > 6) return false;
  std::array<char, 6> lower{};
  for (size_t i = 0; i < letters.size(); ++i) {
    auto const c = static_cast<unsigned char>(letters[i]);
    if (c >= 0x80) return false;
    lower[i] = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  }
  return std::ranges::find(kElided, std::string_view(lower.data(), letters.size())) != kElided.end();
}

}  // namespace

Tokenizer::Tokenizer(std::string_view text) : text_(text.substr(0, UINT32_MAX - 8)), kinds_(tabled_kinds().data()) {}

inline Tokenizer::Scan Tokenizer::scan(uint32_t at) const {
  if (at >= text_.size()) return {0, raw(CharKind::other), at};
  auto const byte = static_cast<unsigned char>(text_[at]);
  if (byte < 0x80) return {byte, raw(kinds_[byte]), at + 1};
  if (byte >= 0xC2 && byte < 0xD8 && at + 1 < text_.size()) {  // two bytes, below kTabled
    auto const second = static_cast<unsigned char>(text_[at + 1]);
    char32_t const code = (byte & 0x1Fu) << 6 | (second & 0x3Fu);
    if ((second & 0xC0) == 0x80) return {code, raw(kinds_[code]), at + 2};
  }
  size_t end = at;
  char32_t const code = next_code_point(text_, end);
  return {code, raw(kind_of(code)), static_cast<uint32_t>(end)};
}

// Past the ASCII letters from `at`, which most words are made of.
inline uint32_t Tokenizer::skip_letters(uint32_t at) const {
  while (at < text_.size() && static_cast<unsigned char>(text_[at]) < 0x80 &&
         kinds_[static_cast<unsigned char>(text_[at])] == CharKind::letter) {
    ++at;
  }
  return at;
}

bool Tokenizer::next(RawToken& token) {
  if (at_ < complex_end_ && complex_run(at_, token)) return true;
  while (at_ < text_.size()) {
    uint32_t const begin = at_;
    Scan const first = scan(begin);
    switch (static_cast<CharKind>(first.kind)) {
      case CharKind::letter:
      case CharKind::digit:
        if (letters_or_digits(begin, token)) return true;
        break;
      case CharKind::ideograph:
        token = {begin, first.end};
        at_ = first.end;
        return true;
      case CharKind::complex:
        if (complex_run(begin, token)) return true;
        break;
      default:
        at_ = first.end;
    }
  }
  return false;
}

// From a letter or digit at `begin`. False where the word was elided; at_ has moved in either case.
bool Tokenizer::letters_or_digits(uint32_t begin, RawToken& token) {
  if (uint32_t const end = acronym_end(begin); end != 0) {
    token = {begin, end};
    at_ = end;
    return true;
  }
  bool plain = true;
  uint32_t at = skip_letters(begin);
  bool digits_only = at == begin;
  for (;;) {
    Scan const here = scan(at);
    if (continues(here.kind)) {
      digits_only = digits_only && here.kind == raw(CharKind::digit);
      at = here.end;
      continue;
    }
    Scan const after = scan(here.end);
    if (here.kind == raw(CharKind::apostrophe)) {
      if (plain && !digits_only && is_elided(text_.substr(begin, at - begin))) {
        at_ = here.end;
        return false;
      }
      bool const possessive = (after.code == 's' || after.code == 'S') && !continues(scan(after.end).kind);
      if (possessive && !digits_only) {
        token = {begin, at};
        at_ = after.end;
        return true;
      }
      if (after.kind == raw(CharKind::letter) && !digits_only) {
        plain = false;
        at = after.end;
        continue;
      }
    } else if ((here.code == '.' || here.code == ',') && digits_only && after.kind == raw(CharKind::digit)) {
      at = after.end;
      continue;
    }
    token = {begin, at};
    at_ = std::max(at, begin + 1);
    return true;
  }
}

// "U.R.S.S." or "U.S" from `begin`: single letters joined by dots, at least two. 0 where it is none.
uint32_t Tokenizer::acronym_end(uint32_t begin) const {
  Scan letter = scan(begin);
  if (letter.kind != raw(CharKind::letter)) return 0;
  Scan dot = scan(letter.end);
  if (dot.code != '.') return 0;
  uint32_t end = 0;
  for (;;) {
    letter = scan(dot.end);
    if (letter.kind != raw(CharKind::letter)) return end;
    dot = scan(letter.end);
    if (dot.code == '.') {
      end = dot.end;
    } else {
      bool const alone = !continues(dot.kind) && dot.kind != raw(CharKind::apostrophe);
      return alone ? letter.end : 0;
    }
  }
}

bool Tokenizer::complex_run(uint32_t begin, RawToken& token) {
  constexpr uint32_t kRunBytes = 4096;
  if (begin >= complex_end_) {
    complex_end_ = begin;
    while (complex_end_ - begin < kRunBytes) {
      Scan const here = scan(complex_end_);
      if (here.kind != raw(CharKind::complex)) break;
      complex_end_ = here.end;
    }
  }
  auto const length = first_dictionary_word(text_.substr(begin, complex_end_ - begin));
  token = {begin, begin + static_cast<uint32_t>(length)};
  at_ = token.end;
  return true;
}

std::string surface_of(std::string_view word) {
  std::string out;
  bool marks = false;
  for (size_t at = 0; at < word.size() && out.size() < kSurfaceBytes;) {
    char32_t const code = next_code_point(word, at);
    CharKind const kind = kind_of(code);
    if (kind == CharKind::apostrophe || code == 0x00AD || code == 0x200C || code == 0x200D || code == 0x2060) continue;
    if (code == '.' || code == ',') {  // inside a number it stays, inside an acronym it goes
      bool const number = !out.empty() && out.back() >= '0' && out.back() <= '9';
      if (number) out += '.';
      continue;
    }
    marks = marks || kind == CharKind::mark;
    append_code_point(out, to_lower(code));
  }
  return marks ? composed(out) : out;
}

std::string folded_of(std::string_view surface) {
  std::string out;
  for (size_t at = 0; at < surface.size();) append_folded(out, next_code_point(surface, at));
  return out.empty() ? std::string(surface) : out;
}

}  // namespace vigie::text
