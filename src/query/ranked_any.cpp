#include "query/ranked_any.hpp"

#include "index/segment.hpp"

namespace vigie::query {
namespace {

// Windows grow to this many documents: small while the threshold is low, then large, as each has its price.
constexpr DocId kLeastWindow = 2048, kGrowth = 8;

}  // namespace

RankedAny::RankedAny(Scorer& scorer, index::SegmentRef const& ref)
    : scorer_(scorer), ref_(ref), documents_(ref.segment->documents()) {
  for (size_t unit = 0; unit < scorer.units(); ++unit) parts_.push_back({unit, &scorer.matcher(unit), 0, {}, 0});
  for (size_t held = 0; held <= parts_.size(); ++held) closeness_.push_back(scorer.closeness_most(held));
  factors_ = closeness_;
}

// Windows end where the first part's block ends behind the least length. Those that cannot reach the threshold are
// passed over whole.
bool RankedAny::next_window(double threshold) {
  for (DocId begin = window_end_; begin < documents_; begin = window_end_) {
    double sum = 0;
    DocId last = kNoMoreDocs;
    for (Part& part : parts_) {
      WeightBound const bound = part.matcher->bound(begin, begin + std::min(kLeastWindow, begin / kGrowth));
      part.most = scorer_.unit_most_noted(part.unit, bound.weighted);
      sum += part.most;
      if (bound.weighted > 0) last = std::min(last, bound.last);
    }
    if (sum <= 0) break;  // no part has documents left
    window_end_ = last == kNoMoreDocs ? documents_ : last + 1;
    double const newness = scorer_.newness_most(begin);
    for (size_t held = 0; held < factors_.size(); ++held) factors_[held] = closeness_[held] * newness;
    if (sum * factors_.back() < threshold) continue;
    std::ranges::sort(parts_, {}, &Part::most);
    double rest = 0;
    for (essential_ = 0; essential_ < parts_.size(); ++essential_) {
      rest += parts_[essential_].most;
      if (rest * factors_[essential_ + 1] >= threshold) break;
    }
    for (size_t i = essential_; i < parts_.size(); ++i) {
      parts_[i].least = scorer_.least_weight(parts_[i].unit, threshold / factors_.back() - (sum - parts_[i].most));
      advance(parts_[i], begin);
    }
    return true;
  }
  return false;
}

bool RankedAny::may_get_in(DocId doc, double threshold) {
  double sum = 0, rest = 0;
  size_t held = essential_;  // or may be
  for (size_t i = 0; i < essential_; ++i) rest += parts_[i].most;
  for (size_t i = essential_; i < parts_.size(); ++i) {
    if (parts_[i].doc != doc) continue;
    sum += scorer_.unit_most_here(parts_[i].unit, doc);
    ++held;
  }
  for (size_t i = essential_; i-- > 0;) {
    if ((sum + rest) * factors_[held] < threshold) return false;
    rest -= parts_[i].most;
    if (parts_[i].matcher->advance(doc) == doc) {
      sum += scorer_.unit_most_here(parts_[i].unit, doc);
    } else {
      --held;
    }
  }
  return sum * factors_[held] >= threshold;
}

}  // namespace vigie::query
