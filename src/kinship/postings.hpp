// postings.hpp: for each telling word the articles at hand that have it, in a list for each shelf of days, so that
// those sharing rare words with a new article are found at a bounded cost: a word is looked up once, whatever the days.
// Threads: confined to the writer's. An entry is {slot, serial}: slots are reused, serials never, so entries of
// articles that are gone are passed over and fall out when their list is cut.
#pragma once

#include <absl/container/flat_hash_map.h>

#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "kinship/shelf.hpp"

namespace vigie::kinship {

struct Posted {
  uint32_t slot = 0, serial = 0;
  uint8_t value = 0;  // value_of() / 4
};

class PostingList {  // of one word on one shelf
 public:
  explicit PostingList(int64_t shelf) : shelf_(static_cast<int32_t>(shelf)) {}
  void add(Posted);
  int64_t shelf() const { return shelf_; }
  uint32_t frequency() const { return frequency_; }  // how many articles there ever were
  // The newest articles with the word, newest last; at most kListMax.
  std::span<Posted const> newest() const { return std::span(entries_).last(std::min(entries_.size(), kListMax)); }

 private:
  static constexpr size_t kListMax = 256;
  int32_t shelf_;
  uint32_t frequency_ = 0;
  std::vector<Posted> entries_;
};

// The lists of a few shelves, by word.
class PostingBlock {
 public:
  void expect(uint32_t hash) const { lists_.prefetch(hash); }  // having() will soon be called
  // Of a word, oldest shelf first. They live until something is added or dropped.
  std::span<PostingList const> having(uint32_t hash) const {
    auto const at = lists_.find(hash);
    return at == lists_.end() ? std::span<PostingList const>() : at->second;
  }

 private:
  friend class Postings;
  absl::flat_hash_map<uint32_t, std::vector<PostingList>> lists_;
};

class Postings {
 public:
  // Notes in the shelf which words have lists there.
  void add(int64_t number, Shelf&, Trace const&, uint32_t slot, uint32_t serial);
  // All lists of the shelf go.
  void drop(int64_t number, Shelf const&);
  void clear() { blocks_.clear(); }

  template <class Visit>  // visit(PostingBlock const&), oldest first; their first and last shelves may lie outside
  void each_block(int64_t from_shelf, int64_t to_shelf, Visit visit) const {
    auto const last = block_of(to_shelf);
    for (auto at = blocks_.lower_bound(block_of(from_shelf)); at != blocks_.end() && at->first <= last; ++at)
      visit(at->second);
  }

 private:
  static int64_t block_of(int64_t shelf) { return shelf >> 3; }

  std::map<int64_t, PostingBlock> blocks_;
};

}  // namespace vigie::kinship
