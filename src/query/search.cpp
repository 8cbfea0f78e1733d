#include "query/search.hpp"

#include <algorithm>
#include <queue>

#include "index/segment.hpp"
#include "query/facets.hpp"
#include "query/plan.hpp"
#include "query/scorer.hpp"

namespace vigie::query {
namespace {

using index::SegmentRef;

// Partial matches follow only where whole ones would not fill a few pages.
constexpr uint64_t kEnough = 50;

struct Candidate {
  double score = 0;
  int64_t time_s = 0;
  uint64_t row = 0;
  uint32_t segment = 0;
  DocId doc = 0;
};

// The total order of answers: what ranks higher is less.
bool ranks_before(Candidate const& a, Candidate const& b) {
  if (a.score != b.score) return a.score > b.score;
  if (a.time_s != b.time_s) return a.time_s > b.time_s;
  return a.row > b.row;
}

// Keeps the `size` first by rank. The heap's top is the last of them.
class Best {
 public:
  explicit Best(size_t size) : size_(size) {}
  void offer(Candidate const& candidate) {
    if (size_ == 0) return;
    if (heap_.size() < size_) {
      heap_.push_back(candidate);
      std::ranges::push_heap(heap_, ranks_before);
    } else if (ranks_before(candidate, heap_.front())) {
      std::ranges::pop_heap(heap_, ranks_before);
      heap_.back() = candidate;
      std::ranges::push_heap(heap_, ranks_before);
    }
  }
  std::vector<Candidate> sorted() && {
    std::ranges::sort(heap_, ranks_before);
    return std::move(heap_);
  }

 private:
  size_t size_;
  std::vector<Candidate> heap_;
};

class Search {
 public:
  Search(index::Snapshot const& snapshot, ParsedQuery const& parsed, SearchOptions const& options)
      : snapshot_(snapshot),
        parsed_(parsed),
        options_(options),
        expansions_(expand(snapshot, parsed, answer_.notes)),
        wanted_(size_t{options.offset} + options.limit),
        whole_(wanted_),
        partial_(wanted_) {
    if (options.sort == Sort::relevance) scoring_ = scoring_of(snapshot, parsed, expansions_, options.ranking);
  }

  Answer run() {
    for (uint32_t i = 0; i < snapshot_.segments().size(); ++i) {
      if (options_.facets) facets_.begin(*snapshot_.segments()[i].segment);
      if (may_be_partial()) {
        visit_most(i);
      } else {
        visit_whole(i);
      }
      if (options_.facets) facets_.end();
    }
    fill_hits();
    if (options_.facets) answer_.facets = facets_.finish();
    return std::move(answer_);
  }

 private:
  bool may_be_partial() const {
    return options_.sort == Sort::relevance && !options_.strict && !parsed_.has_operators && scoring_.units.size() > 2;
  }

  Candidate candidate(uint32_t segment, DocId doc, double score) const {
    index::Segment const& of = *snapshot_.segments()[segment].segment;
    return {score, of.time_s(doc), of.row(doc), segment, doc};
  }

  void take_whole(Candidate const& found) {
    ++answer_.full;
    if (options_.facets) facets_.count(found.doc);
    whole_.offer(found);
  }

  void visit_whole(uint32_t i) {
    SegmentRef const& ref = snapshot_.segments()[i];
    Scorer scorer(scoring_, ref, parsed_, expansions_);
    auto const matcher = matcher_of(ref, parsed_, parsed_.root, expansions_);
    for (DocId doc = matcher->doc(); doc != kNoMoreDocs; doc = matcher->next()) {
      if (ref.is_erased(doc)) continue;
      bool const scored = options_.sort == Sort::relevance && wanted_ > 0;
      take_whole(candidate(i, doc, scored ? scorer.score(doc).score : 0));
    }
  }

  // Every document that holds one of the words is looked at; those that hold more than half are kept.
  void visit_most(uint32_t i) {
    SegmentRef const& ref = snapshot_.segments()[i];
    Scorer scorer(scoring_, ref, parsed_, expansions_);
    std::vector<MatcherPtr> words;
    for (Unit const& unit : scoring_.units) words.push_back(matcher_of(ref, parsed_, unit.node, expansions_));
    auto const any = match_any(std::move(words));
    for (DocId doc = any->doc(); doc != kNoMoreDocs; doc = any->next()) {
      if (ref.is_erased(doc)) continue;
      Scored const scored = scorer.score(doc);
      if (scored.units == scoring_.units.size()) {
        take_whole(candidate(i, doc, scored.score));
      } else if (scored.units * 2 > scoring_.units.size()) {
        ++partial_count_;
        partial_.offer(candidate(i, doc, scored.score));
      }
    }
  }

  void fill_hits() {
    auto ranked = std::move(whole_).sorted();
    size_t const whole = ranked.size();
    answer_.total = answer_.full;
    if (answer_.full < kEnough && partial_count_ > 0) {
      answer_.total += partial_count_;
      auto const partial = std::move(partial_).sorted();
      ranked.insert(ranked.end(), partial.begin(), partial.end());
    }
    for (size_t at = options_.offset; at < ranked.size() && answer_.hits.size() < options_.limit; ++at) {
      Candidate const& found = ranked[at];
      Hit hit{found.row, found.score, at >= whole, found.time_s, {}};
      if (options_.explain) hit.explanation = explain(found);
      answer_.hits.push_back(std::move(hit));
    }
  }

  std::string explain(Candidate const& found) const {
    if (options_.sort == Sort::date) return "sorted by date\n";
    std::string text;
    Scorer(scoring_, snapshot_.segments()[found.segment], parsed_, expansions_).score(found.doc, &text);
    return text;
  }

  index::Snapshot const& snapshot_;
  ParsedQuery const& parsed_;
  SearchOptions const& options_;
  Answer answer_;
  Expansions expansions_;
  Scoring scoring_;
  size_t const wanted_;
  Best whole_, partial_;
  uint64_t partial_count_ = 0;
  FacetCounter facets_;
};

}  // namespace

Answer search(index::Snapshot const& snapshot, ParsedQuery const& parsed, SearchOptions const& options) {
  return Search(snapshot, parsed, options).run();
}

std::vector<uint64_t> matching_rows(index::Snapshot const& snapshot, ParsedQuery const& parsed) {
  std::vector<Note> notes;
  Expansions const expansions = expand(snapshot, parsed, notes);
  std::vector<uint64_t> rows;
  for (SegmentRef const& ref : snapshot.segments()) {
    auto const matcher = matcher_of(ref, parsed, parsed.root, expansions);
    for (DocId doc = matcher->doc(); doc != kNoMoreDocs; doc = matcher->next()) {
      if (!ref.is_erased(doc)) rows.push_back(ref.segment->row(doc));
    }
  }
  std::ranges::sort(rows);
  return rows;
}

}  // namespace vigie::query
