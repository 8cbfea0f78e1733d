// name_counts.hpp: the names that stand in most matches, over several segments, each of which counted its own by
// ordinal. Only names that may be among them are compared as text.
// Threads: confined to one query. Cost: O(names counted), and a word of memory for each name of the segment.
#pragma once

#include <cstdint>
#include <vector>

#include "index/name_table.hpp"
#include "index/snapshot.hpp"

namespace vigie::query {

class NameCounts {
 public:
  // Lifetime: views the table.
  explicit NameCounts(index::NameTable const& table) : table_(&table), counts_(table.size()) {}

  // Precondition: ordinal < the table's size().
  void add(uint32_t ordinal) {
    if (counts_[ordinal]++ == 0) counted_.push_back(ordinal);
  }
  index::NameTable const& table() const { return *table_; }
  std::vector<uint32_t> const& counted() const { return counted_; }  // ordinals counted at least once, each once
  uint32_t count(uint32_t ordinal) const { return ordinal < counts_.size() ? counts_[ordinal] : 0; }

 private:
  index::NameTable const* table_;
  std::vector<uint32_t> counts_;  // by ordinal
  std::vector<uint32_t> counted_;
};

// Most frequent first, by name where equally frequent.
std::vector<index::ValueCount> most_named(std::vector<NameCounts> const& segments, size_t limit);

}  // namespace vigie::query
