#include "engine/named.hpp"

#include <algorithm>
#include <string>

#include "text/analyzer.hpp"

namespace vigie::engine {

bool is_named(query::Node const& node, std::string_view name) {
  std::string const folded = " " + text::fold(name) + " ";
  auto const letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c & 0x80) != 0; };
  return std::ranges::all_of(node.words, [&](query::QueryWord const& word) {
    for (size_t at = folded.find(word.folded); at != std::string::npos; at = folded.find(word.folded, at + 1)) {
      if (!letter(folded[at - 1]) && !letter(folded[at + word.folded.size()])) return true;
    }
    return false;
  });
}

}  // namespace vigie::engine
