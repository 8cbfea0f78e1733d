// grouping.hpp: which of a few articles belong together, given how alike some pairs are. The two groups that are most
// alike are joined until none is alike enough. Likeness of two groups: the sum over their pairs, divided by
// (|A| |B|)^0.5, sizes counted up to kSizeMax. Between the sum (0), by which one chance bridge joins two long stories,
// and the mean (1), by which a long story takes in nothing that speaks of its newest turn only; docs/kinship.md has the
// curve. Threads: safe. Cost: O(edges log edges) for sparse likeness.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace vigie::kinship {

struct Alike {
  uint32_t a = 0, b = 0;  // a != b; each pair once
  float likeness = 0;
};

// For each of `nodes` the smallest node of its group. `size[i]` articles stand behind node i (a long story is one
// node).
std::vector<uint32_t> group(std::span<uint32_t const> size, std::span<Alike const> pairs, float threshold);

}  // namespace vigie::kinship
