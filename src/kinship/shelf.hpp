// shelf.hpp: the articles published within a few days, with a list for each telling word, so that those sharing rare
// words with a new article are found at a bounded cost.
// Threads: confined to the writer's. An entry is {slot, serial}: slots are reused, serials never, so entries of
// articles that are gone are passed over and fall out when their list is cut.
#pragma once

#include <absl/container/flat_hash_map.h>

#include <cstdint>
#include <span>
#include <vector>

#include "kinship/trace.hpp"

namespace vigie::kinship {

inline constexpr int64_t kShelfSeconds = 4 * 86'400;

struct Posted {
  uint32_t slot = 0, serial = 0;
  uint8_t value = 0;  // value_of() / 4
};

class Shelf {
 public:
  void add(Trace const&, uint32_t slot, uint32_t serial);

  // The newest articles with the word, newest last; at most kListMax. How many there ever were goes to `frequency`.
  std::span<Posted const> having(uint32_t hash, uint32_t& frequency) const;

  std::vector<std::pair<uint32_t, uint32_t>> const& articles() const { return articles_; }  // slot, serial
  uint64_t used = 0;  // when last, by the owner's clock

 private:
  static constexpr size_t kListMax = 256;
  struct List {
    std::vector<Posted> entries;
    uint32_t frequency = 0;
  };

  absl::flat_hash_map<uint32_t, List> lists_;
  std::vector<std::pair<uint32_t, uint32_t>> articles_;
};

// Terms posted of each article: those that weigh most.
inline constexpr size_t kPostedMax = 28;

}  // namespace vigie::kinship
