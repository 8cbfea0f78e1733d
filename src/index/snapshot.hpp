// snapshot.hpp: one immutable state of the index: segments, newest first, and which of their documents are erased.
// Threads: safe to share and read. Lifetime: keeps its segments' bytes mapped, even after a merge replaced them.
#pragma once

#include <absl/container/btree_map.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "index/format.hpp"

namespace vigie::index {

class Segment;

// Erased documents of one segment, one bit each; null where none is.
using Tombstones = std::vector<uint64_t>;

// Copy group and story of documents that were told of others after they were written.
struct Grouping {
  uint64_t copy_group = 0, story = 0;
  bool operator==(Grouping const&) const = default;
};
// By docid. Searches walk it whole, and publishing copies it: in blocks, not node by node.
using Regrouped = absl::btree_map<uint32_t, Grouping>;

struct SegmentRef {
  std::shared_ptr<Segment const> segment;
  std::shared_ptr<Tombstones const> erased;
  uint32_t erased_count = 0;
  std::shared_ptr<Regrouped const> regrouped = nullptr;  // null where none is

  uint64_t copy_group(uint32_t doc) const;
  uint64_t story(uint32_t doc) const;
  // Documents of this group or story as it is now, ascending; erased ones among them.
  std::vector<uint32_t> in_copy_group(uint64_t copy_group) const;
  std::vector<uint32_t> in_story(uint64_t story) const;
  bool is_erased(uint32_t doc) const { return erased && ((*erased)[doc >> 6] >> (doc & 63) & 1); }
};

struct RowTime {
  uint64_t row = 0;
  int64_t time_s = 0;
  bool operator==(RowTime const&) const = default;
};

// Sums over the documents that are not erased, from which BM25 takes its averages.
struct Totals {
  uint64_t documents = 0;
  uint64_t title_words = 0, kicker_words = 0, lede_words = 0, body_words = 0;
};

struct ValueCount {
  std::string value;
  uint64_t count = 0;
};

class Snapshot {
 public:
  explicit Snapshot(std::vector<SegmentRef> segments);

  std::vector<SegmentRef> const& segments() const { return segments_; }
  Totals const& totals() const { return totals_; }
  uint64_t documents() const { return totals_.documents; }

  // In the order of news: time, then row, both descending. Cost: O(segments + offset + limit).
  std::vector<RowTime> newest(uint32_t limit, uint64_t offset = 0) const;
  int64_t newest_time_s() const;  // 0 where there is no document

  // Documents per source and per language, most frequent first. Cost: one pass over a column.
  std::vector<ValueCount> sources() const;
  std::vector<ValueCount> languages() const;
  std::vector<ValueCount> names(Names) const;

 private:
  std::vector<SegmentRef> segments_;
  Totals totals_;
};

}  // namespace vigie::index
