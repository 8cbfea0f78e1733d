#include "kinship/sketch.hpp"

#include <algorithm>

#include "kinship/hash_sort.hpp"
#include "kinship/trace.hpp"

namespace vigie::kinship {
namespace {

uint64_t mixed(uint64_t x) {  // the finisher of SplitMix64
  x ^= x >> 30, x *= 0xBF58476D1CE4E5B9;
  x ^= x >> 27, x *= 0x94D049BB133111EB;
  return x ^ x >> 31;
}

}  // namespace

void Sketcher::clear() {
  shingles_.clear();
  words_ = 0;
}

void Sketcher::next(uint64_t word) {
  if (++words_ > 3) {
    uint64_t const four = last_[0] + 3 * last_[1] + 7 * last_[2] + 13 * word;
    shingles_.push_back(static_cast<uint32_t>(mixed(four) >> (64 - kHashBits)));
  }
  last_[0] = last_[1], last_[1] = last_[2], last_[2] = word;
}

void Sketcher::take(std::vector<uint32_t>& sketch, uint32_t& distinct) {
  hash_sort(shingles_, scratch_, [](uint32_t hash) { return hash; });
  auto const repeated = std::ranges::unique(shingles_);
  shingles_.erase(repeated.begin(), repeated.end());
  distinct = static_cast<uint32_t>(shingles_.size());
  sketch.assign(shingles_.begin(), shingles_.begin() + static_cast<ptrdiff_t>(std::min(shingles_.size(), kSketchMax)));
}

Overlap overlap(std::span<uint32_t const> a, uint32_t a_distinct, std::span<uint32_t const> b, uint32_t b_distinct) {
  Overlap result;
  if (a.empty() || b.empty()) return result;
  // Both samples are complete up to here.
  uint32_t limit = UINT32_MAX;
  if (a.size() < a_distinct) limit = std::min(limit, a.back());
  if (b.size() < b_distinct) limit = std::min(limit, b.back());
  unsigned in_a = 0, in_b = 0;
  size_t i = 0, j = 0;
  while (i < a.size() && a[i] <= limit) {
    while (j < b.size() && b[j] < a[i]) ++j, ++in_b;
    if (j < b.size() && b[j] == a[i]) ++j, ++in_b, ++result.sampled;
    ++i, ++in_a;
  }
  while (j < b.size() && b[j] <= limit) ++j, ++in_b;
  if (in_a) result.a_in_b = static_cast<float>(result.sampled) / static_cast<float>(in_a);
  if (in_b) result.b_in_a = static_cast<float>(result.sampled) / static_cast<float>(in_b);
  return result;
}

}  // namespace vigie::kinship
