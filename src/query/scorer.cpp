#include "query/scorer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "index/segment.hpp"
#include "query/plan.hpp"

namespace vigie::query {
namespace {

constexpr double kNear = 8;  // words further apart than this are not close

// Documents of a term that are not erased. Cost: the whole list where the segment has erased ones.
uint64_t alive(index::SegmentRef const& ref, index::Term const& term) {
  if (ref.erased_count == 0) return term.documents;
  uint64_t count = 0;
  for (auto cursor = ref.segment->open_postings(term); cursor.doc() != kNoMoreDocs; cursor.next()) {
    if (!ref.is_erased(cursor.doc())) ++count;
  }
  return count;
}

// BM25's idf in the form that is never negative (Lucene's; Robertson and Zaragoza 2009 have it without the 1).
double idf(uint64_t documents, uint64_t holding) {
  auto const n = static_cast<double>(documents), df = static_cast<double>(std::min(holding, documents));
  return std::log(1 + (n - df + 0.5) / (df + 0.5));
}

double word_idf(index::Snapshot const& snapshot, QueryWord const& word, uint8_t fields) {
  uint64_t holding = 0;  // a document is in one language, so that the terms' documents do not overlap
  for (auto const& ref : snapshot.segments()) {
    for (auto const& use : inflections(*ref.segment, word, fields)) holding += alive(ref, use.term);
  }
  return idf(snapshot.documents(), holding);
}

// Prefixes and misspelt words are counted exactly: sums over their terms would change when segments merge.
double matched_idf(index::Snapshot const& snapshot, ParsedQuery const& parsed, NodeIndex index,
                   Expansions const& expansions) {
  uint64_t holding = 0;
  for (auto const& ref : snapshot.segments()) {
    auto const matcher = matcher_of(ref, parsed, index, expansions);
    for (DocId doc = matcher->doc(); doc != kNoMoreDocs; doc = matcher->next()) holding += ref.is_erased(doc) ? 0 : 1;
  }
  return idf(snapshot.documents(), holding);
}

double unit_idf(index::Snapshot const& snapshot, ParsedQuery const& parsed, NodeIndex index,
                Expansions const& expansions) {
  Node const& node = parsed.nodes[index];
  if (node.kind == NodeKind::prefix || node.kind == NodeKind::fuzzy) {
    return matched_idf(snapshot, parsed, index, expansions);
  }
  double sum = 0;
  for (QueryWord const& word : node.words) sum += word_idf(snapshot, word, node.fields);
  return sum;
}

bool earns_score(NodeKind kind) {
  return kind == NodeKind::word || kind == NodeKind::phrase || kind == NodeKind::prefix || kind == NodeKind::fuzzy;
}

// Nodes that earn a score, in the order of the query, each word once. What is negated earns none, however deep.
std::vector<NodeIndex> unit_nodes(ParsedQuery const& parsed) {
  std::vector<uint8_t> reached(parsed.nodes.size());
  reached[parsed.root] = 1;
  for (size_t i = parsed.nodes.size(); i-- > 0;) {  // parents stand behind their children
    if (!reached[i] || parsed.nodes[i].kind == NodeKind::negation) continue;
    for (NodeIndex const child : parsed.nodes[i].children) reached[child] = 1;
  }
  std::vector<NodeIndex> nodes;
  std::set<std::string> seen;
  for (NodeIndex i = 0; i < parsed.nodes.size(); ++i) {
    Node const& node = parsed.nodes[i];
    if (!reached[i] || !earns_score(node.kind)) continue;
    std::string key = fmt::format("{} {} {}", static_cast<int>(node.kind), node.fields, node.stemmed);
    for (QueryWord const& word : node.words) key += " " + word.folded;
    if (seen.insert(key).second) nodes.push_back(i);
  }
  return nodes;
}

double average(uint64_t words, uint64_t documents) {
  return documents == 0 ? 1 : std::max(1.0, static_cast<double>(words) / static_cast<double>(documents));
}

double normalized(double count, double words, double average, double b) {
  return count / (1 - b + b * words / average);
}

// From a place of `first` to the nearest of `second` behind it, in words: 1 for neighbours. Both ascend, by begin and
// end.
uint32_t forward(std::vector<Place> const& first, std::vector<Place> const& second) {
  uint32_t best = UINT32_MAX;
  auto next = second.begin();
  for (Place const& place : first) {
    while (next != second.end() && next->begin < place.end) ++next;
    if (next == second.end()) break;
    best = std::min(best, next->begin - place.end + 1);
  }
  return best;
}

}  // namespace

Scoring scoring_of(index::Snapshot const& snapshot, ParsedQuery const& parsed, Expansions const& expansions,
                   Ranking const& ranking) {
  Scoring scoring;
  scoring.ranking = ranking;
  index::Totals const& totals = snapshot.totals();
  scoring.title_average = average(totals.title_words, totals.documents);
  scoring.lede_average = average(totals.lede_words, totals.documents);
  scoring.body_average = average(totals.body_words, totals.documents);
  for (NodeIndex const node : unit_nodes(parsed)) {
    scoring.units.push_back({node, unit_idf(snapshot, parsed, node, expansions)});
  }
  scoring.reference_s = parsed.latest_date_s.value_or(snapshot.newest_time_s());
  return scoring;
}

Scorer::Scorer(Scoring const& scoring, index::SegmentRef const& ref, ParsedQuery const& parsed,
               Expansions const& expansions)
    : scoring_(scoring), segment_(*ref.segment), parsed_(parsed), places_(scoring.units.size()) {
  for (Unit const& unit : scoring.units) {
    matchers_.push_back(matcher_of(ref, parsed, unit.node, expansions));
    said_.push_back(parsed.nodes[unit.node].fields == kSaid);
  }
}

// BM25F over the fields, times the preference for the written form.
double Scorer::unit_score(size_t unit, DocId doc, std::string* explanation) {
  auto& places = places_[unit];
  places.clear();
  if (matchers_[unit]->doc() < doc) matchers_[unit]->seek(doc);
  if (matchers_[unit]->doc() != doc) return 0;
  matchers_[unit]->places(places);
  if (places.empty()) return 0;

  Ranking const& r = scoring_.ranking;
  index::FieldCounts const words = segment_.words(doc);
  index::Layout const layout(words);
  index::FieldCounts counts;
  double exact = 0, accented = 0;
  for (Place const& place : places) {
    if (said_[unit]) {
      ++counts.body;
    } else {
      layout.count(place.begin, counts);
    }
    exact += place.exact ? 1 : 0;
    accented += place.accented ? 1 : 0;
  }
  double const weighted = r.title * normalized(counts.title, words.title, scoring_.title_average, r.title_b) +
                          r.kicker * normalized(counts.kicker, words.kicker, scoring_.title_average, r.title_b) +
                          r.lede * normalized(counts.lede, words.lede, scoring_.lede_average, r.lede_b) +
                          r.body * normalized(counts.body, words.body, scoring_.body_average, r.body_b);
  Unit const& asked = scoring_.units[unit];
  Node const& node = parsed_.nodes[asked.node];
  bool const has_accents = std::ranges::any_of(node.words, [](QueryWord const& w) { return w.surface != w.folded; });
  auto const all = static_cast<double>(places.size());
  double const preference = 1 + r.exact_form * exact / all + (has_accents ? r.accented_form * accented / all : 0);
  double const score = asked.idf * weighted * (r.k1 + 1) / (r.k1 + weighted) * preference;
  if (explanation) {
    *explanation += fmt::format(
        "{}: {:.4f} = idf {:.4f} x saturated {:.4f} (title {}, kicker {}, lede {}, body {}: weighted {:.4f}) x form "
        "{:.3f}\n",
        node.written, score, asked.idf, weighted * (r.k1 + 1) / (r.k1 + weighted), counts.title, counts.kicker,
        counts.lede, counts.body, weighted, preference);
  }
  return score;
}

// 1 where every two words that follow each other in the query are neighbours in the text, 0 where none are close.
double Scorer::closeness() const {
  if (places_.size() < 2) return 0;
  double sum = 0;
  for (size_t i = 1; i < places_.size(); ++i) {
    if (said_[i - 1] != said_[i]) continue;  // positions in quotes are not those of the text
    double const apart = std::min(forward(places_[i - 1], places_[i]), forward(places_[i], places_[i - 1]));
    if (apart <= kNear) sum += 1 - (apart - 1) / kNear;
  }
  return sum / static_cast<double>(places_.size() - 1);
}

Scored Scorer::score(DocId doc, std::string* explanation) {
  Scored scored;
  double sum = 0;
  for (size_t unit = 0; unit < matchers_.size(); ++unit) {
    sum += unit_score(unit, doc, explanation);
    if (!places_[unit].empty()) ++scored.units;
  }
  Ranking const& r = scoring_.ranking;
  double const close = 1 + r.proximity * closeness();
  double recency = 1;
  if (r.half_life_days > 0) {
    double const age_days =
        static_cast<double>(std::max<int64_t>(scoring_.reference_s - segment_.time_s(doc), 0)) / 86400;
    recency = r.recency_floor + (1 - r.recency_floor) * std::exp2(-age_days / r.half_life_days);
  }
  scored.score = sum * close * recency;
  if (explanation) {
    *explanation +=
        fmt::format("{:.4f} = sum {:.4f} x closeness {:.3f} x recency {:.3f}\n", scored.score, sum, close, recency);
  }
  return scored;
}

}  // namespace vigie::query
