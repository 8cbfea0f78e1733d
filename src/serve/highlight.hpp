// highlight.hpp: a snippet cut into pieces that are marked or not, so that a template can escape each piece and put
// <mark> around it: markup never travels inside text. Threads: pure functions.
#pragma once

#include <string_view>
#include <vector>

#include "engine/store.hpp"

namespace vigie::serve {

struct Piece {
  std::string_view text;  // lives as long as the snippet
  bool marked = false;
};

// In order, together the whole text. Highlights that overlap, run backwards or cut a character are put right.
std::vector<Piece> pieces_of(engine::Snippet const&);

std::vector<engine::Highlight> highlights_in_code_points(engine::Snippet const&);

}  // namespace vigie::serve
