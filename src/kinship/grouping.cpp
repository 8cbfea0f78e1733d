#include "kinship/grouping.hpp"

#include <absl/container/flat_hash_map.h>

#include <algorithm>
#include <cmath>
#include <queue>

namespace vigie::kinship {
namespace {

constexpr float kExponent = 0.5f;
constexpr uint32_t kSizeMax = 12;

struct Joint {  // two groups that may be joined; outdated once either has grown
  float likeness;
  uint32_t a, b, version_a, version_b;
  bool operator<(Joint const& other) const {
    if (likeness != other.likeness) return likeness < other.likeness;
    return a != other.a ? a > other.a : b > other.b;
  }
};

class Groups {
 public:
  Groups(std::span<uint32_t const> size, std::span<Alike const> pairs, float threshold)
      : threshold_(threshold),
        size_(size.begin(), size.end()),
        version_(size.size()),
        parent_(size.size()),
        sums_(size.size()) {
    for (uint32_t i = 0; i < parent_.size(); ++i) parent_[i] = i;
    for (Alike const& pair : pairs) sums_[pair.a][pair.b] += pair.likeness, sums_[pair.b][pair.a] += pair.likeness;
    for (uint32_t a = 0; a < sums_.size(); ++a)
      for (auto const& [b, sum] : sums_[a])
        if (b < a) offer(a, b, sum);
  }

  void join_all() {
    while (!joints_.empty()) {
      Joint const best = joints_.top();
      joints_.pop();
      if (version_[best.a] == best.version_a && version_[best.b] == best.version_b) join(best.a, best.b);
    }
  }

  std::vector<uint32_t> heads() {
    for (uint32_t i = 0; i < parent_.size(); ++i)
      parent_[i] = parent_[parent_[i]];  // parents are smaller: one step each
    return parent_;
  }

 private:
  static constexpr uint32_t kGone = UINT32_MAX;

  void offer(uint32_t a, uint32_t b, float sum) {
    auto const sizes = static_cast<float>(std::min(size_[a], kSizeMax) * std::min(size_[b], kSizeMax));
    float const likeness = sum / std::pow(sizes, kExponent);
    if (likeness > threshold_) joints_.push({likeness, a, b, version_[a], version_[b]});
  }

  void join(uint32_t a, uint32_t b) {  // into the smaller number
    if (b < a) std::swap(a, b);
    parent_[b] = a;
    size_[a] += size_[b];
    ++version_[a], version_[b] = kGone;
    for (auto const& [other, sum] : sums_[b]) {
      if (other == a) continue;
      sums_[a][other] += sum;
      sums_[other][a] += sum;
      sums_[other].erase(b);
    }
    sums_[a].erase(b);
    sums_[b].clear();
    for (auto const& [other, sum] : sums_[a]) offer(a, other, sum);
  }

  float threshold_;
  std::vector<uint32_t> size_, version_, parent_;
  std::vector<absl::flat_hash_map<uint32_t, float>> sums_;
  std::priority_queue<Joint> joints_;
};

}  // namespace

std::vector<uint32_t> group(std::span<uint32_t const> size, std::span<Alike const> pairs, float threshold) {
  Groups groups(size, pairs, threshold);
  groups.join_all();
  return groups.heads();
}

}  // namespace vigie::kinship
