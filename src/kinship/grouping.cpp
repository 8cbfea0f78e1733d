#include "kinship/grouping.hpp"

#include <algorithm>
#include <cmath>
#include <queue>

namespace vigie::kinship {
namespace {

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
        sums_(kept_sums()) {
    sums_.assign(size.size() * size.size(), 0);
    for (uint32_t i = 0; i < parent_.size(); ++i) parent_[i] = i;
    for (Alike const& pair : pairs) sum(pair.a, pair.b) += pair.likeness, sum(pair.b, pair.a) += pair.likeness;
    for (uint32_t a = 0; a < size_.size(); ++a)
      for (uint32_t b = 0; b < a; ++b) offer(a, b);
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

  // Kept from call to call: large pieces of memory taken and given back cost more than what is done with them.
  static std::vector<float>& kept_sums() {
    thread_local std::vector<float> sums;
    return sums;
  }

  float& sum(uint32_t a, uint32_t b) { return sums_[a * size_.size() + b]; }

  void offer(uint32_t a, uint32_t b) {
    if (sum(a, b) <= threshold_) return;  // sizes only lower it
    auto const sizes = static_cast<float>(std::min(size_[a], kSizeMax) * std::min(size_[b], kSizeMax));
    float const likeness = sum(a, b) / std::sqrt(sizes);
    if (likeness > threshold_) joints_.push({likeness, a, b, version_[a], version_[b]});
  }

  void join(uint32_t a, uint32_t b) {  // into the smaller number
    if (b < a) std::swap(a, b);
    parent_[b] = a;
    size_[a] += size_[b];
    ++version_[a], version_[b] = kGone;
    for (uint32_t other = 0; other < size_.size(); ++other) {
      if (other != a) sum(a, other) += sum(b, other), sum(other, a) += sum(other, b);
      sum(b, other) = sum(other, b) = 0;
    }
    for (uint32_t other = 0; other < size_.size(); ++other) offer(a, other);
  }

  float threshold_;
  std::vector<uint32_t> size_, version_, parent_;
  std::vector<float>& sums_;  // of the likenesses between two groups: a row for each
  std::priority_queue<Joint> joints_;
};

}  // namespace

std::vector<uint32_t> group(std::span<uint32_t const> size, std::span<Alike const> pairs, float threshold) {
  Groups groups(size, pairs, threshold);
  groups.join_all();
  return groups.heads();
}

}  // namespace vigie::kinship
