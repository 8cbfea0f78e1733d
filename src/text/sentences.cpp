#include "text/sentences.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "base/utf8.hpp"
#include "text/characters.hpp"

namespace vigie::text {
namespace {

// After these a full stop seldom ends a sentence. Lower case.
constexpr std::array<std::string_view, 45> kAbbreviations = {
    "m",   "mm",  "mme", "mmes", "mlle", "mlles", "mgr", "me",  "dr",   "drs", "pr",   "st",  "ste", "sts",    "cf",
    "art", "av",  "bd",  "chap", "env",  "vol",   "p",   "pp",  "no",   "fig", "tél",  "mr",  "mrs", "ms",     "jr",
    "sr",  "gen", "sen", "gov",  "rep",  "col",   "lt",  "sgt", "prof", "vs",  "capt", "hon", "rev", "messrs", "dept"};

bool is_terminator(char32_t c) { return c == '.' || c == '!' || c == '?' || c == 0x2026; }
bool ends_alone(char32_t c) { return c == 0x3002 || c == 0xFF01 || c == 0xFF1F || c == 0x0964 || c == 0x061F; }
bool is_space(char32_t c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == 0xA0 || c == 0x202F || c == 0x2009 || c == 0x3000;
}
bool is_closer(char32_t c) { return c == 0xBB || c == 0x201D || c == ')' || c == ']' || c == 0x2019 || c == 0x300D; }
bool is_opener(char32_t c) {
  return c == 0xAB || c == 0x201C || c == '(' || c == '[' || c == 0x2018 || c == 0x2014 || c == 0x2013 || c == '-' ||
         c == 0x2022;
}

class Splitter {
 public:
  explicit Splitter(std::string_view text) : text_(text.substr(0, UINT32_MAX - 8)) {}

  std::vector<Span> split() {
    for (size_t at = 0; at < text_.size();) {
      size_t next = at;
      char32_t const code = next_code_point(text_, next);
      if (code == '\n') {
        close(at);
        quotes_ = 0;
        begin_ = next;
      } else if (code == '"') {
        ++quotes_;
      } else if (ends_alone(code)) {
        next = after_closers(next, false);
        close(next);
      } else if (is_terminator(code)) {
        next = after_terminator(at, next, code);
      }
      at = next;
    }
    close(text_.size());
    return std::move(spans_);
  }

 private:
  // Code point at `at`, which moves past it; 0 at the end.
  char32_t take(size_t& at) const { return at < text_.size() ? next_code_point(text_, at) : 0; }
  char32_t peek(size_t at) const { return take(at); }

  // Past closing quotes and brackets, with a space before » as French writes it.
  size_t after_closers(size_t at, bool spaced_guillemet) {
    for (;;) {
      size_t next = at;
      char32_t code = take(next);
      if (code == '"' && quotes_ % 2 == 1) {
        ++quotes_;
        at = next;
      } else if (is_closer(code)) {
        at = next;
      } else if (spaced_guillemet && is_space(code) && code != '\n' && peek(next) == 0xBB) {
        take(next);
        at = next;
      } else {
        return at;
      }
    }
  }

  // `at` is the terminator, `next` the byte behind it. Ends the sentence where it does, and returns where to go on.
  size_t after_terminator(size_t at, size_t next, char32_t code) {
    bool several = code != '.';
    while (is_terminator(peek(next))) {
      take(next);
      several = true;
    }
    size_t const stop = after_closers(next, true);
    size_t follow = stop;
    while (is_space(peek(follow)) && peek(follow) != '\n') take(follow);
    char32_t const ahead = peek(follow);
    bool const spaced = follow > stop;
    bool const closed = stop > next;
    if (ahead == 0 || ahead == '\n') {
      close(stop);
    } else if (begins_sentence(ahead, follow, spaced) && (several || closed || !is_abbreviated(at, spaced))) {
      if (spaced || is_glued(at, follow, ahead, several || closed)) close(stop);
    }
    return stop;
  }

  bool begins_sentence(char32_t ahead, size_t follow, bool spaced) const {
    if (is_upper(ahead) || is_opener(ahead) || ahead == '"') return true;
    CharKind const kind = kind_of(ahead);
    if (kind == CharKind::digit) return spaced;
    if (kind == CharKind::ideograph || kind == CharKind::complex) return true;
    // Scripts without capitals begin with any letter.
    return spaced && kind == CharKind::letter && ahead >= 0x0590 && follow < text_.size();
  }

  // The word just before the full stop at `at` is an abbreviation or an initial.
  bool is_abbreviated(size_t at, bool spaced) const {
    size_t begin = at;
    while (begin > begin_ && at - begin < 12 &&
           std::string_view(" \t\n.('\"").find(text_[begin - 1]) == std::string_view::npos)
      --begin;
    std::string lower;
    size_t letters = 0;
    bool capital = false;
    for (size_t i = begin; i < at;) {
      char32_t const code = next_code_point(text_, i);
      if (code == 0x2019 || code == 0xA0 || code == 0x202F || code == 0xAB) {
        lower.clear();
        letters = 0;
        continue;
      }
      capital = letters == 0 && is_upper(code);
      append_code_point(lower, to_lower(code));
      ++letters;
    }
    if (letters == 1 && capital) return true;
    return spaced && std::ranges::find(kAbbreviations, lower) != kAbbreviations.end();
  }

  // "blason.La": nothing between the full stop and a capital. A small letter, digit or closing sign stands before, and
  // what follows looks like a word.
  bool is_glued(size_t at, size_t follow, char32_t ahead, bool strong) const {
    if (strong) return true;
    if (!is_upper(ahead)) return true;
    auto const before = at > 0 ? static_cast<unsigned char>(text_[at - 1]) : 0;
    bool const small = (before >= 'a' && before <= 'z') || (before >= '0' && before <= '9') || before >= 0x80 ||
                       before == ')' || before == '"';
    take(follow);
    char32_t const second = peek(follow);
    return small && !(second == '.' || is_upper(second));
  }

  void close(size_t end) {
    size_t begin = begin_;
    for (size_t next = begin; begin < end; begin = next) {
      if (!is_space(take(next))) break;
    }
    size_t last = begin;
    for (size_t at = begin; at < end;) {
      if (!is_space(take(at))) last = at;
    }
    if (last > begin) spans_.push_back({static_cast<uint32_t>(begin), static_cast<uint32_t>(last)});
    begin_ = end;
  }

  std::string_view text_;
  std::vector<Span> spans_;
  size_t begin_ = 0;     // of the sentence being read
  uint32_t quotes_ = 0;  // straight quotes since the last line break: odd inside
};

}  // namespace

std::vector<Span> sentences(std::string_view text) { return Splitter(text).split(); }

}  // namespace vigie::text
