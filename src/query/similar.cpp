#include "query/similar.hpp"

#include <algorithm>
#include <bit>
#include <vector>

#include "base/utf8.hpp"

namespace vigie::query {
namespace {

std::u32string code_points(std::string_view text) {
  std::u32string out;
  for (size_t at = 0; at < text.size();) out += next_code_point(text, at);
  return out;
}

// What an automaton read so far: a state behind every letter of a text, so that the next text goes on where they part.
class Reader {
 public:
  Reader(OneLetter const& automaton) : automaton_(automaton), states_{automaton.start()} {}

  // Reads as far as the automaton lives. True where the whole of the text was read, and accepted.
  bool read(std::string_view text) {
    size_t const shared = static_cast<size_t>(std::ranges::mismatch(text, text_).in1 - text.begin());
    while (!ends_.empty() && ends_.back() > shared) pop();
    text_ = text;
    for (size_t at = behind(); at < text.size();) {
      char32_t const letter = next_code_point(text, at);
      states_.push_back(automaton_.step(states_.back(), letter));
      ends_.push_back(at);
      letters_ += letter;
      if (states_.back().dead()) return false;
    }
    return automaton_.accepts(states_.back());
  }

  bool dead() const { return states_.back().dead(); }

  // Behind a text at which the automaton died: the least text that it may accept; nothing where there is none.
  std::optional<std::string> next() {
    while (!ends_.empty()) {
      char32_t const letter = letters_.back();
      pop();
      if (auto const other = automaton_.next_letter(states_.back(), letter)) {
        std::string text = text_.substr(0, behind());
        append_code_point(text, *other);
        return text;
      }
    }
    return std::nullopt;
  }

 private:
  size_t behind() const { return ends_.empty() ? 0 : ends_.back(); }
  void pop() {
    states_.pop_back();
    ends_.pop_back();
    letters_.pop_back();
  }

  OneLetter const& automaton_;
  std::string text_;
  std::vector<OneLetter::State> states_;  // states_[i]: behind i letters
  std::vector<size_t> ends_;              // of letters, in bytes
  std::u32string letters_;
};

bool within_one(std::u32string_view a, std::u32string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > 1) return false;
  size_t const common = static_cast<size_t>(std::ranges::mismatch(a, b).in1 - a.begin());
  std::u32string_view const rest_a = a.substr(common), rest_b = b.substr(common);
  if (a.size() < b.size()) return rest_a == rest_b.substr(1);
  if (rest_a.empty()) return true;
  if (rest_a.substr(1) == rest_b.substr(1)) return true;
  return rest_a.size() > 1 && rest_a[0] == rest_b[1] && rest_a[1] == rest_b[0] && rest_a.substr(2) == rest_b.substr(2);
}

}  // namespace

OneLetter::OneLetter(std::string_view word) : letters_(code_points(word).substr(0, kMaxLetters)) {}

OneLetter::State OneLetter::step(State at, char32_t letter) const {
  uint64_t here = 0;  // bit i: the word's letter i is this one
  for (size_t i = 0; i < letters_.size(); ++i) here |= uint64_t{letters_[i] == letter} << i;
  uint64_t const all = (uint64_t{1} << (letters_.size() + 1)) - 1;
  State next;
  next.exact = (at.exact & here) << 1;
  next.wrong = (at.wrong & here) << 1        // as before
               | at.exact | at.exact << 1    // one too many; another one
               | next.exact << 1             // the one behind is missing
               | (at.swapping & here) << 2;  // the second of a swap
  next.wrong &= all;
  next.swapping = at.exact & here >> 1;
  return next;
}

std::optional<char32_t> OneLetter::next_letter(State at, char32_t letter) const {
  constexpr char32_t kLast = 0x10FFFF;
  if (at.exact != 0) {  // any letter will do
    if (letter >= kLast) return std::nullopt;
    return letter == 0xD7FF ? 0xE000 : letter + 1;
  }
  std::optional<char32_t> least;
  for (uint64_t bits = at.wrong | at.swapping; bits != 0; bits &= bits - 1) {
    auto const i = static_cast<size_t>(std::countr_zero(bits));
    if (i < letters_.size() && letters_[i] > letter && (!least || letters_[i] < *least)) least = letters_[i];
  }
  return least;
}

bool within_one_letter(std::string_view a, std::string_view b) { return within_one(code_points(a), code_points(b)); }

void each_similar(index::Dictionary const& dictionary, std::string_view before, std::string_view word,
                  std::function<void(index::Dictionary::Cursor const&)> const& each) {
  OneLetter const automaton(word);
  Reader reader(automaton);
  auto at = dictionary.seek(before);
  for (auto left = dictionary.size(); left > 0 && at.valid() && at.key().starts_with(before); --left) {
    if (reader.read(at.key().substr(before.size()))) each(at);
    if (!reader.dead()) {
      at.next();
      continue;
    }
    auto const next = reader.next();
    if (!next) return;
    std::string const key = std::string(before) + *next;
    at.next();
    if (at.valid() && at.key() < key) at = dictionary.seek(key);
  }
}

}  // namespace vigie::query
