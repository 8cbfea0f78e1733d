#include "query/search.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <functional>
#include <iterator>
#include <limits>
#include <optional>
#include <set>
#include <span>

#include "base/spare_thread.hpp"
#include "index/segment.hpp"
#include "query/best.hpp"
#include "query/counting.hpp"
#include "query/facets.hpp"
#include "query/names_in_common.hpp"
#include "query/plan.hpp"
#include "query/ranked_all.hpp"
#include "query/ranked_any.hpp"
#include "query/scorer.hpp"

namespace vigie::query {
namespace {

using index::SegmentRef;

// Partial matches are looked for only where whole ones would not fill a few pages.
constexpr uint64_t kEnough = 50;

// Where positions must be read to count, matches as few as these are kept, and ranked without looking for them again;
// more of them raise the threshold soon, so that most documents are passed over unread.
constexpr uint64_t kFewMatches = 50'000;

constexpr double kAnything = -std::numeric_limits<double>::infinity();

// How many of its words a document must hold to be a partial match: most of them.
size_t least_words(size_t asked) { return asked / 2 + 1; }

struct Counted {
  uint64_t full = 0, all = 0;  // whole matches; these and partial ones
  FacetCounter facets;

  void add(Counted&& other) {
    full += other.full;
    all += other.all;
    facets.add(std::move(other.facets));
  }
};

class Search {
 public:
  Search(index::Snapshot const& snapshot, ParsedQuery const& parsed, SearchOptions const& options)
      : snapshot_(snapshot),
        parsed_(parsed),
        options_(options),
        expansions_(expand(snapshot, parsed, answer_.notes)),
        best_(held()),
        theirs_(held()) {
    if (options.sort == Sort::relevance) scoring_ = scoring_of(snapshot, parsed, expansions_, options.ranking);
    if (options.after) keep_statistics(*options.after);
  }

  Answer run() {
    bool const partial = options_.after ? may_be_partial() && options_.after->partial
                                        : may_be_partial() && whole_matches(kEnough) < kEnough;
    std::optional<Counting> counting;
    if (options_.total || options_.facets) counting.emplace(*this, partial);
    if (counting && keeps_matches()) {
      finish(*counting);
      if (answer_.full <= kFewMatches) matches_ = std::move(*counting).matches();
      counting.reset();
    }
    if (ranks()) {
      find_left(best_);
    } else {
      find_newest();
    }
    if (counting) finish(*counting);
    if (ranks()) {
      for (Candidate const& found : std::move(theirs_).sorted()) best_.offer(found);
      if (partial && !best_.full()) find_partial();
    }
    fill_hits(partial);
    return std::move(answer_);
  }

 private:
  // All matches, counted segment by segment: the small ones first and alone; when that has taken a while, with a spare
  // thread, which begins with the largest while the caller looks for the best matches, and then helps it.
  class Counting {
   public:
    Counting(Search& search, bool partial)
        : search_(search), partial_(partial), matches_(search.keeps_matches() ? search.segments().size() : 0) {
      for (uint32_t i = 0; i < search.segments().size(); ++i) left_.push_back(i);
      std::ranges::sort(left_, std::greater{}, [&](uint32_t i) { return search.segments()[i].segment->documents(); });
      auto const until = std::chrono::steady_clock::now() + search.options_.alone;
      while (!left_.empty() && std::chrono::steady_clock::now() < until) {
        count(left_.back(), mine_);
        left_.pop_back();
      }
      if (left_.size() > 1) spare_ = SpareThread::start([this] { help(); });
    }
    Counted finish() {
      count_left(mine_);
      if (!spare_) return std::move(mine_);
      spare_->wait();
      mine_.add(std::move(theirs_));
      return std::move(mine_);
    }
    // By segment, after finish(); none where they are not kept.
    std::vector<Matches> matches() && { return std::move(matches_); }

   private:
    void count(uint32_t segment, Counted& into) {
      search_.count(search_.segments()[segment], partial_, into, matches_.empty() ? nullptr : &matches_[segment]);
    }
    void help() {
      count_left(theirs_);
      if (search_.ranks() && !search_.keeps_matches()) search_.find_left(search_.theirs_);
    }
    void count_left(Counted& into) {
      for (size_t i = next_++; i < left_.size(); i = next_++) count(left_[i], into);
    }

    Search& search_;
    bool const partial_;
    std::vector<uint32_t> left_;  // segments, the largest first; does not change once the spare thread runs
    std::atomic<size_t> next_ = 0;
    std::vector<Matches> matches_;  // by segment: each belongs to who counts it
    Counted mine_, theirs_;
    std::optional<SpareThread> spare_;  // the last member: it ends before what it uses
  };

  void finish(Counting& counting) {
    Counted counted = counting.finish();
    answer_.full = counted.full;
    answer_.total = counted.all;
    if (options_.facets) answer_.facets = counted.facets.finish();
  }

  std::vector<SegmentRef> const& segments() const { return snapshot_.segments(); }
  // Hits of the pages before are found again: so that copies of what was shown stay folded, and what went leaves no
  // gap.
  size_t wanted() const { return first() + options_.limit + 1; }  // one more tells whether a page follows
  bool ranks() const { return options_.sort == Sort::relevance && options_.limit > 0; }
  // Those whose order their names decide are found whatever the page, so that all pages agree.
  bool lifts() const { return options_.sort == Sort::relevance && options_.ranking.names > 0; }
  size_t held() const { return options_.limit > 0 && lifts() ? std::max(wanted(), kLifted) : wanted(); }
  size_t first() const { return options_.after ? options_.after->shown : options_.offset; }
  MatcherPtr matcher(SegmentRef const& ref) const { return matcher_of(ref, parsed_, parsed_.root, expansions_); }

  bool may_be_partial() const {
    return options_.sort == Sort::relevance && !options_.strict && !parsed_.has_operators && scoring_.units.size() > 2;
  }

  // Whether counting reads positions and ranking would read them again.
  bool keeps_matches() const {
    return options_.passes_over && ranks() && std::ranges::any_of(parsed_.nodes, [](Node const& node) {
             return node.kind == NodeKind::phrase || node.kind == NodeKind::near;
           });
  }

  // Whether the query is nothing but parts that earn a score, joined like this.
  bool is_units(NodeKind join) const {
    Node const& root = parsed_.root_node();
    auto const is_unit = [&](NodeIndex index) {
      NodeKind const kind = parsed_.nodes[index].kind;
      return kind == NodeKind::word || kind == NodeKind::phrase || kind == NodeKind::prefix || kind == NodeKind::fuzzy;
    };
    return root.kind == join ? std::ranges::all_of(root.children, is_unit) : is_unit(parsed_.root);
  }

  uint64_t whole_matches(uint64_t enough) const {
    uint64_t whole = 0;
    for (SegmentRef const& ref : segments()) {
      if (whole < enough) whole += count_matches(ref, *matcher(ref), nullptr, enough);
    }
    return whole;
  }

  void count(SegmentRef const& ref, bool partial, Counted& into, Matches* kept) const {
    if (options_.facets) into.facets.begin(*ref.segment);
    uint64_t const full = count_matches(ref, *matcher(ref), options_.facets ? &into.facets : nullptr, UINT64_MAX, kept);
    if (options_.facets) into.facets.end();
    into.full += full;
    into.all += partial ? count_most(ref) : full;
  }

  uint64_t count_most(SegmentRef const& ref) const {
    std::vector<MatcherPtr> owned;
    std::vector<Matcher*> parts;
    for (Unit const& unit : scoring_.units) {
      owned.push_back(matcher_of(ref, parsed_, unit.node, expansions_));
      parts.push_back(owned.back().get());
    }
    return count_holding(ref, parts, least_words(parts.size()));
  }

  Candidate candidate(uint32_t segment, DocId doc, double score, bool partial = false) const {
    SegmentRef const& ref = segments()[segment];
    uint64_t const group = options_.fold ? ref.copy_group(doc) : 0;
    return {score, ref.segment->time_s(doc), ref.segment->row(doc), group, segment, doc, partial};
  }

  // Within a segment the newest come first, so that the first document that does not get in ends it; segments are
  // ordered by their newest, so that the first whose newest does not get in ends the search.
  void find_newest() {
    if (options_.limit == 0) return;
    for (uint32_t i = 0; i < segments().size(); ++i) {
      SegmentRef const& ref = segments()[i];
      if (best_.full() && ref.segment->newest_s() < best_.last().time_s) return;
      auto const matcher = this->matcher(ref);
      for (DocId doc = matcher->seek(0); doc != kNoMoreDocs; doc = matcher->next()) {
        if (ref.is_erased(doc)) continue;
        if (best_.full() && ref.segment->time_s(doc) < best_.last().time_s) break;
        offer(candidate(i, doc, 0), best_);
      }
    }
  }

  // Any query: candidates from its matcher, or from what was counted, blocks of documents and single ones passed over
  // where the sum of what its parts can earn does not reach the last hit.
  void find_best(uint32_t i, Best& best) {
    SegmentRef const& ref = segments()[i];
    DocId const documents = ref.segment->documents();
    Scorer scorer(scoring_, ref, parsed_, expansions_);
    auto const matcher =
        matches_.empty() ? matcher_over(ref, parsed_, expansions_, scorer.lent()) : match_bits(matches_[i]);
    DocId bounded = 0;  // documents before it were found able to get in, by block
    for (DocId target = 0; target < documents;) {
      double const least = threshold(best);
      bool const pass_over = least > kAnything;
      if (pass_over && target >= bounded) {
        auto const bound = scorer.bound(target);
        bounded = bound.last == kNoMoreDocs ? documents : bound.last + 1;
        if (bound.score < least) {
          target = bounded;
          continue;
        }
      }
      DocId const doc = matcher->advance(target);
      if (doc == kNoMoreDocs) return;
      if (pass_over && doc >= bounded) {
        target = doc;
        continue;
      }
      target = doc + 1;
      if (ref.is_erased(doc) || (pass_over && scorer.most(doc) < least) || !matcher->confirm()) continue;
      offer(i, doc, scorer.score(doc).score, best);
    }
  }

  // Words of which any will do.
  void find_best_of_any(uint32_t i, Best& best) {
    SegmentRef const& ref = segments()[i];
    Scorer scorer(scoring_, ref, parsed_, expansions_);
    RankedAny any(scorer, ref);
    any.each([&] { return threshold(best); },
             [&](DocId doc) {
               Scored const scored = scorer.score(doc);
               if (scored.units > 0) offer(i, doc, scored.score, best);
             });
  }

  // Words of which all must be there.
  void find_best_of_all(uint32_t i, Best& best) {
    SegmentRef const& ref = segments()[i];
    Scorer scorer(scoring_, ref, parsed_, expansions_);
    RankedAll all(scorer, ref);
    all.each([&] { return threshold(best); },
             [&](DocId doc) {
               Scored const scored = scorer.score(doc);
               if (scored.units == scorer.units()) offer(i, doc, scored.score, best);
             });
  }

  // What a thread's best must reach; where one has so many already, the other's must reach it too.
  double threshold(Best const& best) const {
    return options_.passes_over ? std::max(best.threshold(), reached_.load(std::memory_order_relaxed)) : kAnything;
  }
  void raise_to(double reached) {
    double before = reached_.load(std::memory_order_relaxed);
    while (before < reached && !reached_.compare_exchange_weak(before, reached, std::memory_order_relaxed)) {
    }
  }

  // Of the segments that no thread has taken yet, newest first.
  void find_left(Best& best) {
    for (uint32_t i = next_found_++; i < segments().size(); i = next_found_++) {
      if (!matches_.empty()) {
        find_best(i, best);
      } else if (is_units(NodeKind::disjunction)) {
        find_best_of_any(i, best);
      } else if (is_units(NodeKind::conjunction)) {
        find_best_of_all(i, best);
      } else {
        find_best(i, best);
      }
    }
  }

  // What leaves out a word stands behind everything that holds them all; copies of the latter stay folded under these.
  void find_partial() {
    whole_ = std::move(best_).sorted();
    std::set<uint64_t> groups;
    for (Candidate const& found : whole_) groups.insert(found.group);
    groups.erase(0);
    best_ = Best(held() - whole_.size());
    reached_ = kAnything;
    for (uint32_t i = 0; i < segments().size(); ++i) {
      SegmentRef const& ref = segments()[i];
      Scorer scorer(scoring_, ref, parsed_, expansions_);
      RankedAny any(scorer, ref);
      size_t const all = scorer.units();
      any.each([&] { return threshold(best_); },
               [&](DocId doc) {
                 Scored const scored = scorer.score(doc);
                 if (scored.units < least_words(all) || scored.units == all) return;
                 double const score = scored.score * scored.held;
                 if (score < threshold(best_)) return;
                 Candidate const found = candidate(i, doc, score, true);
                 if (!groups.contains(found.group)) offer(found, best_);
               });
    }
  }

  // Scores are made of the statistics that the first page was made of.
  void keep_statistics(Cursor const& cursor) {
    if (cursor.idfs.size() != scoring_.units.size()) return;  // another query's
    for (size_t i = 0; i < scoring_.units.size(); ++i) scoring_.units[i].idf = cursor.idfs[i];
    scoring_.weights.average = cursor.averages;
    scoring_.reference_s = cursor.reference_s;
  }

  uint64_t newest_row() const {
    if (options_.after) return options_.after->newest_row;
    uint64_t newest = 0;
    for (SegmentRef const& ref : segments()) newest = std::max(newest, ref.segment->newest_row());
    return newest;
  }

  // Columns are read only of what the score lets in.
  void offer(uint32_t segment, DocId doc, double score, Best& best) {
    if (score >= threshold(best)) offer(candidate(segment, doc, score), best);
  }
  void offer(Candidate const& found, Best& best) {
    if (options_.after && found.row > options_.after->newest_row) return;
    best.offer(found);
    raise_to(best.threshold());
  }

  Cursor cursor_at(Candidate const& last, size_t shown, bool partial) const {
    Cursor cursor;
    cursor.newest_row = newest_row();
    cursor.shown = static_cast<uint32_t>(shown);
    cursor.score = last.score;
    cursor.time_s = last.time_s;
    cursor.row = last.row;
    cursor.last_partial = last.partial;
    cursor.partial = partial;
    cursor.reference_s = scoring_.reference_s;
    if (!scoring_.units.empty()) cursor.averages = scoring_.weights.average;
    for (Unit const& unit : scoring_.units) cursor.idfs.push_back(unit.idf);
    return cursor;
  }

  // Where the page begins: behind the last hit shown, by rank, so that hits that went meanwhile do not shift it.
  size_t begin_in(std::vector<Candidate> const& ranked) const {
    if (!options_.after) return options_.offset;
    Candidate shown;
    shown.score = options_.after->score;
    shown.time_s = options_.after->time_s;
    shown.row = options_.after->row;
    shown.partial = options_.after->last_partial;
    auto const after = std::ranges::find_if(ranked, [&](Candidate const& found) { return ranks_before(shown, found); });
    return static_cast<size_t>(after - ranked.begin());
  }

  // By what they have in common with the best: whole matches, or partial ones where none is whole.
  void lift(std::vector<Candidate>& ranked) const {
    std::span<Candidate> const lifted(ranked.data(), std::min(ranked.size(), kLifted));
    NamesInCommon names;
    for (size_t i = 0; i < std::min(lifted.size(), kBest) && lifted[i].partial == lifted[0].partial; ++i) {
      names.add(segments()[lifted[i].segment], lifted[i].doc);
    }
    for (Candidate& found : lifted) {
      found.lift = 1 + options_.ranking.names * names.share(segments()[found.segment], found.doc);
      found.score *= found.lift;
    }
    std::ranges::sort(lifted, ranks_before);
  }

  void fill_hits(bool partial) {
    auto ranked = std::move(whole_);
    std::ranges::move(std::move(best_).sorted(), std::back_inserter(ranked));
    if (lifts()) lift(ranked);
    size_t at = begin_in(ranked);
    for (; at < ranked.size() && answer_.hits.size() < options_.limit; ++at) {
      Candidate const& found = ranked[at];
      Hit hit{found.row, found.score, found.partial, found.time_s, {}, {}};
      if (options_.explain) hit.explanation = explain(found);
      if (found.group != 0) hit.copies = copies_of(found);
      answer_.hits.push_back(std::move(hit));
    }
    if (at < ranked.size() && !answer_.hits.empty()) {
      answer_.next = cursor_at(ranked[at - 1], first() + answer_.hits.size(), partial);
    }
  }

  std::vector<uint64_t> copies_of(Candidate const& found) const {
    std::vector<std::pair<int64_t, uint64_t>> copies;
    for (SegmentRef const& ref : segments()) {
      for (DocId const doc : ref.in_copy_group(found.group)) {
        uint64_t const row = ref.segment->row(doc);
        if (row != found.row && !ref.is_erased(doc)) copies.emplace_back(ref.segment->time_s(doc), row);
      }
    }
    std::ranges::sort(copies, std::greater{});
    std::vector<uint64_t> rows;
    for (auto const& [time_s, row] : copies) rows.push_back(row);
    return rows;
  }

  std::string explain(Candidate const& found) const {
    if (options_.sort == Sort::date) return "sorted by date\n";
    std::string text;
    Scorer scorer(scoring_, segments()[found.segment], parsed_, expansions_);
    Scored const scored = scorer.score(found.doc, &text);
    if (found.partial) text += fmt::format("x {:.3f}, the share of idf held\n", scored.held);
    if (found.lift > 1) text += fmt::format("x names in common {1:.3f} = {0:.4f}\n", found.score, found.lift);
    return text;
  }

  index::Snapshot const& snapshot_;
  ParsedQuery const& parsed_;
  SearchOptions const& options_;
  Answer answer_;
  Expansions expansions_;
  Scoring scoring_;
  Best best_, theirs_;  // the caller's, the spare thread's
  std::atomic<uint32_t> next_found_ = 0;
  std::atomic<double> reached_ = kAnything;
  std::vector<Matches> matches_;       // by segment, where few were counted and kept
  std::vector<Candidate> whole_ = {};  // ranked, where partial matches follow
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
    for (DocId doc = matcher->seek(0); doc != kNoMoreDocs; doc = matcher->next()) {
      if (!ref.is_erased(doc)) rows.push_back(ref.segment->row(doc));
    }
  }
  std::ranges::sort(rows);
  return rows;
}

}  // namespace vigie::query
