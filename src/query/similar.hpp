// similar.hpp: words within one letter of another: one inserted, left out, replaced, or two neighbours swapped
// (Damerau, CACM 1964). The set of places in the word that a text may have reached, with no error, with one, or in the
// middle of a swap, is the state of an automaton (Wu & Manning, CACM 1992); walked beside a sorted dictionary it tells
// which keys to look at next, so that few are. Code points are compared. Threads: safe.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "index/dictionary.hpp"

namespace vigie::query {

class OneLetter {
 public:
  static constexpr size_t kMaxLetters = 60;  // of the word; a longer one is compared as far as that, and then as it is

  explicit OneLetter(std::string_view word);

  struct State {
    uint64_t exact = 0, wrong = 0, swapping = 0;  // bit i: the first i letters of the word are behind
    bool dead() const { return (exact | wrong | swapping) == 0; }
  };
  State start() const { return {1, letters_.empty() ? 0u : 2u, 0}; }
  State step(State, char32_t letter) const;
  bool accepts(State at) const { return ((at.exact | at.wrong) >> letters_.size() & 1) != 0; }
  // The least letter behind `letter` with which a text may go on from here; nothing where there is none.
  std::optional<char32_t> next_letter(State, char32_t letter) const;

 private:
  std::u32string letters_;
};

// At most one letter inserted, left out, replaced, or two neighbours swapped; the plain way, for two words.
bool within_one_letter(std::string_view a, std::string_view b);

// Calls each(cursor) at every key that is `before` and a word within one letter of `word`, in order.
// Cost: some hundred look-ups, however large the dictionary is.
void each_similar(index::Dictionary const&, std::string_view before, std::string_view word,
                  std::function<void(index::Dictionary::Cursor const&)> const& each);

}  // namespace vigie::query
