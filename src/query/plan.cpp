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
    words.push_back(std::make_unique<WordMatcher>(segment, std::move(uses), node.fields, Together::never));
  }
  return words.size() == 1 ? std::move(words[0]) : match_phrase(std::move(words));
}

MatcherPtr author_of(Segment const& segment, Node const& node) {
  std::vector<MatcherPtr> words;
  for (QueryWord const& word : node.words) {
    words.push_back(
        std::make_unique<WordMatcher>(segment, name_forms(segment, word, node.names), kAnyField, Together::never));
  }
  return match_name(std::move(words));
}

// Documents whose ordinal is among those that `matches` accepts.
template <class Matches>
MatcherPtr ordinals(Segment const& segment, std::vector<std::string_view> const& values,
                    uint32_t (Segment::*column)(DocId) const, Matches matches) {
  std::vector<uint8_t> wanted;
  for (auto const value : values) wanted.push_back(matches(value) ? 1 : 0);
  if (std::ranges::find(wanted, 1) == wanted.end()) return match_none();
  return match_column(0, segment.documents(), [&segment, column, wanted = std::move(wanted)](DocId doc) {
    uint32_t const ordinal = (segment.*column)(doc);
    return ordinal < wanted.size() && wanted[ordinal] != 0;
  });
}

// Where every document with a date stands at that date, a period is a range of documents.
MatcherPtr published(Segment const& segment, Node const& node) {
  if (!segment.published_is_time()) {
    return match_column(0, segment.documents(), [&segment, from_s = node.from_s, to_s = node.to_s](DocId doc) {
      int64_t const time_s = segment.published_s(doc);
      return time_s != index::kUndated && time_s >= from_s && time_s < to_s;
    });
  }
  DocId const begin = segment.first_before(node.to_s), end = segment.first_before(node.from_s);
  if (segment.all_are_dated()) return match_column(begin, end, {});
  return match_column(begin, end, [&segment](DocId doc) { return segment.published_s(doc) != index::kUndated; });
}

MatcherPtr seen(Segment const& segment, Node const& node) {
  return match_column(0, segment.documents(), [&segment, from_s = node.from_s, to_s = node.to_s](DocId doc) {
    int64_t const time_s = segment.seen_s(doc);
    return time_s >= from_s && time_s < to_s;
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
      return std::make_unique<WordMatcher>(segment, uses_of(segment, parsed, index, expansions), node.fields,
                                           node.kind == NodeKind::word ? Together::never : Together::perhaps);
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
      return published(segment, node);
    case NodeKind::seen:
      return seen(segment, node);
    case NodeKind::story:
      return match_list(ref.in_story(node.number));
  }
  return match_none();
}

MatcherPtr matcher_over(index::SegmentRef const& ref, ParsedQuery const& parsed, Expansions const& expansions,
                        std::map<NodeIndex, Matcher*> const& units) {
  auto const made_or_lent = [&](NodeIndex index) {
    auto const unit = units.find(index);
    return unit != units.end() ? match_borrowed(*unit->second) : matcher_of(ref, parsed, index, expansions);
  };
  Node const& root = parsed.root_node();
  if (root.kind != NodeKind::conjunction && root.kind != NodeKind::disjunction) return made_or_lent(parsed.root);
  std::vector<MatcherPtr> children;
  for (NodeIndex const child : root.children) children.push_back(made_or_lent(child));
  return root.kind == NodeKind::conjunction ? match_every(std::move(children)) : match_any(std::move(children));
}

}  // namespace vigie::query
