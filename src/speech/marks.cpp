#include "speech/marks.hpp"

#include <algorithm>

#include "speech/word_sets.hpp"

namespace vigie::speech {
namespace {

constexpr uint32_t kSentenceMax = 400;  // tokens: every cue may look through its sentence, so a sentence has an end
constexpr uint32_t kWordsMax = 600;     // between two marks: longer is an unbalanced mark, not a quote

enum class Side : uint8_t { none, open, close, either };

bool is_straight(char32_t c) { return c == '"' || c == 0xFF02; }

Side side_of(std::vector<Token> const& tokens, uint32_t i) {
  switch (tokens[i].sign) {
    case 0xAB:
    case 0x201E:
    case 0x201C:
      return Side::open;
    case 0xBB:
    case 0x201D:
      return Side::close;
    default:
      break;
  }
  if (!is_straight(tokens[i].sign)) return Side::none;
  bool const before = i > 0 && !tokens[i].spaced && tokens[i - 1].sign != '\n';
  bool const after = i + 1 < tokens.size() && !tokens[i + 1].spaced && tokens[i + 1].sign != '\n';
  if (before && !after) return Side::close;
  if (after && !before) return Side::open;
  if (!before) return Side::either;
  auto const& left = tokens[i - 1];
  if (left.sign == '(' || left.sign == '[' || (left.is_word() && left.low.ends_with('\'')) || left.sign == '-' ||
      left.sign == 0x2014 || left.sign == 0x2013) {
    return Side::open;
  }
  auto const& right = tokens[i + 1];
  if (right.shape == Shape::sign && !is_quote_mark(right.sign) && right.sign != '(' && right.sign != '[') {
    return Side::close;
  }
  return Side::either;
}

bool abbreviates(Token const& word) {
  if (word.is(kHonorific)) return true;
  return word.points == 1 && word.is_capital();  // "J. Chirac"
}

}  // namespace

bool is_stop(char32_t sign) { return sign == '.' || sign == '!' || sign == '?' || sign == 0x2026; }

bool is_quote_mark(char32_t c) {
  return is_straight(c) || c == 0xAB || c == 0xBB || c == 0x201C || c == 0x201D || c == 0x201E;
}

namespace {

// Walks the marks with a stack that is at most three deep.
class Pairing {
 public:
  Pairing(std::vector<Token> const& tokens, uint32_t from, std::vector<Marked>& out)
      : tokens_(tokens), from_(from), out_(out) {}

  void run() {
    for (uint32_t i = from_; i < tokens_.size(); ++i) {
      if (depth_ > 0 && i - open_[0] > kWordsMax) drop_or_end(i);
      if (tokens_[i].sign == '\n') {
        line_end(i);
      } else {
        mark(i);
      }
    }
    if (depth_ > 0) drop_or_end(static_cast<uint32_t>(tokens_.size()));
  }

 private:
  void mark(uint32_t i) {
    auto side = side_of(tokens_, i);
    if (side == Side::none) return;
    if (side == Side::either) side = depth_ > 0 ? Side::close : Side::open;
    if (side == Side::open) {
      if (depth_ > 0 && line_start(i)) return;  // a quote taken up again in a new paragraph
      if (depth_ > 0 && !nests(i)) {
        if (out_open_is_stray(i)) depth_ = 0;
      }
      if (depth_ < 3) open_[depth_] = i;
      ++depth_;
    } else if (depth_ > 0) {
      --depth_;
      if (depth_ > 2) return;
      if (depth_ == 0) {
        emit(i);
      } else if (depth_ == 1 && !closes_later(i)) {
        depth_ = 0;  // one mark closes both
        emit(i);
      }
    }
  }

  void emit(uint32_t close) {
    if (close > open_[0] + 1) out_.push_back({open_[0], close});
  }

  bool line_start(uint32_t i) const { return i > from_ && tokens_[i - 1].sign == '\n'; }

  // Whether an opening mark inside an open quote has its own close and another close follows for the outer one.
  bool nests(uint32_t i) const { return closes_after(i, 2); }
  bool closes_later(uint32_t i) const { return closes_after(i, 1); }

  // Whether the next `count` marks behind `i` in its paragraph are closing ones.
  bool closes_after(uint32_t i, int count) const {
    for (uint32_t j = i + 1; j < tokens_.size() && j < i + kWordsMax; ++j) {
      if (tokens_[j].sign == '\n' && !(j + 1 < tokens_.size() && is_quote_mark(tokens_[j + 1].sign))) return false;
      auto const side = side_of(tokens_, j);
      if (side == Side::none) continue;
      if (side == Side::open) return false;
      if (--count == 0) return true;
    }
    return false;
  }

  // An outer mark that never closed: a sentence ended behind it before this one opened.
  bool out_open_is_stray(uint32_t i) const {
    for (uint32_t j = open_[0] + 1; j + 1 < i; ++j) {
      if (is_stop(tokens_[j].sign) && tokens_[j + 1].is_capital()) return true;
    }
    return false;
  }

  void line_end(uint32_t i) {
    if (depth_ == 0) return;
    if (i + 1 < tokens_.size() && is_quote_mark(tokens_[i + 1].sign) && tokens_[open_[0]].sign != '"' &&
        side_of(tokens_, i + 1) != Side::close) {
      return;
    }
    if (tokens_[open_[0]].sign == 0xAB && closes_after(i, 1)) return;
    drop_or_end(i);
  }

  // An unbalanced mark: what follows to the end of the paragraph is quoted where the mark opens a sentence.
  void drop_or_end(uint32_t end) {
    depth_ = 0;
    auto const open = open_[0];
    bool const starts = open == from_ || tokens_[open - 1].sign == '\n' || tokens_[open - 1].sign == ':';
    if (starts && end > open + 5 && end - open <= kWordsMax) out_.push_back({open, end});
  }

  std::vector<Token> const& tokens_;
  uint32_t from_;
  std::vector<Marked>& out_;
  uint32_t open_[3] = {0, 0, 0};
  int depth_ = 0;
};

}  // namespace

void pair_marks(std::vector<Token> const& tokens, uint32_t from, std::vector<Marked>& out) {
  out.clear();
  Pairing(tokens, from, out).run();
}

namespace {

bool opens_sentence(Token const& t) {
  return t.is_capital() || t.shape == Shape::number || is_quote_mark(t.sign) || t.sign == '(' || t.sign == '[' ||
         t.sign == '-' || t.sign == 0x2013 || t.sign == 0x2014;
}

// Whether a sentence ends behind token `i`, which stands outside all marks.
bool ends_behind(std::vector<Token> const& tokens, uint32_t i) {
  auto const& t = tokens[i];
  if (i + 1 >= tokens.size()) return true;
  auto const& next = tokens[i + 1];
  if (!is_stop(t.sign)) return false;
  if (is_stop(next.sign) || next.sign == ')' || next.sign == ']') return false;
  if (t.sign == '.' && i > 0 && abbreviates(tokens[i - 1]) && !tokens[i].spaced) {
    bool const initial = tokens[i - 1].points == 1;
    if (next.is_capital() && (initial || tokens[i - 1].is(kHonorific))) return false;
  }
  return opens_sentence(next);
}

// Whether a sentence ends behind a closing mark.
bool ends_behind_marked(std::vector<Token> const& tokens, Marked const& m) {
  if (m.close + 1 >= tokens.size()) return true;
  auto const& next = tokens[m.close + 1];
  bool const stopped = m.close > 0 && is_stop(tokens[m.close - 1].sign);
  if (next.is_capital() && !next.spaced) return true;
  if (is_quote_mark(next.sign)) return true;
  return stopped && (next.is_capital() || next.shape == Shape::number);
}

// "... reçus à l'Intérieur"Les syndicats ...": a heading lost its line before an opening mark.
bool begins_behind_lost_break(std::vector<Token> const& tokens, Marked const& m, uint32_t begin) {
  if (m.open <= begin || tokens[m.open].spaced || m.open + 1 >= tokens.size()) return false;
  auto const& before = tokens[m.open - 1];
  bool const ends = (before.is_word() && !before.low.ends_with('\'')) || before.shape == Shape::number;
  return ends && tokens[m.open + 1].is_capital() && m.close > m.open + 5;
}

// "Un nouvel équilibre Cette décision ...": a heading that lost its line: a word of grammar with a capital behind a
// small word, and no name behind it.
bool begins_behind_heading(std::vector<Token> const& tokens, uint32_t begin, uint32_t i) {
  if (i < begin + 3 || i + 1 >= tokens.size() || tokens[i].shape != Shape::capital || !tokens[i].spaced) return false;
  auto const& before = tokens[i - 1];
  if (before.shape != Shape::lower || before.is(kDeterminer | kPreposition | kConjunction | kHonorific | kParticle))
    return false;
  if (tokens[i + 1].shape != Shape::lower || !tokens[i + 1].spaced) return false;
  return is_one_of(tokens[i].low,
                   {"le",         "la",   "les",   "il",    "elle", "ils",  "elles",  "ce",     "cet", "cette",
                    "ces",        "dans", "pour",  "selon", "mais", "même", "après",  "depuis", "si",  "interrogé",
                    "interrogée", "sur",  "alors", "lors",  "avec", "face", "invité", "invitée"});
}

}  // namespace

void outer_sentences(std::vector<Token> const& tokens, std::vector<Marked> const& marked, uint32_t from,
                     std::vector<Sentence>& out) {
  out.clear();
  uint32_t begin = from;
  auto const cut = [&](uint32_t end) {
    if (end > begin) out.push_back({begin, end});
    begin = end;
  };
  size_t next_mark = 0;
  auto const size = static_cast<uint32_t>(tokens.size());
  for (uint32_t i = from; i < size; ++i) {
    if (next_mark < marked.size() && marked[next_mark].open == i) {
      auto const& m = marked[next_mark++];
      if (begins_behind_lost_break(tokens, m, begin)) cut(i);
      i = std::min(m.close, size - 1);
      if (tokens[i].sign == '\n') {
        cut(i);
        begin = i + 1;
      } else if (ends_behind_marked(tokens, m)) {
        cut(i + 1);
      }
      continue;
    }
    if (tokens[i].sign == '\n') {
      cut(i);
      begin = i + 1;
      continue;
    }
    if ((tokens[i].glued && i > begin) || i - begin >= kSentenceMax || begins_behind_heading(tokens, begin, i)) cut(i);
    if (ends_behind(tokens, i)) cut(i + 1);
  }
  cut(size);
}

}  // namespace vigie::speech
