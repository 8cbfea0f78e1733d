// name_counts.hpp: the names that stand in most matches, over several segments, each of which counted its own by
// ordinal. Only names that may be among them are compared as text.
// Threads: confined to one query. Cost: O(names of all segments) numbers; text of few of them.
#pragma once

#include <cstdint>
#include <vector>

#include "index/name_table.hpp"
#include "index/snapshot.hpp"

namespace vigie::query {

struct NameCounts {
  index::NameTable const* table = nullptr;
  std::vector<uint32_t> counts;  // by ordinal
};

// Most frequent first, by name where equally frequent.
std::vector<index::ValueCount> most_named(std::vector<NameCounts> const& segments, size_t limit);

}  // namespace vigie::query
