// scorer.hpp: the ranking formula, written as plainly as it can be. docs/query.md, "Ranking".
// Threads: confined to one query. Lifetime: snapshot, query and expansions must outlive it.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "index/snapshot.hpp"
#include "query/ast.hpp"
#include "query/expansion.hpp"
#include "query/matcher.hpp"
#include "query/ranking.hpp"

namespace vigie::query {

// A part of the query that earns a score: a word, phrase, prefix or misspelt word that is not negated.
struct Unit {
  NodeIndex node = 0;
  double idf = 0;  // BM25's, over the whole snapshot; the sum of its words' for a phrase
};

struct Scoring {
  Ranking ranking;
  std::vector<Unit> units;
  double title_average = 1, lede_average = 1, body_average = 1;  // words
  int64_t reference_s = 0;                                       // recency counts from here
};

Scoring scoring_of(index::Snapshot const&, ParsedQuery const&, Expansions const&, Ranking const&);

struct Scored {
  double score = 0;
  uint32_t units = 0;  // how many the document holds
};

// Scores documents of one segment, docids ascending.
class Scorer {
 public:
  Scorer(Scoring const&, index::SegmentRef const&, ParsedQuery const&, Expansions const&);
  // `explanation`, where given, receives lines of text.
  Scored score(DocId doc, std::string* explanation = nullptr);

 private:
  double unit_score(size_t unit, DocId doc, std::string* explanation);
  double closeness() const;

  Scoring const& scoring_;
  index::Segment const& segment_;
  ParsedQuery const& parsed_;
  std::vector<MatcherPtr> matchers_;        // by unit
  std::vector<bool> said_;                  // by unit: inside quotes, where positions are others
  std::vector<std::vector<Place>> places_;  // by unit, of the current document
};

}  // namespace vigie::query
