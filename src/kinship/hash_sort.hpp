// hash_sort.hpp: sorts a few hundred values that begin with a hash: hashes spread evenly, so one pass by their first
// eight bits leaves one or two values to a place. Threads: safe. Cost: linear for hashes, n log n for values made to
// collide.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "kinship/trace.hpp"

namespace vigie::kinship {

// Ascending by value; `hash_of` gives the kHashBits of a value that order it first.
template <class Value, class HashOf>
void hash_sort(std::vector<Value>& values, std::vector<Value>& scratch, HashOf hash_of) {
  constexpr size_t kPlaces = 256, kFew = 64;
  if (values.size() < kFew) return std::sort(values.begin(), values.end());
  std::array<uint32_t, kPlaces + 1> begin{};
  auto const place = [&](Value const& value) { return hash_of(value) >> (kHashBits - 8); };
  for (Value const& value : values) ++begin[place(value) + 1];
  for (size_t i = 0; i < kPlaces; ++i) begin[i + 1] += begin[i];
  scratch.resize(values.size());
  std::array<uint32_t, kPlaces + 1> next = begin;
  for (Value const& value : values) scratch[next[place(value)]++] = value;
  for (size_t i = 0; i < kPlaces; ++i)
    if (begin[i + 1] - begin[i] > 1) std::sort(scratch.begin() + begin[i], scratch.begin() + begin[i + 1]);
  values.swap(scratch);
}

}  // namespace vigie::kinship
