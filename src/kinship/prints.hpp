// prints.hpp: which articles may share text with a sketch: a table of sampled hashes, each leading to the articles that
// have it, newest first. A hash that many articles have (boilerplate) is followed kFollowed steps and no further.
// Threads: confined to the writer's. Memory: 12 bytes for each of about 16 hashes an article.
#pragma once

#include <absl/container/flat_hash_map.h>

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace vigie::kinship {

class Prints {
 public:
  void add(std::span<uint32_t const> sketch, uint32_t slot);
  // Precondition: added with the same sketch.
  void remove(std::span<uint32_t const> sketch, uint32_t slot);
  // Appends at most kCandidates slots, those sharing most sampled hashes first.
  void find(std::span<uint32_t const> sketch, std::vector<uint32_t>& slots);
  void clear();

 private:
  static constexpr size_t kFollowed = 32, kCandidates = 12;
  struct Node {
    uint32_t slot, next;
  };

  absl::flat_hash_map<uint32_t, uint32_t> heads_;  // hash -> node + 1
  std::vector<Node> nodes_;
  uint32_t free_ = 0;  // node + 1
  std::vector<uint32_t> hits_;
  std::vector<std::pair<uint32_t, uint32_t>> counted_;  // hits, slot
};

}  // namespace vigie::kinship
