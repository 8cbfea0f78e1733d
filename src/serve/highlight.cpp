#include "serve/highlight.hpp"

#include <algorithm>

#include "base/utf8.hpp"

namespace vigie::serve {
namespace {

size_t character_start(std::string_view text, size_t at) {
  at = std::min(at, text.size());
  while (at > 0 && at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) --at;
  return at;
}

}  // namespace

std::vector<Piece> pieces_of(engine::Snippet const& snippet) {
  std::string_view const text = snippet.text;
  auto highlights = snippet.highlights;
  std::sort(highlights.begin(), highlights.end(), [](auto const& a, auto const& b) { return a.begin < b.begin; });
  std::vector<Piece> pieces;
  size_t at = 0;
  for (auto const& [begin, end] : highlights) {
    auto const from = std::max(at, character_start(text, begin)), to = character_start(text, end);
    if (to <= from) continue;
    if (from > at) pieces.push_back({text.substr(at, from - at), false});
    pieces.push_back({text.substr(from, to - from), true});
    at = to;
  }
  if (at < text.size()) pieces.push_back({text.substr(at), false});
  return pieces;
}

std::vector<engine::Highlight> highlights_in_code_points(engine::Snippet const& snippet) {
  std::vector<engine::Highlight> out;
  uint32_t at = 0;
  for (auto const& piece : pieces_of(snippet)) {
    auto const end = at + static_cast<uint32_t>(count_code_points(piece.text));
    if (piece.marked) out.push_back({at, end});
    at = end;
  }
  return out;
}

}  // namespace vigie::serve
