#include "speech/tokens.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "speech/letters.hpp"

namespace vigie::speech {
namespace {

constexpr std::string_view kElided[] = {"l", "d",  "n",     "s",      "c",      "j",      "m",
                                        "t", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu", "presqu"};

bool is_space(char32_t c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == 0xA0 || (c >= 0x2000 && c <= 0x200B) || c == 0x202F ||
         c == 0x3000 || c == 0xFEFF;
}

bool elides(std::string_view low) {
  return std::find(std::begin(kElided), std::end(kElided), low) != std::end(kElided);
}

bool elides_bytes(std::string_view bytes) {
  char low[8];
  if (bytes.size() > 6) return false;
  std::transform(bytes.begin(), bytes.end(), low, ascii_low);
  return elides({low, bytes.size()});
}

}  // namespace

void Tokens::read(std::string_view text) {
  text_ = text;
  tokens_.clear();
  lexemes_.forget_if_many();
  point_ = 0;
  counted_ = 0;
  spaced_ = true;
  std::array<Stretch, kAhead> met;
  for (size_t at = 0, count = kAhead; count == kAhead;) {
    for (count = 0; count < kAhead && next(at, met[count]);) ++count;
    for (size_t i = 0; i < count; ++i) {
      Stretch& here = met[i];
      here.lexeme = &lexemes_.of(text.substr(here.begin, here.end - here.begin), here.met);
      __builtin_prefetch(here.lexeme);
    }
    for (size_t i = 0; i < count; ++i) add(met[i]);
  }
}

// The next word or sign; false at the end of the text.
bool Tokens::next(size_t& at, Stretch& found) {
  bool spaced = spaced_;
  for (; at < text_.size(); spaced = true) {
    auto const code = code_at(text_, at);
    bool const space = is_space(code.value);
    if (space && code.value != '\n') {
      at = code.end;
      continue;
    }
    found.word = is_alnum(code.kind);
    found.begin = at;
    found.end = at = found.word ? word_end(at) : code.end;
    found.sign = code.value;
    found.spaced = spaced;
    found.met = lexemes_.meet(text_, found.begin, found.end);
    spaced_ = space;
    return true;
  }
  return false;
}

namespace {

// Behind the plain letters and digits that begin at `at`.
inline size_t letters_end(std::string_view text, size_t at, size_t& letters, bool& digits_only) {
  while (at < text.size()) {
    auto const size = plain_letter(text, at);
    if (size == 0) break;
    digits_only &= text[at] >= '0' && text[at] <= '9';
    ++letters;
    at += size;
  }
  return at;
}

}  // namespace

// A word ends where its letters do; hyphens, inner apostrophes, dots of acronyms and of web addresses, decimal signs,
// "&" between letters and a last "+" belong to it.
size_t Tokens::word_end(size_t begin) const {
  size_t at = begin, letters = 0;
  bool digits_only = true;
  while (at < text_.size()) {
    at = letters_end(text_, at, letters, digits_only);
    if (at >= text_.size() || text_[at] == ' ' || text_[at] == '\n') return at;
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

void Tokens::add(Stretch const& here) {
  spaced_here_ = here.spaced;
  if (!here.word) {
    add(here.begin, here.end, false, *here.lexeme);
    auto& token = tokens_.back();
    token.sign = here.sign;
    token.shape = Shape::sign;
    token.facts = 0;
    return;
  }
  bool const glued = !tokens_.empty() && tokens_.back().end == here.begin && tokens_.back().is_word() &&
                     !tokens_.back().low.ends_with('\'');
  if (here.lexeme->whole) {
    add(here.begin, here.end, glued, *here.lexeme);
  } else {
    add_pieces(here, glued);
  }
}

void Tokens::add_pieces(Stretch const& here, bool glued) {
  auto const add_piece = [&](size_t begin, size_t end, bool is_glued) {
    add(begin, end, is_glued, lexemes_.of(text_.substr(begin, end - begin)));
  };
  auto const split = here.begin + glued_word(text_.substr(here.begin, here.end - here.begin));
  for (auto const& [from, to] : {std::pair{here.begin, split}, std::pair{split, here.end}}) {
    if (from == to) continue;
    auto const cut = from + clitic_subject(text_.substr(from, to - from));
    add_piece(from, cut, glued || from == split);
    glued = false;
    if (cut != to) add_piece(cut, to, false);
  }
}

void Tokens::add(size_t begin, size_t end, bool glued, Lexeme const& lexeme) {
  auto const gap = begin - counted_;
  point_ += gap < 2 ? static_cast<uint32_t>(gap)
                    : static_cast<uint32_t>(count_code_points(text_.substr(counted_, begin - counted_)));
  Token& token = tokens_.emplace_back();
  token.begin = static_cast<uint32_t>(begin);
  token.end = static_cast<uint32_t>(end);
  token.point = point_;
  token.points = lexeme.points;
  token.low = lexeme.low;
  token.facts = lexeme.facts;
  token.lexeme = &lexeme;
  token.shape = lexeme.shape;
  token.spaced = std::exchange(spaced_here_, false);
  token.glued = glued;
  point_ += token.points;
  counted_ = end;
}

}  // namespace vigie::speech
