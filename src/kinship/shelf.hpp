// shelf.hpp: the articles at hand that were published within a few days: what is read together and dropped together.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "kinship/trace.hpp"

namespace vigie::kinship {

inline constexpr int64_t kShelfSeconds = 4 * 86'400;

struct Shelf {
  std::vector<std::pair<uint32_t, uint32_t>> articles;  // slot, serial; in order of arrival
  std::vector<uint32_t> words;                          // hashes that have a list here (postings.hpp)
  uint64_t used = 0;                                    // when last, by the owner's clock
};

}  // namespace vigie::kinship
