#include "query/ranked_all.hpp"

#include <algorithm>

#include "index/segment.hpp"

namespace vigie::query {
namespace {

constexpr uint64_t kRare = 16;  // of so many documents, one

// Windows grow to this many documents: small while the threshold is low, then large, as each has its price.
constexpr DocId kLeastWindow = 2048, kGrowth = 8;

}  // namespace

RankedAll::RankedAll(Scorer& scorer, index::SegmentRef const& ref)
    : scorer_(scorer), ref_(ref), documents_(ref.segment->documents()) {
  for (size_t unit = 0; unit < scorer.units(); ++unit) parts_.push_back({unit, &scorer.matcher(unit), 0});
  std::ranges::stable_sort(parts_, {}, [](Part const& part) { return part.matcher->cost(); });
  leader_is_rare_ = !parts_.empty() && parts_[0].matcher->cost() * kRare < documents_;
}

// Windows end where the first part's block ends behind the least length. Those that cannot reach the threshold are
// passed over whole.
bool RankedAll::next_window(double threshold) {
  for (begin_ = end_; begin_ < documents_; begin_ = end_) {
    if (leader_is_rare_) begin_ = parts_[0].matcher->advance(begin_);
    if (begin_ >= documents_) return false;
    DocId last = documents_ - 1;
    sum_ = 0;
    for (Part& part : parts_) {
      WeightBound const bound = part.matcher->bound(begin_, begin_ + std::min(kLeastWindow, begin_ / kGrowth));
      if (!(bound.weighted > 0)) return false;  // no documents of this part are left
      part.most = scorer_.unit_most_noted(part.unit, bound.weighted);
      sum_ += part.most;
      last = std::min(last, bound.last);
    }
    end_ = last + 1;
    factor_ = scorer_.factor_most(begin_, parts_.size());
    if (sum_ * factor_ < threshold) continue;
    least_ = scorer_.least_weight(parts_[0].unit, threshold / factor_ - (sum_ - parts_[0].most));
    return true;
  }
  return false;
}

bool RankedAll::may_get_in(DocId doc, double threshold) {
  double most = sum_;
  for (Part const& part : parts_) {
    if (part.matcher->doc() != doc) {
      if (DocId const there = part.matcher->advance(doc); there != doc) {
        next_ = std::max(next_, there);
        return false;
      }
    }
    most += scorer_.unit_most_here(part.unit, doc) - part.most;
    if (most * factor_ < threshold) return false;
  }
  return true;
}

}  // namespace vigie::query
