// phrases.hpp: whether any of a few fixed phrases stands in a text, and where. One pass over the text asks which
// phrases begin with the two letters at hand, a bit each; only those are compared. Threads: immutable. Cost: a table
// look-up a byte.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <string_view>

namespace vigie::article {

template <size_t N>
class Phrases {
 public:
  // Phrases of two bytes and more, as folded() writes them; what they view must live as long.
  constexpr explicit Phrases(std::string_view const (&phrases)[N]) {
    static_assert(N <= 32);
    for (size_t i = 0; i < N; ++i) {
      phrases_[i] = phrases[i];
      first_[class_of(phrases[i][0])] |= uint32_t{1} << i;
      second_[class_of(phrases[i][1])] |= uint32_t{1} << i;
    }
  }

  constexpr bool found_in(std::string_view folded) const {
    return each(folded, [](size_t) { return true; });
  }
  // Where the last of them begins; npos where none stands.
  constexpr size_t last_in(std::string_view folded) const {
    size_t last = std::string_view::npos;
    each(folded, [&](size_t at) { return last = at, false; });
    return last;
  }

 private:
  // Calls found(at) where a phrase begins, from the front, until it returns true; whether it did.
  template <class Found>
  constexpr bool each(std::string_view folded, Found const& found) const {
    if (folded.size() < 2) return false;
    uint32_t begun = first_[class_of(folded[0])];
    for (size_t at = 0; at + 1 < folded.size(); ++at) {
      unsigned const next = class_of(folded[at + 1]);
      uint32_t likely = begun & second_[next];
      begun = first_[next];
      for (; likely != 0; likely &= likely - 1) {
        auto const& phrase = phrases_[static_cast<size_t>(std::countr_zero(likely))];
        if (!folded.substr(at).starts_with(phrase)) continue;
        if (found(at)) return true;
        break;
      }
    }
    return false;
  }
  // A letter's number; 26 for a space, 27 for everything else.
  static constexpr std::array<uint8_t, 256> kClasses = [] {
    std::array<uint8_t, 256> table{};
    for (auto& c : table) c = 27;
    for (uint8_t i = 0; i < 26; ++i) table[static_cast<size_t>('a') + i] = i;
    table[' '] = 26;
    return table;
  }();
  static constexpr unsigned class_of(char c) { return kClasses[static_cast<unsigned char>(c)]; }

  std::array<std::string_view, N> phrases_{};
  std::array<uint32_t, 28> first_{}, second_{};  // the phrases whose first or second letter is of a class
};

}  // namespace vigie::article
