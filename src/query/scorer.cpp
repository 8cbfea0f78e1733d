#include "query/scorer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "index/segment.hpp"
#include "query/counting.hpp"
#include "query/plan.hpp"

namespace vigie::query {
namespace {

constexpr double kNear = 3;  // words further apart than this are not close

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
  uint64_t holding = 0;  // a document is in one language, so that the terms'
                         // documents do not overlap
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
    holding += count_matches(ref, *matcher_of(ref, parsed, index, expansions));
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

index::FieldWeights weights_of(index::Totals const& totals, Ranking const& r) {
  index::FieldWeights weights;
  weights.weight = {r.title, r.kicker, r.lede, r.body};
  weights.b = {r.title_b, r.title_b, r.lede_b, r.body_b};
  weights.average = index::average_words(
      totals.documents, {totals.title_words, totals.kicker_words, totals.lede_words, totals.body_words});
  return weights;
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
  scoring.weights = weights_of(snapshot.totals(), ranking);
  for (NodeIndex const index : unit_nodes(parsed)) {
    Node const& node = parsed.nodes[index];
    Unit unit;
    unit.node = index;
    unit.idf = unit_idf(snapshot, parsed, index, expansions);
    unit.accents = std::ranges::any_of(node.words, [](QueryWord const& w) { return w.surface != w.folded; });
    unit.form_most = 1 + ranking.exact_form + (unit.accents ? ranking.accented_form : 0);
    unit.said = node.fields == kSaid;
    scoring.units.push_back(unit);
  }
  scoring.reference_s = parsed.latest_date_s.value_or(snapshot.newest_time_s());
  return scoring;
}

Scorer::Scorer(Scoring const& scoring, index::SegmentRef const& ref, ParsedQuery const& parsed,
               Expansions const& expansions)
    : scoring_(scoring),
      segment_(*ref.segment),
      parsed_(parsed),
      places_(scoring.units.size()),
      body_words_(ref.segment->column(index::ColumnOf::body_words)) {
  slack_ = index::slack(scoring.weights, segment_.noted());
  Ranking const& r = scoring.ranking;
  needs_places_ = r.exact_form > 0 || r.accented_form > 0 || (r.proximity > 0 && scoring.units.size() > 1);
  for (Unit const& unit : scoring.units) {
    idfs_ += unit.idf;
    matchers_.push_back(matcher_of(ref, parsed, unit.node, expansions));
    auto* const word = dynamic_cast<WordMatcher*>(matchers_.back().get());
    plain_.push_back(!needs_places_ && word && word->counts_are_exact() ? word : nullptr);
    single_.push_back({word && word->is_one_list_at_a_time() ? word : nullptr, word ? word->only_list() : nullptr,
                       unit.idf * (r.k1 + 1) * unit.form_most * kRoundedUp});
  }
  double const b = scoring.weights.b[3];
  norm_flat_ = r.k1 * (1 - b);
  norm_slope_ = r.k1 * b / scoring.weights.average[3];
}

std::map<NodeIndex, Matcher*> Scorer::lent() const {
  std::map<NodeIndex, Matcher*> lent;
  for (size_t unit = 0; unit < matchers_.size(); ++unit) lent[scoring_.units[unit].node] = matchers_[unit].get();
  return lent;
}

index::FieldCounts const& Scorer::words(DocId doc) {
  if (words_of_ != doc) {
    words_of_ = doc;
    words_ = segment_.words(doc);
  }
  return words_;
}

double Scorer::unit_score_by_counts(size_t unit, DocId doc, std::string* explanation) {
  double const weighted = plain_[unit]->most_weighted(scoring_.weights, words(doc));
  double const score = scoring_.units[unit].idf * saturated(weighted);
  if (explanation) {
    *explanation += fmt::format("{}: {:.4f} = idf {:.4f} x saturated {:.4f} (weighted {:.4f})\n",
                                parsed_.nodes[scoring_.units[unit].node].written, score, scoring_.units[unit].idf,
                                saturated(weighted), weighted);
  }
  return score;
}

// BM25F over the fields, times the preference for the written form.
double Scorer::unit_score(size_t unit, DocId doc, std::string* explanation) {
  auto& places = places_[unit];
  matchers_[unit]->places(places);
  if (places.empty()) return 0;
  Unit const& asked = scoring_.units[unit];
  index::Layout const layout(words(doc));
  index::FieldCounts counts;
  double exact = 0, accented = 0;
  for (Place const& place : places) {
    if (asked.said) {
      ++counts.body;
    } else {
      layout.count(place.begin, counts);
    }
    exact += place.exact ? 1 : 0;
    accented += place.accented ? 1 : 0;
  }
  Ranking const& r = scoring_.ranking;
  double const weighted = scoring_.weights.weighted(counts, words(doc));
  auto const all = static_cast<double>(places.size());
  double const preference = 1 + r.exact_form * exact / all + (asked.accents ? r.accented_form * accented / all : 0);
  double const score = asked.idf * saturated(weighted) * preference;
  if (explanation) {
    *explanation += fmt::format(
        "{}: {:.4f} = idf {:.4f} x saturated {:.4f} (title {}, "
        "kicker {}, lede {}, body {}: weighted {:.4f}) x form "
        "{:.3f}\n",
        parsed_.nodes[asked.node].written, score, asked.idf, saturated(weighted), counts.title, counts.kicker,
        counts.lede, counts.body, weighted, preference);
  }
  return score;
}

// 1 where every two words that follow each other in the query are neighbours in the text, 0 where none are close.
double Scorer::closeness() const {
  if (places_.size() < 2 || scoring_.ranking.proximity <= 0) return 0;
  double sum = 0;
  for (size_t i = 1; i < places_.size(); ++i) {
    if (scoring_.units[i - 1].said != scoring_.units[i].said)
      continue;  // positions in quotes are not those of the text
    double const apart = std::min(forward(places_[i - 1], places_[i]), forward(places_[i], places_[i - 1]));
    if (apart <= kNear) sum += 1 - (apart - 1) / kNear;
  }
  return sum / static_cast<double>(places_.size() - 1);
}

double Scorer::recency(DocId doc) const {
  Ranking const& r = scoring_.ranking;
  if (r.half_life_days <= 0) return 1;
  double const age_days =
      static_cast<double>(std::max<int64_t>(scoring_.reference_s - segment_.time_s(doc), 0)) / 86400;
  return r.recency_floor + (1 - r.recency_floor) * std::exp2(-age_days / r.half_life_days);
}

Scored Scorer::score(DocId doc, std::string* explanation) {
  Scored scored;
  double sum = 0;
  for (size_t unit = 0; unit < matchers_.size(); ++unit) {
    places_[unit].clear();
    Matcher& matcher = *matchers_[unit];
    if (matcher.advance(doc) != doc || !matcher.confirm()) continue;
    ++scored.units;
    scored.held += scoring_.units[unit].idf / idfs_;
    sum += plain_[unit] ? unit_score_by_counts(unit, doc, explanation) : unit_score(unit, doc, explanation);
  }
  Ranking const& r = scoring_.ranking;
  double const close = 1 + r.proximity * closeness();
  double const newness = recency(doc);
  scored.score = sum * close * newness;
  if (explanation) {
    *explanation += fmt::format(
        "{:.4f} = sum {:.4f} x closeness {:.3f} x "
        "recency {:.3f}\n",
        scored.score, sum, close, newness);
  }
  return scored;
}

double Scorer::unit_most(size_t unit, double weighted) const {
  if (!(weighted > 0)) return 0;
  Ranking const& r = scoring_.ranking;
  double const share = std::isinf(weighted) ? r.k1 + 1 : saturated(weighted);
  return scoring_.units[unit].idf * share * scoring_.units[unit].form_most * kRoundedUp;
}

// unit_most() the other way round; what is more than the unit can earn at all needs an infinite weight.
index::LeastWeight Scorer::least_weight(size_t unit, double score) const {
  if (!(score > 0)) return {};
  double const k1 = scoring_.ranking.k1;
  double const most = scoring_.units[unit].idf * (k1 + 1) * scoring_.units[unit].form_most * kRoundedUp;
  double const weighted = score < most ? k1 * score / (most - score) : std::numeric_limits<double>::infinity();
  return {scoring_.weights, weighted * (1 - 1e-9), body_words_.least()};
}

// Documents stand newest first: none behind this one is newer. Of n words a document holds, at most n - 1 pairs that
// follow each other in the query are close.
double Scorer::closeness_most(size_t held) const {
  double const pairs = held > 1 ? static_cast<double>(held - 1) / static_cast<double>(matchers_.size() - 1) : 0;
  return 1 + std::max(0.0, scoring_.ranking.proximity) * pairs;
}

Scorer::Bound Scorer::bound(DocId target) {
  Bound bound;
  for (size_t unit = 0; unit < matchers_.size(); ++unit) {
    WeightBound const here = matchers_[unit]->bound(target, target);
    bound.score += unit_most_noted(unit, here.weighted);
    bound.last = std::min(bound.last, here.last);
  }
  bound.score *= factor_most(target, matchers_.size());
  return bound;
}

double Scorer::most(DocId doc) {
  double sum = 0;
  size_t held = 0;
  for (size_t unit = 0; unit < matchers_.size(); ++unit) {
    if (matchers_[unit]->advance(doc) != doc) continue;
    sum += unit_most_here(unit, doc);
    ++held;
  }
  return sum * factor_most(doc, held);
}

}  // namespace vigie::query
