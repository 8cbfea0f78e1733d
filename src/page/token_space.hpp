// token_space.hpp: the white space of a text token, which most insertion modes treat apart from the rest of it.
#pragma once

#include "page/scan.hpp"
#include "page/token.hpp"

namespace vigie::page {

inline void drop_front(Token& token, size_t size) {
  token.text.remove_prefix(size);
  token.begin += static_cast<uint32_t>(size);
}

inline std::string_view leading_space(Token const& token) {
  size_t size = 0;
  while (size < token.text.size() && is_space(token.text[size])) ++size;
  return token.text.substr(0, size);
}

// Takes the white space off the front; false where that was all.
inline bool skip_space(Token& token) {
  drop_front(token, leading_space(token).size());
  return !token.text.empty();
}

// Gives `take` each run of white space with where it begins, and uses the token up.
template <class Take>
void for_each_space_run(Token& token, Take take) {
  while (!token.text.empty()) {
    std::string_view const spaces = leading_space(token);
    if (!spaces.empty()) take(spaces, token.begin);
    drop_front(token, spaces.size());
    size_t other = 0;
    while (other < token.text.size() && !is_space(token.text[other])) ++other;
    drop_front(token, other);
  }
}

}  // namespace vigie::page
