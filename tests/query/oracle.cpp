#include "query/oracle.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

#include "base/utf8.hpp"
#include "query/source_match.hpp"
#include "text/analyzer.hpp"

namespace vigie::query {
namespace {

std::u32string letters(std::string const& word) {
  std::u32string out;
  for (size_t at = 0; at < word.size();) out += next_code_point(word, at);
  return out;
}

// Optimal string alignment distance, the whole table.
size_t edits(std::string const& first, std::string const& second) {
  std::u32string const a = letters(first), b = letters(second);
  std::vector<std::vector<size_t>> d(a.size() + 1, std::vector<size_t>(b.size() + 1));
  for (size_t i = 0; i <= a.size(); ++i) {
    for (size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        d[i][j] = i + j;
        continue;
      }
      d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
    }
  }
  return d[a.size()][b.size()];
}

int field_bit(int field) { return 1 << field; }

}  // namespace

void Oracle::add(index::Invented const& article) {
  Doc doc;
  doc.source = article;
  doc.stemming = text::stemming_of(article.language);
  for (int field = 0; field < 4; ++field) doc.words[field] = 0;
  text::Analyzer analyzer;
  auto const take = [&](std::string const& text, int field, int64_t first) {
    std::vector<text::Token> tokens;
    analyzer.analyze(text, article.language, tokens);
    for (auto const& token : tokens) {
      doc.tokens.push_back({field, first + token.position, token.word->folded, token.word->surface, token.word->stem});
    }
    doc.words[field] += static_cast<double>(tokens.size());
    return static_cast<int64_t>(tokens.size());
  };
  take(article.title, 0, 0);
  take(article.kicker, 1, 0);
  take(article.lede, 2, 0);
  int64_t first = 0;
  for (auto const& block : article.body) first += take(block, 3, first) + 8;
  int64_t quoted = 0;
  for (auto const& quote : article.quotes) quoted += take(quote.first, 4, quoted) + 64;
  doc.words.erase(4);
  auto const name = [&](NameKind kind, std::string const& name) {
    std::vector<text::Token> tokens;
    analyzer.analyze(name, "", tokens);
    doc.names[kind].emplace_back();
    for (auto const& token : tokens) doc.names[kind].back().push_back(token.word->folded);
  };
  for (auto const& author : article.authors) name(NameKind::author, author);
  for (auto const& person : article.people) name(NameKind::person, person);
  for (auto const& place : article.places) name(NameKind::place, place);
  for (auto const& organisation : article.organisations) name(NameKind::organisation, organisation);
  for (auto const& [text, speaker] : article.quotes) name(NameKind::speaker, speaker);
  documents_[article.row] = std::move(doc);
}

void Oracle::regroup(uint64_t row, uint64_t copy_group, uint64_t story) {
  auto const at = documents_.find(row);
  if (at == documents_.end()) return;
  at->second.source.copy_group = copy_group;
  at->second.source.story = story;
}

bool Oracle::token_matches(Node const& node, QueryWord const& word, Token const& token, Doc const& doc) const {
  switch (node.kind) {
    case NodeKind::prefix:
      return token.folded.starts_with(word.folded);
    case NodeKind::fuzzy:
      return edits(token.folded, word.folded) <= 1;
    case NodeKind::phrase:
      if (!node.stemmed) return token.folded == word.folded;
      [[fallthrough]];
    default:
      return token.stem == text::stem(word.folded, doc.stemming);
  }
}

std::vector<Oracle::Span> Oracle::spans(ParsedQuery const& parsed, NodeIndex index, Doc const& doc) const {
  Node const& node = parsed.nodes[index];
  std::vector<Span> out;
  if (node.kind == NodeKind::disjunction) {
    for (NodeIndex const child : node.children) {
      for (Span const& span : spans(parsed, child, doc)) out.push_back(span);
    }
    return out;
  }
  if (node.kind == NodeKind::near) {
    for (Span const& a : spans(parsed, node.children[0], doc)) {
      for (Span const& b : spans(parsed, node.children[1], doc)) {
        if (a.field != b.field) continue;
        int64_t const apart = a.begin < b.begin ? b.begin - a.end : a.begin - b.end;
        if (apart >= 0 && apart < node.distance) {
          out.push_back({a.field, std::min(a.begin, b.begin), std::max(a.end, b.end), 0, 0});
        }
      }
    }
    return out;
  }
  for (Token const& start : doc.tokens) {
    if (!(node.fields & field_bit(start.field))) continue;
    Span span{start.field, start.position, start.position, 1, 1};
    bool whole = true;
    for (size_t i = 0; i < node.words.size() && whole; ++i) {
      auto const at = std::ranges::find_if(doc.tokens, [&](Token const& token) {
        return token.field == start.field && token.position == start.position + static_cast<int64_t>(i) &&
               token_matches(node, node.words[i], token, doc);
      });
      whole = at != doc.tokens.end();
      if (!whole) break;
      if (at->folded != node.words[i].folded) span.exact = 0;
      if (at->surface != node.words[i].surface) span.accented = 0;
      ++span.end;
    }
    if (whole) out.push_back(span);
  }
  return out;
}

bool Oracle::holds(ParsedQuery const& parsed, NodeIndex index, Doc const& doc) const {
  Node const& node = parsed.nodes[index];
  auto const child_holds = [&](NodeIndex child) { return holds(parsed, child, doc); };
  switch (node.kind) {
    case NodeKind::all:
      return true;
    case NodeKind::nothing:
      return false;
    case NodeKind::conjunction:
      return std::ranges::all_of(node.children, child_holds);
    case NodeKind::disjunction:
      return std::ranges::any_of(node.children, child_holds);
    case NodeKind::negation:
      return !child_holds(node.children[0]);
    case NodeKind::author: {
      auto const names = doc.names.find(node.names);
      return names != doc.names.end() && std::ranges::any_of(names->second, [&](auto const& name) {
               return std::ranges::all_of(node.words, [&](QueryWord const& word) {
                 return std::ranges::find(name, word.folded) != name.end();
               });
             });
    }
    case NodeKind::story:
      return doc.source.story == node.number;
    case NodeKind::source:
      return source_matches(node.words[0].surface, doc.source.source);
    case NodeKind::language:
      return language_matches(node.words[0].surface, doc.source.language);
    case NodeKind::published:
      return doc.source.published_s && *doc.source.published_s >= node.from_s && *doc.source.published_s < node.to_s;
    case NodeKind::seen:
      return doc.source.seen_s >= node.from_s && doc.source.seen_s < node.to_s;
    default:
      return !spans(parsed, index, doc).empty();
  }
}

double Oracle::idf_of(uint64_t holding) const {
  auto const n = static_cast<double>(documents_.size()), df = static_cast<double>(holding);
  return std::log(1 + (n - df + 0.5) / (df + 0.5));
}

double Oracle::idf(ParsedQuery const& parsed, NodeIndex index) const {
  Node const& node = parsed.nodes[index];
  auto const count = [&](auto matches) {
    uint64_t holding = 0;
    for (auto const& [row, doc] : documents_) holding += matches(doc) ? 1 : 0;
    return holding;
  };
  if (node.kind == NodeKind::prefix || node.kind == NodeKind::fuzzy) {
    return idf_of(count([&](Doc const& doc) { return holds(parsed, index, doc); }));
  }
  double sum = 0;
  for (QueryWord const& word : node.words) {
    sum += idf_of(count([&](Doc const& doc) {
      return std::ranges::any_of(doc.tokens, [&](Token const& t) {
        return t.stem == text::stem(word.folded, doc.stemming) && (t.field == 4) == (node.fields == kSaid);
      });
    }));
  }
  return sum;
}

double Oracle::average(int field) const {
  double sum = 0;
  for (auto const& [row, doc] : documents_) sum += doc.words.at(field);
  return documents_.empty() ? 1 : std::max(1.0, sum / static_cast<double>(documents_.size()));
}

void Oracle::collect_units(ParsedQuery const& parsed, NodeIndex index, std::vector<NodeIndex>& out) const {
  Node const& node = parsed.nodes[index];
  if (node.kind == NodeKind::negation) return;
  for (NodeIndex const child : node.children) collect_units(parsed, child, out);
  if (node.kind == NodeKind::word || node.kind == NodeKind::phrase || node.kind == NodeKind::prefix ||
      node.kind == NodeKind::fuzzy) {
    out.push_back(index);
  }
}

std::vector<NodeIndex> Oracle::units(ParsedQuery const& parsed) const {
  std::vector<NodeIndex> all, distinct;
  collect_units(parsed, parsed.root, all);
  std::ranges::sort(all);
  std::set<std::pair<std::pair<NodeKind, int>, std::vector<std::string>>> seen;
  for (NodeIndex const index : all) {
    Node const& node = parsed.nodes[index];
    std::vector<std::string> words;
    for (auto const& word : node.words) words.push_back(word.folded);
    if (seen.insert({{node.kind, node.fields + (node.stemmed ? 100 : 0)}, words}).second) distinct.push_back(index);
  }
  return distinct;
}

bool Oracle::stands_before(Judged const& a, Judged const& b) {
  if (a.whole != b.whole) return a.whole;
  if (a.score != b.score) return a.score > b.score;
  return std::pair(a.time_s, a.row) > std::pair(b.time_s, b.row);
}

std::vector<Oracle::Judged> Oracle::answer(ParsedQuery const& parsed, SearchOptions const& options) const {
  Ranking const& r = options.ranking;
  auto const units = this->units(parsed);
  std::vector<double> idfs;
  for (NodeIndex const unit : units) idfs.push_back(idf(parsed, unit));
  int64_t newest = 0;
  for (auto const& [row, doc] : documents_) newest = std::max(newest, doc.source.time_s);
  int64_t const reference = parsed.latest_date_s.value_or(newest);
  double const averages[] = {average(0), average(0), average(2), average(3)};  // the kicker takes the title's
  double const weights[] = {r.title, r.kicker, r.lede, r.body};
  double const norms[] = {r.title_b, r.title_b, r.lede_b, r.body_b};

  std::vector<Judged> out;
  uint64_t whole_count = 0;
  for (auto const& [row, doc] : documents_) {
    Judged judged{row, doc.source.time_s, holds(parsed, parsed.root, doc), 0};
    std::vector<std::vector<Span>> places;
    size_t held = 0;
    double held_idf = 0;
    for (size_t u = 0; u < units.size(); ++u) {
      places.push_back(spans(parsed, units[u], doc));
      if (places.back().empty()) continue;
      ++held;
      held_idf += idfs[u];
      double counts[4] = {}, exact = 0, accented = 0, weighted = 0;
      for (Span const& span : places.back()) {
        ++counts[std::min(span.field, 3)];  // what was said is in the body
        exact += span.exact;
        accented += span.accented;
      }
      for (int f = 0; f < 4; ++f) {
        weighted += weights[f] * counts[f] / (1 - norms[f] + norms[f] * doc.words.at(f) / averages[f]);
      }
      Node const& node = parsed.nodes[units[u]];
      bool const asks_accents = std::ranges::any_of(node.words, [](auto const& w) { return w.surface != w.folded; });
      auto const n = static_cast<double>(places.back().size());
      judged.score += idfs[u] * weighted * (r.k1 + 1) / (r.k1 + weighted) *
                      (1 + r.exact_form * exact / n + (asks_accents ? r.accented_form * accented / n : 0));
    }
    double close = 0;
    for (size_t u = 1; u < units.size(); ++u) {
      int64_t best = 1000;
      for (Span const& a : places[u - 1]) {
        for (Span const& b : places[u]) {
          if (a.field != b.field) continue;
          int64_t const apart = a.begin < b.begin ? b.begin - a.end : a.begin - b.end;
          if (apart >= 0) best = std::min(best, apart + 1);
        }
      }
      if (best <= 3) close += 1 - static_cast<double>(best - 1) / 3;
    }
    if (units.size() > 1) judged.score *= 1 + r.proximity * close / static_cast<double>(units.size() - 1);
    double const age = static_cast<double>(std::max<int64_t>(reference - judged.time_s, 0)) / 86400;
    if (r.half_life_days > 0)
      judged.score *= r.recency_floor + (1 - r.recency_floor) * std::exp2(-age / r.half_life_days);
    size_t const least = units.size() / 2 + 1;
    bool const partial = !judged.whole && options.sort == Sort::relevance && !options.strict && !parsed.has_operators &&
                         held >= least && units.size() > 2;
    if (partial) judged.score *= held_idf / std::accumulate(idfs.begin(), idfs.end(), 0.0);
    if (options.sort == Sort::date) judged.score = 0;
    if (judged.whole || partial) out.push_back(judged);
    whole_count += judged.whole ? 1 : 0;
  }
  if (whole_count >= 50) std::erase_if(out, [](Judged const& judged) { return !judged.whole; });
  std::ranges::sort(out, stands_before);
  if (options.sort == Sort::relevance) lift_by_names(out, r.names);
  return out;
}

// The first 30, by the names they have in common with the first 20 of them that are whole, or partial, as the first is.
void Oracle::lift_by_names(std::vector<Judged>& ranked, double weight) const {
  auto const names_of = [&](Judged const& judged) {
    auto const& source = documents_.at(judged.row).source;
    std::set<std::pair<int, std::string>> names;
    for (auto const& name : source.people) names.emplace(0, name);
    for (auto const& name : source.organisations) names.emplace(1, name);
    for (auto const& name : source.places) names.emplace(2, name);
    return names;
  };
  std::map<std::pair<int, std::string>, double> naming;
  for (size_t i = 0; i < ranked.size() && i < 20 && ranked[i].whole == ranked[0].whole; ++i) {
    for (auto const& name : names_of(ranked[i])) ++naming[name];
  }
  double squares = 0;
  for (auto const& [name, count] : naming) squares += count * count;
  auto const end = ranked.begin() + static_cast<std::ptrdiff_t>(std::min<size_t>(ranked.size(), 30));
  for (auto judged = ranked.begin(); judged != end; ++judged) {
    auto const names = names_of(*judged);
    double sum = 0;
    for (auto const& name : names) sum += naming.contains(name) ? naming.at(name) : 0;
    if (sum > 0)
      judged->score *= 1 + weight * sum / (std::sqrt(static_cast<double>(names.size())) * std::sqrt(squares));
  }
  std::sort(ranked.begin(), end, stands_before);
}

}  // namespace vigie::query
