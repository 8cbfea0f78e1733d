#include "query/search.hpp"

#include <algorithm>

#include "index/segment.hpp"
#include "query/best.hpp"
#include "query/counting.hpp"
#include "query/facets.hpp"
#include "query/plan.hpp"
#include "query/ranked_any.hpp"
#include "query/scorer.hpp"

namespace vigie::query {
namespace {

using index::SegmentRef;

// Partial matches are looked for only where whole ones would not fill a few pages.
constexpr uint64_t kEnough = 50;

// How many of its words make a document a partial match: most of a few; of a sentence, which brings words that no
// article needs to have, a third.
size_t least_words(size_t asked) { return asked <= 5 ? asked / 2 + 1 : std::max<size_t>(3, (asked + 2) / 3); }

class Search {
 public:
  Search(index::Snapshot const& snapshot, ParsedQuery const& parsed, SearchOptions const& options)
      : snapshot_(snapshot),
        parsed_(parsed),
        options_(options),
        expansions_(expand(snapshot, parsed, answer_.notes)),
        best_(size_t{options.offset} + options.limit) {
    if (options.sort == Sort::relevance) scoring_ = scoring_of(snapshot, parsed, expansions_, options.ranking);
  }

  Answer run() {
    bool const partial = may_be_partial() && whole_matches(kEnough) < kEnough;
    if (options_.total || options_.facets) count(partial);
    if (options_.sort == Sort::date) {
      find_newest();
    } else if (wanted() > 0) {
      for (uint32_t i = 0; i < segments().size(); ++i) {
        if (partial || any_of_units()) {
          find_best_of_any(i, partial);
        } else {
          find_best(i);
        }
      }
    }
    fill_hits();
    return std::move(answer_);
  }

 private:
  std::vector<SegmentRef> const& segments() const { return snapshot_.segments(); }
  size_t wanted() const { return size_t{options_.offset} + options_.limit; }
  MatcherPtr matcher(SegmentRef const& ref) const { return matcher_of(ref, parsed_, parsed_.root, expansions_); }

  bool may_be_partial() const {
    return options_.sort == Sort::relevance && !options_.strict && !parsed_.has_operators && scoring_.units.size() > 2;
  }

  // Whether the query is one part that earns a score, or an OR of such.
  bool any_of_units() const {
    Node const& root = parsed_.root_node();
    auto const is_unit = [&](NodeIndex index) {
      NodeKind const kind = parsed_.nodes[index].kind;
      return kind == NodeKind::word || kind == NodeKind::phrase || kind == NodeKind::prefix || kind == NodeKind::fuzzy;
    };
    return root.kind == NodeKind::disjunction ? std::ranges::all_of(root.children, is_unit) : is_unit(parsed_.root);
  }

  uint64_t whole_matches(uint64_t enough) const {
    uint64_t whole = 0;
    for (SegmentRef const& ref : segments()) {
      if (whole < enough) whole += count_matches(ref, *matcher(ref), nullptr, enough);
    }
    return whole;
  }

  void count(bool partial) {
    FacetCounter facets;
    for (SegmentRef const& ref : segments()) {
      if (options_.facets) facets.begin(*ref.segment);
      answer_.full += count_matches(ref, *matcher(ref), options_.facets ? &facets : nullptr);
      if (options_.facets) facets.end();
      if (partial) answer_.total += count_most(ref);
    }
    if (!partial) answer_.total = answer_.full;
    if (options_.facets) answer_.facets = facets.finish();
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
    if (wanted() == 0) return;
    for (uint32_t i = 0; i < segments().size(); ++i) {
      SegmentRef const& ref = segments()[i];
      if (best_.full() && ref.segment->newest_s() < best_.last().time_s) return;
      auto const matcher = this->matcher(ref);
      for (DocId doc = matcher->seek(0); doc != kNoMoreDocs; doc = matcher->next()) {
        if (ref.is_erased(doc)) continue;
        if (best_.full() && ref.segment->time_s(doc) < best_.last().time_s) break;
        best_.offer(candidate(i, doc, 0));
      }
    }
  }

  // Any query: candidates from its matcher, blocks of documents and single ones passed over where the sum of what its
  // parts can earn does not reach the last hit.
  void find_best(uint32_t i) {
    SegmentRef const& ref = segments()[i];
    DocId const documents = ref.segment->documents();
    Scorer scorer(scoring_, ref, parsed_, expansions_);
    auto const matcher = matcher_over(ref, parsed_, expansions_, scorer.lent());
    DocId bounded = 0;  // documents before it were found able to get in, by block
    for (DocId target = 0; target < documents;) {
      bool const pass_over = options_.passes_over && best_.full();
      if (pass_over && target >= bounded) {
        auto const bound = scorer.bound(target);
        bounded = bound.last == kNoMoreDocs ? documents : bound.last + 1;
        if (bound.score < best_.threshold()) {
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
      if (ref.is_erased(doc) || (pass_over && scorer.most(doc) < best_.threshold()) || !matcher->confirm()) continue;
      best_.offer(candidate(i, doc, scorer.score(doc).score));
    }
  }

  // Words of which any will do, or most of them.
  void find_best_of_any(uint32_t i, bool most) {
    SegmentRef const& ref = segments()[i];
    Scorer scorer(scoring_, ref, parsed_, expansions_);
    RankedAny any(scorer, ref);
    auto const threshold = [&] {
      return options_.passes_over ? best_.threshold() : -std::numeric_limits<double>::infinity();
    };
    any.each(threshold, [&](DocId doc) {
      Scored const scored = scorer.score(doc);
      size_t const all = scorer.units();
      if (scored.units == 0 || (most && scored.units < least_words(all))) return;
      best_.offer(candidate(i, doc, scored.score, most && scored.units < all));
    });
  }

  void fill_hits() {
    auto const ranked = std::move(best_).sorted();
    for (size_t at = options_.offset; at < ranked.size() && answer_.hits.size() < options_.limit; ++at) {
      Candidate const& found = ranked[at];
      Hit hit{found.row, found.score, found.partial, found.time_s, {}, {}};
      if (options_.explain) hit.explanation = explain(found);
      if (found.group != 0) hit.copies = copies_of(found);
      answer_.hits.push_back(std::move(hit));
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
    Scorer(scoring_, segments()[found.segment], parsed_, expansions_).score(found.doc, &text);
    return text;
  }

  index::Snapshot const& snapshot_;
  ParsedQuery const& parsed_;
  SearchOptions const& options_;
  Answer answer_;
  Expansions expansions_;
  Scoring scoring_;
  Best best_;
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
