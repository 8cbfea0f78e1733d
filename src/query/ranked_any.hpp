// ranked_any.hpp: documents that hold any of a query's parts and may still be among the best: block-max MaxScore. In a
// window where every part's current block gives a bound, parts that together cannot lift a document to the threshold
// are not walked: candidates come from the other ones, the essential ones, and the rest is only looked up. Methods:
// Turtle & Flood, "Query evaluation: strategies and optimizations", 1995; Chakrabarti, Chaudhuri & Ganti,
// "Interval-based pruning for top-k processing over compressed lists", ICDE 2011.
// Threads: confined to one query. Lifetime: scorer and segment must outlive it.
#pragma once

#include <algorithm>
#include <vector>

#include "index/snapshot.hpp"
#include "query/scorer.hpp"

namespace vigie::query {

class RankedAny {
 public:
  RankedAny(Scorer& scorer, index::SegmentRef const& ref);

  // Calls take(doc), docids ascending, for every document that is not erased, holds a part (a candidate: phrases are
  // not confirmed) and whose upper bound is not below threshold(), which may rise from call to call.
  template <class Threshold, class Take>
  void each(Threshold threshold, Take take) {
    while (next_window(threshold())) {
      for (DocId doc = first_candidate(); doc < window_end_; doc = first_candidate()) {
        if (!ref_.is_erased(doc) && may_get_in(doc, threshold())) take(doc);
        for (size_t i = essential_; i < parts_.size(); ++i) {
          if (parts_[i].doc == doc) advance(parts_[i], doc + 1);
        }
      }
    }
  }

 private:
  struct Part {
    size_t unit = 0;
    Matcher* matcher = nullptr;
    double most = 0;           // in the window
    index::LeastWeight least;  // without which no document gets in, whatever the other parts add
    DocId doc = 0;             // of an essential part, where it stands
  };
  bool next_window(double threshold);
  bool may_get_in(DocId doc, double threshold);
  DocId first_candidate() const {
    DocId first = kNoMoreDocs;
    for (size_t i = essential_; i < parts_.size(); ++i) first = std::min(first, parts_[i].doc);
    return first;
  }
  void advance(Part& part, DocId target) {
    part.doc = scorer_.advance_heavy(part.unit, target, window_end_, part.least);
  }

  Scorer& scorer_;
  index::SegmentRef const& ref_;
  DocId const documents_;
  std::vector<Part> parts_;  // by `most`, ascending
  size_t essential_ = 0;     // parts_ from here on
  DocId window_end_ = 0;
  std::vector<double> closeness_, factors_;  // by how many parts a document holds: at all; in the window
};

}  // namespace vigie::query
