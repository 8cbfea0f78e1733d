#include "query/best.hpp"

#include <algorithm>

namespace vigie::query {

bool ranks_before(Candidate const& a, Candidate const& b) {
  if (a.partial != b.partial) return b.partial;
  if (a.score != b.score) return a.score > b.score;
  if (a.time_s != b.time_s) return a.time_s > b.time_s;
  return a.row > b.row;
}

void Best::offer(Candidate const& candidate) {
  if (size_ == 0 || (full() && !ranks_before(candidate, heap_.front()))) return;
  if (candidate.group != 0 && groups_.contains(candidate.group)) return replace_copy(candidate);
  if (full()) {
    std::ranges::pop_heap(heap_, ranks_before);
    groups_.erase(heap_.back().group);
    heap_.pop_back();
  }
  if (candidate.group != 0) groups_.insert(candidate.group);
  heap_.push_back(candidate);
  std::ranges::push_heap(heap_, ranks_before);
}

// The better of the two stays; copies are few, so that looking for the other one may take its time.
void Best::replace_copy(Candidate const& candidate) {
  auto const held = std::ranges::find(heap_, candidate.group, &Candidate::group);
  if (held == heap_.end() || !ranks_before(candidate, *held)) return;
  *held = candidate;
  std::ranges::make_heap(heap_, ranks_before);
}

std::vector<Candidate> Best::sorted() && {
  std::ranges::sort(heap_, ranks_before);
  return std::move(heap_);
}

}  // namespace vigie::query
