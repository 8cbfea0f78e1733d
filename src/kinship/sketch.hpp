// sketch.hpp: how much two texts share, from the smallest hashes of their shingles (four words each). The sketch of a
// part is a sample of the sketch of the whole, so that truncated and merged texts are measured as well as equal ones.
// Method: A. Broder, "On the resemblance and containment of documents", 1997, with bottom-k samples.
// Threads: safe; a Sketcher is confined to one reading.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace vigie::kinship {

class Sketcher {
 public:
  void clear();
  void next(uint64_t word);  // the next word of the text, as a hash
  // The smallest distinct hashes, ascending, and how many distinct ones there are.
  void take(std::vector<uint32_t>& sketch, uint32_t& distinct);

 private:
  std::vector<uint32_t> shingles_, scratch_;
  uint64_t last_[3] = {};
  uint32_t words_ = 0;
};

struct Overlap {
  float a_in_b = 0, b_in_a = 0;  // 0..1
  unsigned sampled = 0;          // shared hashes seen: below a handful, nothing is known
};
Overlap overlap(std::span<uint32_t const> a, uint32_t a_distinct, std::span<uint32_t const> b, uint32_t b_distinct);

}  // namespace vigie::kinship
