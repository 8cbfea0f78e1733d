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
      seconds_[class_of(phrases[i][0])] |= uint32_t{1} << class_of(phrases[i][1]);
    }
  }

  constexpr bool found_in(std::string_view folded) const {
    for (size_t at = 0; at + 1 < folded.size(); ++at) {
      if (!(seconds_[class_of(folded[at])] >> class_of(folded[at + 1]) & 1)) continue;
      auto const rest = folded.substr(at);
      for (auto const phrase : phrases_) {
        if (rest.starts_with(phrase)) return true;
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

  std::array<std::string_view, N> phrases_{};
  std::array<uint32_t, 28> seconds_{};
};

}  // namespace vigie::article
