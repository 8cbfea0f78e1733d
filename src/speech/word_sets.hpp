// word_sets.hpp: whether a word is one of a few, as every rule asks. Threads: pure.
#pragma once

#include <algorithm>
#include <initializer_list>
#include <string_view>

namespace vigie::speech {

inline bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  if (word.empty()) return false;
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view w) { return w.size() == word.size() && w[0] == word[0] && w == word; });
}

}  // namespace vigie::speech
