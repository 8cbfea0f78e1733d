// ranked_all.hpp: documents that hold all of a query's parts and may still be among the best. The rarest part leads; in
// a window where every part's current block gives a bound, a document is given up as soon as what is known of it and
// what the other parts can add do not reach the threshold: most often before these are looked up. Bounds after Ding &
// Suel, SIGIR 2011. Threads: confined to one query. Lifetime: scorer and segment must outlive it.
#pragma once

#include <vector>

#include "index/snapshot.hpp"
#include "query/scorer.hpp"

namespace vigie::query {

class RankedAll {
 public:
  RankedAll(Scorer& scorer, index::SegmentRef const& ref);

  // Calls take(doc), docids ascending, for every document that is not erased, holds every part (a candidate: phrases
  // are not confirmed) and whose upper bound is not below threshold(), which may rise from call to call.
  template <class Threshold, class Take>
  void each(Threshold threshold, Take take) {
    if (parts_.empty()) return;
    while (next_window(threshold())) {
      size_t const leader = parts_[0].unit;
      for (DocId doc = begin_; (doc = scorer_.advance_heavy(leader, doc, end_, least_)) < end_; doc = next_) {
        next_ = doc + 1;
        if (may_get_in(doc, threshold()) && !ref_.is_erased(doc)) take(doc);
      }
    }
  }

 private:
  struct Part {
    size_t unit = 0;
    Matcher* matcher = nullptr;
    double most = 0;  // in the window
  };
  bool next_window(double threshold);
  bool may_get_in(DocId doc, double threshold);

  Scorer& scorer_;
  index::SegmentRef const& ref_;
  DocId const documents_;
  std::vector<Part> parts_;     // rarest first
  bool leader_is_rare_ = true;  // so that most blocks of the others hold none of its documents
  DocId begin_ = 0, end_ = 0;   // the window
  DocId next_ = 0;              // where the leader goes on
  double sum_ = 0, factor_ = 1;
  index::LeastWeight least_;  // of the leader, without which no document gets in, whatever the other parts add
};

}  // namespace vigie::query
