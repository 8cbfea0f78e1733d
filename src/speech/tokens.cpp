#include "speech/tokens.hpp"

#include <algorithm>
#include <array>

#include "base/utf8.hpp"
#include "text/characters.hpp"

namespace vigie::speech {
namespace {

using text::CharKind;

constexpr std::string_view kElided[] = {"l", "d",  "n",     "s",      "c",      "j",      "m",
                                        "t", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu", "presqu"};
constexpr std::string_view kSubjects[] = {"-t-elles", "-t-elle", "-t-ils", "-t-il", "-t-on", "-elles",
                                          "-elle",    "-ils",    "-il",    "-on",   "-je"};

bool is_space(char32_t c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == 0xA0 || (c >= 0x2000 && c <= 0x200B) || c == 0x202F ||
         c == 0x3000 || c == 0xFEFF;
}

bool is_hyphen(char32_t c) { return c == '-' || c == 0x2010 || c == 0x2011; }

bool is_alnum(CharKind kind) {
  return kind == CharKind::letter || kind == CharKind::digit || kind == CharKind::mark || kind == CharKind::ideograph ||
         kind == CharKind::complex;
}

struct Code {
  char32_t value = 0;
  CharKind kind = CharKind::other;
  size_t end = 0;
};

std::array<CharKind, 128> const kAsciiKinds = [] {
  std::array<CharKind, 128> kinds{};
  for (size_t c = 0; c < kinds.size(); ++c) kinds[c] = text::kind_of(static_cast<char32_t>(c));
  return kinds;
}();

Code code_at(std::string_view text, size_t at) {
  Code code;
  if (at >= text.size()) return code;
  auto const byte = static_cast<unsigned char>(text[at]);
  if (byte < 0x80) return {byte, kAsciiKinds[byte], at + 1};
  code.end = at;
  code.value = next_code_point(text, code.end);
  code.kind = text::kind_of(code.value);
  return code;
}

bool is_ascii_alnum(unsigned char c) {
  auto const letter = c | 0x20;
  return (letter >= 'a' && letter <= 'z') || (c >= '0' && c <= '9');
}

// How many bytes the letter or digit at `at` has where it is ASCII or accented Latin ("é"); 0 for anything else. Nearly
// every letter of French and English text is told here without decoding.
[[gnu::always_inline]] inline size_t plain_letter(std::string_view text, size_t at) {
  auto const byte = static_cast<unsigned char>(text[at]);
  if (byte < 0x80) return is_ascii_alnum(byte) ? 1 : 0;
  if (byte != 0xC3 || at + 1 >= text.size()) return 0;
  auto const next = static_cast<unsigned char>(text[at + 1]);
  return next >= 0x80 && next <= 0xBF && next != 0x97 && next != 0xB7 ? 2 : 0;
}

bool is_plain_capital(std::string_view text, size_t at) {
  auto const byte = static_cast<unsigned char>(text[at]);
  return byte < 0x80 ? byte >= 'A' && byte <= 'Z' : static_cast<unsigned char>(text[at + 1]) <= 0x9E;
}

bool elides(std::string_view low) {
  return std::find(std::begin(kElided), std::end(kElided), low) != std::end(kElided);
}

char ascii_low(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

bool elides_bytes(std::string_view bytes) {
  char low[8];
  if (bytes.size() > 6) return false;
  std::transform(bytes.begin(), bytes.end(), low, ascii_low);
  return elides({low, bytes.size()});
}

// "beau-frère", "coprésident-fondateur": of an unknown word behind a prefix that makes another person of a person.
Facts behind_prefix(std::string_view low) {
  auto const hyphen = low.find('-');
  if (hyphen == std::string_view::npos || hyphen > 7) return 0;
  auto const prefix = low.substr(0, hyphen);
  for (std::string_view known : {"ex", "co", "vice", "beau", "belle", "demi", "sous", "arrière", "beaux", "archi"}) {
    if (prefix == known)
      return facts_of(low.substr(hyphen + 1)) & (kPersonNoun | kMasculine | kFeminine | kPlural | kOrdinary);
  }
  return 0;
}

Shape shape_of(std::string_view text, size_t begin, size_t end) {
  size_t letters = 0, capitals = 0;
  bool first_capital = false, first = true, behind_hyphen = false;
  for (size_t at = begin; at < end;) {
    if (auto const size = plain_letter(text, at); size != 0 && !(text[at] >= '0' && text[at] <= '9')) {
      bool const capital = is_plain_capital(text, at);
      if (first || behind_hyphen) first_capital |= capital;
      ++letters;
      capitals += capital;
      first = behind_hyphen = false;
      at += size;
      continue;
    }
    auto const code = code_at(text, at);
    if (code.kind == CharKind::letter) {
      bool const capital = text::is_upper(code.value);
      if (first || behind_hyphen) first_capital |= capital;  // el-Assad
      ++letters;
      capitals += capital;
    } else if (first && code.kind == CharKind::digit) {
      first_capital = false;
    }
    first = false;
    behind_hyphen = is_hyphen(code.value);
    at = code.end;
  }
  if (letters == 0) return Shape::number;
  if (capitals == letters && letters > 1) return Shape::upper;
  return first_capital || capitals > 1 ? Shape::capital : Shape::lower;
}

}  // namespace

void Tokens::read(std::string_view text) {
  text_ = text;
  tokens_.clear();
  if (lows_.size() < 2 * text.size() + 64) lows_.resize(2 * text.size() + 64);
  lows_used_ = 0;
  point_ = 0;
  counted_ = 0;
  spaced_ = true;
  for (size_t at = 0; at < text.size();) {
    auto const code = code_at(text, at);
    if (is_alnum(code.kind)) {
      word(at);
    } else if (is_space(code.value)) {
      if (code.value == '\n') sign(at, '\n');
      at = code.end;
      spaced_ = true;
    } else {
      sign(at, code.value);
      at = code.end;
    }
  }
  look_up();
}

void Tokens::look_up() {
  constexpr size_t kAhead = 8;
  for (size_t i = 0; i < tokens_.size(); ++i) {
    if (i + kAhead < tokens_.size()) expect_facts(tokens_[i + kAhead].low);
    auto& token = tokens_[i];
    if (token.shape == Shape::sign) continue;
    token.facts = facts_of(token.low);
    if (token.facts == 0) token.facts = behind_prefix(token.low);
  }
}

void Tokens::sign(size_t& at, char32_t code) {
  auto const end = code_at(text_, at).end;
  add_word(at, end, false);
  auto& token = tokens_.back();
  token.sign = code;
  token.shape = Shape::sign;
}

// A word ends where its letters do; hyphens, inner apostrophes, dots of acronyms and of web addresses, decimal signs,
// "&" between letters and a last "+" belong to it.
size_t Tokens::word_end(size_t begin) const {
  size_t at = begin, letters = 0;
  bool digits_only = true;
  while (at < text_.size()) {
    if (auto const size = plain_letter(text_, at); size != 0) {
      digits_only &= text_[at] >= '0' && text_[at] <= '9';
      ++letters;
      at += size;
      continue;
    }
    auto const code = code_at(text_, at);
    if (is_alnum(code.kind)) {
      digits_only &= code.kind == CharKind::digit;
      ++letters;
      at = code.end;
      continue;
    }
    auto const next = code_at(text_, code.end);
    if (!is_alnum(next.kind)) {
      if (code.value == '+' && next.kind == CharKind::other && !digits_only) return code.end;
      if (code.value == '.' && letters == 1 && at > begin + 1) return code.end;  // the last dot of U.S.
      return at;
    }
    if (code.kind == CharKind::apostrophe) {
      auto const before = text_.substr(begin, at - begin);
      if (elides_bytes(before)) return code.end;
      auto const after = code_at(text_, next.end);
      if ((next.value == 's' || next.value == 'S') && !is_alnum(after.kind)) return at;
      for (auto elided : kElided) {  // "parisiensL'homme": the capital elided word begins a sentence
        if (before.size() > elided.size() && elides_bytes(before.substr(before.size() - elided.size())) &&
            text::is_upper(static_cast<unsigned char>(before[before.size() - elided.size()]))) {
          return at - elided.size();
        }
      }
    } else if (is_hyphen(code.value)) {
      letters = 0;
    } else if (code.value == '.') {
      bool const decimal = digits_only && next.kind == CharKind::digit;
      bool const acronym =
          letters == 1 && !digits_only && text::is_upper(next.value) && code_at(text_, next.end).value == '.';
      auto tail = code.end;
      while (tail < text_.size() && text_[tail] >= 'a' && text_[tail] <= 'z') ++tail;
      auto const length = tail - code.end;
      bool const address = !digits_only && letters > 2 && length >= 2 && length <= 4 &&
                           !is_alnum(code_at(text_, tail).kind) && facts_of(text_.substr(code.end, length)) == 0;
      if (!decimal && !acronym && !address) return at;
      letters = 0;
    } else if (code.value == ',') {
      if (!digits_only || next.kind != CharKind::digit) return at;
    } else if (code.value != '&') {
      return at;
    }
    at = code.end;
  }
  return at;
}

// Where a second word begins inside [begin, end) because a paragraph break was lost: a capital behind a small letter
// (or behind capitals) opens an ordinary word. `end` where there is none.
size_t Tokens::glue(size_t begin, size_t end) const {
  bool inner_capital = false;
  for (size_t at = begin; at < end && !inner_capital;) {
    auto const size = plain_letter(text_, at);
    inner_capital =
        size == 0 ? static_cast<unsigned char>(text_[at]) >= 0x80 : at > begin && is_plain_capital(text_, at);
    at += std::max<size_t>(size, 1);
  }
  if (!inner_capital) return end;
  size_t last = begin, before = begin, at = begin;
  bool previous_letter = false;
  while (at < end) {
    auto const code = code_at(text_, at);
    if (text::is_upper(code.value) && previous_letter && at > begin) last = at;
    previous_letter = code.kind == CharKind::letter;
    before = at;
    at = code.end;
  }
  if (last == begin || before == last) return end;
  auto const after = code_at(text_, code_at(text_, last).end);
  if (text::is_upper(after.value) || after.kind != CharKind::letter) return end;
  std::string low;
  for (size_t i = last; i < end;) {
    auto const code = code_at(text_, i);
    append_code_point(low, text::to_lower(code.value));
    i = code.end;
  }
  auto const facts = facts_of(low);
  bool const grammar = (facts & (kDeterminer | kPreposition | kPronoun | kConjunction | kClitic | kAdverb)) != 0;
  bool const small = !text::is_upper(code_at(text_, begin).value);
  return (grammar || (small && (facts & kOrdinary))) && !(facts & kFirstName) && end - begin > low.size() + 1 ? last
                                                                                                              : end;
}

void Tokens::word(size_t& at) {
  auto const end = word_end(at);
  auto const split = glue(at, end);
  auto const pieces = {std::pair{at, split}, std::pair{split, end}};
  bool glued =
      !tokens_.empty() && tokens_.back().end == at && tokens_.back().is_word() && !tokens_.back().low.ends_with('\'');
  for (auto const& [from, to] : pieces) {
    if (from == to) continue;
    auto cut = to;
    if (text_.substr(from, to - from).find('-') == std::string_view::npos) {  // no clitic subject
      add_word(from, to, glued || from == split);
      glued = false;
      continue;
    }
    std::string low;
    for (size_t i = from; i < to;) {
      auto const code = code_at(text_, i);
      append_code_point(low, text::to_lower(code.value));
      i = code.end;
    }
    for (auto subject : kSubjects) {
      if (low.size() > subject.size() && low.ends_with(subject) && !low.starts_with("t-")) {
        cut = to - subject.size();
        break;
      }
    }
    add_word(from, cut, glued || from == split);
    glued = false;
    if (cut != to) add_word(cut, to, false);
  }
  at = end;
}

// Writes the lower case of a code point that is no plain letter; what follows it.
size_t Tokens::add_low(size_t at, char*& out, char const* limit) {
  auto const code = code_at(text_, at);
  if (out >= limit) return code.end;
  if (code.value < 0x80) {
    *out++ = ascii_low(static_cast<char>(code.value));
  } else if (code.kind == CharKind::apostrophe) {
    *out++ = '\'';
  } else {
    std::string low;
    append_code_point(low, text::to_lower(code.value));
    out = std::copy(low.begin(), low.end(), out);
  }
  return code.end;
}

void Tokens::add_word(size_t begin, size_t end, bool glued) {
  auto const gap = begin - counted_;
  point_ += gap < 2 ? static_cast<uint32_t>(gap)
                    : static_cast<uint32_t>(count_code_points(text_.substr(counted_, begin - counted_)));
  Token token;
  token.begin = static_cast<uint32_t>(begin);
  token.end = static_cast<uint32_t>(end);
  token.point = point_;
  bool plain = true;
  uint32_t letters = 0, capitals = 0;
  auto* const low = lows_.data() + lows_used_;
  auto* out = low;
  auto const* const limit = lows_.data() + lows_.size() - 8;
  for (size_t at = begin; at < end; ++token.points) {
    auto const size = plain_letter(text_, at);
    if (out >= limit || size == 0 || at + size > end) {
      plain = false;
      at = add_low(at, out, limit);
      continue;
    }
    bool const capital = is_plain_capital(text_, at);
    letters += text_[at] > '9' || size == 2;
    capitals += capital;
    *out++ = size == 1 ? ascii_low(text_[at]) : text_[at];
    if (size == 2) *out++ = static_cast<char>(static_cast<unsigned char>(text_[at + 1]) + (capital ? 0x20 : 0));
    at += size;
  }
  token.low = std::string_view(low, static_cast<size_t>(out - low));
  lows_used_ += token.low.size();
  point_ += token.points;
  counted_ = end;
  if (plain && capitals == 0) {
    token.shape = letters == 0 ? Shape::number : Shape::lower;
  } else {
    token.shape = shape_of(text_, begin, end);
  }
  token.spaced = spaced_;
  token.glued = glued;
  spaced_ = false;
  tokens_.push_back(token);
}

}  // namespace vigie::speech
