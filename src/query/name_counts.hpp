// name_counts.hpp: the names that stand in most matches, over several segments, each of which counted its own by
// ordinal. Only names that may be among them are compared as text.
// Threads: confined to one query. Cost: O(names counted); text of few of them.
#pragma once

#include <cstdint>
#include <vector>

#include "index/name_table.hpp"
#include "index/snapshot.hpp"

namespace vigie::query {

// Of one segment.
struct NameCounts {
  explicit NameCounts(index::NameTable const& names) : table(&names), counts(names.size()) {}
  // Precondition: ordinal < table->size().
  void count(uint32_t ordinal, uint32_t more = 1) {
    if (counts[ordinal] == 0) counted.push_back(ordinal);
    counts[ordinal] += more;
  }

  index::NameTable const* table;
  std::vector<uint32_t> counts;   // by ordinal
  std::vector<uint32_t> counted;  // which are not 0
};

// Most frequent first, by name where equally frequent.
std::vector<index::ValueCount> most_named(std::vector<NameCounts> const& segments, size_t limit);

}  // namespace vigie::query
