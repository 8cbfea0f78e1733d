// scorer.hpp: the ranking formula, written as plainly as it can be, and upper bounds of it by which documents are
// passed over. docs/query.md, "Ranking"; bounds after Ding & Suel, "Faster top-k document retrieval using block-max
// indexes", SIGIR 2011.
// Threads: confined to one query. Lifetime: snapshot, query and expansions must outlive it.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "index/impact.hpp"
#include "index/snapshot.hpp"
#include "query/ast.hpp"
#include "query/expansion.hpp"
#include "query/matcher.hpp"
#include "query/ranking.hpp"
#include "query/word_matcher.hpp"

namespace vigie::query {

// A part of the query that earns a score: a word, phrase, prefix or misspelt word that is not negated.
struct Unit {
  NodeIndex node = 0;
  double idf = 0;        // BM25's, over the whole snapshot; the sum of its words' for a phrase
  double form_most = 1;  // the greatest preference for its written form
  bool accents = false;  // it is written with some
  bool said = false;     // inside quotes, where positions are others
};

inline constexpr double kRoundedUp = 1 + 1e-9;  // a bound allows for rounding

struct Scoring {
  Ranking ranking;
  std::vector<Unit> units;
  index::FieldWeights weights;  // the ranking's, with the snapshot's averages
  int64_t reference_s = 0;      // recency counts from here
};

Scoring scoring_of(index::Snapshot const&, ParsedQuery const&, Expansions const&, Ranking const&);

struct Scored {
  double score = 0;
  uint32_t units = 0;  // how many the document holds
  double held = 0;     // their share of the sum of all idfs
};

// Scores documents of one segment, docids ascending.
class Scorer {
 public:
  Scorer(Scoring const&, index::SegmentRef const&, ParsedQuery const&, Expansions const&);

  size_t units() const { return matchers_.size(); }
  Matcher& matcher(size_t unit) { return *matchers_[unit]; }
  // matcher(unit).advance_heavy(); where that is a posting list, without the detour.
  DocId advance_heavy(size_t unit, DocId target, DocId end, index::LeastWeight const& least) {
    auto* const list = single_[unit].cursor;
    return list ? list->seek_heavy(target, end, least, body_words_)
                : matchers_[unit]->advance_heavy(target, end, least);
  }
  std::map<NodeIndex, Matcher*> lent() const;  // the units' matchers, for matcher_over()

  // `explanation`, where given, receives lines of text.
  Scored score(DocId doc, std::string* explanation = nullptr);

  // --- upper bounds; rounding is allowed for ---

  // What one unit can earn with a weighted count, noted in the segment or of a candidate.
  double unit_most_noted(size_t unit, double weighted) const { return unit_most(unit, weighted * slack_); }
  double unit_most(size_t unit, double weighted) const;
  // What a document needs of one unit for this much, where the unit stands in its body alone.
  index::LeastWeight least_weight(size_t unit, double score) const;
  // Of a document that its matcher stands at.
  double unit_most_here(size_t unit, DocId doc) {
    Single const& single = single_[unit];
    if (!single.word) return unit_most(unit, matchers_[unit]->most_weighted(scoring_.weights, words(doc)));
    auto const counts = (single.cursor ? *single.cursor : single.word->list_here()).counts();
    if ((counts.title | counts.kicker | counts.lede) != 0) {
      return unit_most(unit, scoring_.weights.weighted(counts, words(doc)));
    }
    // The formula for the body alone, with its fractions brought together: one division.
    double const weighted = scoring_.weights.weight[3] * counts.body;
    return single.most * weighted / (k1_norm(doc) + weighted);
  }
  // The factor that the sum of units can still be multiplied with, in documents from `doc` on that hold as many.
  double factor_most(DocId doc, size_t held) const { return closeness_most(held) * newness_most(doc); }
  double closeness_most(size_t held) const;
  double newness_most(DocId doc) const { return recency(doc) * kRoundedUp; }
  struct Bound {
    double score = 0;
    DocId last = kNoMoreDocs;
  };
  Bound bound(DocId target);  // of every document in [target, last]
  double most(DocId doc);     // of one

 private:
  double unit_score(size_t unit, DocId doc, std::string* explanation);
  double unit_score_by_counts(size_t unit, DocId doc, std::string* explanation);
  double saturated(double weighted) const {
    return weighted * (scoring_.ranking.k1 + 1) / (scoring_.ranking.k1 + weighted);
  }
  double closeness() const;
  double recency(DocId doc) const;
  index::FieldCounts const& words(DocId doc);

  // k1 x the body's length norm.
  double k1_norm(DocId doc) {
    if (norm_of_ != doc) {
      norm_of_ = doc;
      norm_ = norm_flat_ + norm_slope_ * static_cast<double>(body_words_[doc]);
    }
    return norm_;
  }

  // Of a word that stands in one posting list a document, and every form of it wanted.
  struct Single {
    WordMatcher* word = nullptr;             // null of other units
    index::PostingCursor* cursor = nullptr;  // where it has one list alone
    double most = 0;                         // what it can earn at all
  };

  Scoring const& scoring_;
  index::Segment const& segment_;
  ParsedQuery const& parsed_;
  double slack_ = 1;
  bool needs_places_ = true;                // of words: a preference or closeness is asked for
  std::vector<MatcherPtr> matchers_;        // by unit
  std::vector<WordMatcher*> plain_;         // by unit: where counts say all; else null
  std::vector<std::vector<Place>> places_;  // by unit, of the current document
  std::vector<Single> single_;              // by unit
  index::Column const& body_words_;
  DocId norm_of_ = kNoMoreDocs;
  double norm_ = 0, norm_flat_ = 0, norm_slope_ = 0;
  double idfs_ = 0;  // of all units
  DocId words_of_ = kNoMoreDocs;
  index::FieldCounts words_;
};

}  // namespace vigie::query
