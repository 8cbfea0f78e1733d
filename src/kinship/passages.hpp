// passages.hpp: what one text took from another, with the passages, for "taken from X, 83 %".
// Words are compared by their folded forms; runs of four shared words are seeds, neighbouring seeds are bridged over
// small edits. Threads: safe. Cost: linear in both texts; beyond 200,000 words a text is cut.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace vigie::kinship {

struct Passage {                                // bytes, half open; both sides hold the same words but for small edits
  uint32_t begin = 0, end = 0;                  // in the later text
  uint32_t earlier_begin = 0, earlier_end = 0;  // in the earlier one
};

struct Reuse {
  float share = 0;                // of the later text's words that stand in a passage
  float kept = 0;                 // of the earlier text's words that stand in one
  std::vector<Passage> passages;  // in the later text's order, apart from each other, at least 8 words each
};

Reuse reuse(std::string_view later, std::string_view earlier);

}  // namespace vigie::kinship
