// plan.hpp: ParsedQuery -> a matcher for one segment.
// Threads: safe. Cost: dictionary look-ups.
#pragma once

#include <map>

#include "index/snapshot.hpp"
#include "query/ast.hpp"
#include "query/expansion.hpp"
#include "query/matcher.hpp"
#include "query/word_matcher.hpp"

namespace vigie::query {

// The matcher of one node and everything below it. Lifetime: the reference and what it holds must outlive it.
MatcherPtr matcher_of(index::SegmentRef const&, ParsedQuery const&, NodeIndex, Expansions const&);

// The matcher of the whole query, in which the root and its children are lent by `units` where these have them: a unit
// right below the root stands at every match that holds it, so that one set of cursors serves matching and scoring.
// (Deeper down a conjunction may move its parts past a match of another branch.) Lifetime: the units must outlive it.
MatcherPtr matcher_over(index::SegmentRef const&, ParsedQuery const&, Expansions const&,
                        std::map<NodeIndex, Matcher*> const& units);

// Of a word, prefix or fuzzy node: what it stands for in the segment.
std::vector<TermUse> uses_of(index::Segment const&, ParsedQuery const&, NodeIndex, Expansions const&);

}  // namespace vigie::query
