#include "query/plan.hpp"

#include <algorithm>

#include "query/source_match.hpp"

namespace vigie::query {
namespace {

using index::Segment;

MatcherPtr phrase_of(Segment const& segment, Node const& node) {
  std::vector<MatcherPtr> words;
  for (QueryWord const& word : node.words) {
    auto uses = node.stemmed ? inflections(segment, word, node.fields) : exact_forms(segment, word, node.fields);
    words.push_back(std::make_unique<WordMatcher>(segment, std::move(uses), node.fields));
  }
  return words.size() == 1 ? std::move(words[0]) : match_phrase(std::move(words));
}

MatcherPtr author_of(Segment const& segment, Node const& node) {
  std::vector<MatcherPtr> words;
  for (QueryWord const& word : node.words) {
    words.push_back(std::make_unique<WordMatcher>(segment, name_forms(segment, word, node.names), kAnyField));
  }
  return match_author(std::move(words));
}

// Documents whose ordinal is among those that `matches` accepts.
template <class Matches>
MatcherPtr ordinals(Segment const& segment, std::vector<std::string_view> const& values,
                    uint32_t (Segment::*column)(DocId) const, Matches matches) {
  std::vector<uint8_t> wanted;
  for (auto const value : values) wanted.push_back(matches(value) ? 1 : 0);
  if (std::ranges::find(wanted, 1) == wanted.end()) return match_none();
  return match_column(segment.documents(), [&segment, column, wanted = std::move(wanted)](DocId doc) {
    uint32_t const ordinal = (segment.*column)(doc);
    return ordinal < wanted.size() && wanted[ordinal] != 0;
  });
}

MatcherPtr period(Segment const& segment, Node const& node, int64_t (Segment::*column)(DocId) const) {
  return match_column(segment.documents(), [&segment, column, from_s = node.from_s, to_s = node.to_s](DocId doc) {
    int64_t const time_s = (segment.*column)(doc);
    return time_s != index::kUndated && time_s >= from_s && time_s < to_s;
  });
}

std::vector<MatcherPtr> children_of(index::SegmentRef const& ref, ParsedQuery const& parsed, Node const& node,
                                    Expansions const& expansions) {
  std::vector<MatcherPtr> children;
  for (NodeIndex const child : node.children) children.push_back(matcher_of(ref, parsed, child, expansions));
  return children;
}

}  // namespace

std::vector<TermUse> uses_of(Segment const& segment, ParsedQuery const& parsed, NodeIndex index,
                             Expansions const& expansions) {
  Node const& node = parsed.nodes[index];
  if (node.kind == NodeKind::word) return inflections(segment, node.words[0], node.fields);
  auto const forms = expansions.find(index);
  return forms == expansions.end() ? std::vector<TermUse>{}
                                   : any_forms(segment, forms->second, node.words[0], node.fields);
}

// Recursion is as deep as the query's parentheses, which parse() bounds.
MatcherPtr matcher_of(index::SegmentRef const& ref, ParsedQuery const& parsed, NodeIndex index,
                      Expansions const& expansions) {
  Segment const& segment = *ref.segment;
  Node const& node = parsed.nodes[index];
  switch (node.kind) {
    case NodeKind::all:
      return match_all(segment.documents());
    case NodeKind::nothing:
      return match_none();
    case NodeKind::conjunction:
      return match_every(children_of(ref, parsed, node, expansions));
    case NodeKind::disjunction:
      return match_any(children_of(ref, parsed, node, expansions));
    case NodeKind::negation:
      return match_not(std::move(children_of(ref, parsed, node, expansions)[0]), segment.documents());
    case NodeKind::near: {
      auto sides = children_of(ref, parsed, node, expansions);
      return match_near(std::move(sides[0]), std::move(sides[1]), node.distance);
    }
    case NodeKind::word:
    case NodeKind::prefix:
    case NodeKind::fuzzy:
      return std::make_unique<WordMatcher>(segment, uses_of(segment, parsed, index, expansions), node.fields);
    case NodeKind::phrase:
      return phrase_of(segment, node);
    case NodeKind::author:
      return author_of(segment, node);
    case NodeKind::source:
      return ordinals(segment, segment.sources(), &Segment::source,
                      [&](std::string_view value) { return source_matches(node.words[0].surface, value); });
    case NodeKind::language:
      return ordinals(segment, segment.languages(), &Segment::language,
                      [&](std::string_view value) { return language_matches(node.words[0].surface, value); });
    case NodeKind::published:
      return period(segment, node, &Segment::published_s);
    case NodeKind::seen:
      return period(segment, node, &Segment::seen_s);
    case NodeKind::story:
      return match_column(segment.documents(),
                          [&ref, number = node.number](DocId doc) { return ref.story(doc) == number; });
  }
  return match_none();
}

}  // namespace vigie::query
