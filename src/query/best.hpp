// best.hpp: the first few of many candidates in the total order of answers, copies of one text folded into the best of
// them.
// Threads: confined to one query. Cost: O(log size) for a candidate that gets in, O(1) for the others.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <unordered_set>
#include <vector>

namespace vigie::query {

struct Candidate {
  double score = 0;
  int64_t time_s = 0;
  uint64_t row = 0;
  uint64_t group = 0;  // of copies, folded into one; 0: alone
  uint32_t segment = 0, doc = 0;
  bool partial = false;
  double lift = 1;  // what the names it has in common with the best multiplied its score by
};

// What ranks higher comes first: whole matches, score, then time, then row.
bool ranks_before(Candidate const& a, Candidate const& b);

class Best {
 public:
  explicit Best(size_t size) : size_(size) {}

  void offer(Candidate const&);
  bool full() const { return heap_.size() >= size_; }
  // Nothing below this score gets in any more.
  double threshold() const {
    return size_ == 0             ? std::numeric_limits<double>::infinity()
           : heap_.size() < size_ ? -std::numeric_limits<double>::infinity()
                                  : heap_.front().score;
  }
  // The last that is in. Precondition: full(), size > 0.
  Candidate const& last() const { return heap_.front(); }
  std::vector<Candidate> sorted() &&;

 private:
  void replace_copy(Candidate const&);

  size_t size_;
  std::vector<Candidate> heap_;  // the last by rank on top
  std::unordered_set<uint64_t> groups_;
};

}  // namespace vigie::query
