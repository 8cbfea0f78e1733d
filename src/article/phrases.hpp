// phrases.hpp: whether any of a few fixed phrases stands in a folded text. One pass over the text asks which pairs of
// letters phrases begin with; only there are they compared. Threads: immutable. Cost: a table look-up a byte.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace vigie::article {

template <size_t N>
class Phrases {
 public:
  // Phrases of two bytes and more, as folded() writes them; what they view must live as long.
  constexpr explicit Phrases(std::string_view const (&phrases)[N]) {
    for (size_t i = 0; i < N; ++i) {
      phrases_[i] = phrases[i];
      pairs_[i] = pair_of(phrases[i]);
      seconds_[class_of(phrases[i][0])] |= uint32_t{1} << class_of(phrases[i][1]);
    }
  }

  constexpr bool found_in(std::string_view folded) const {
    if (folded.size() < 2) return false;
    unsigned next = class_of(folded[0]);
    for (size_t at = 0; at + 1 < folded.size(); ++at) {
      unsigned const first = next;
      next = class_of(folded[at + 1]);
      if (!(seconds_[first] >> next & 1)) continue;
      auto const rest = folded.substr(at);
      uint16_t const pair = pair_of(rest);
      for (size_t i = 0; i < N; ++i) {
        if (pairs_[i] == pair && rest.starts_with(phrases_[i])) return true;
      }
    }
    return false;
  }

 private:
  // A letter's number; 26 for a space, 27 for everything else.
  static constexpr unsigned class_of(char c) {
    auto const letter = static_cast<unsigned char>(c - 'a');
    return letter < 26 ? letter : c == ' ' ? 26 : 27;
  }

  static constexpr uint16_t pair_of(std::string_view s) {
    return static_cast<uint16_t>(static_cast<unsigned char>(s[0]) << 8 | static_cast<unsigned char>(s[1]));
  }

  std::array<std::string_view, N> phrases_{};
  std::array<uint16_t, N> pairs_{};
  std::array<uint32_t, 28> seconds_{};
};

}  // namespace vigie::article
