// plan.hpp: ParsedQuery -> a matcher for one segment. Threads: safe. Cost: dictionary look-ups.
#pragma once

#include "index/snapshot.hpp"
#include "query/ast.hpp"
#include "query/expansion.hpp"
#include "query/matcher.hpp"
#include "query/word_matcher.hpp"

namespace vigie::query {

// The matcher of one node and everything below it. Lifetime: the reference and what it holds must outlive it.
MatcherPtr matcher_of(index::SegmentRef const&, ParsedQuery const&, NodeIndex, Expansions const&);

// Of a word, prefix or fuzzy node: what it stands for in the segment.
std::vector<TermUse> uses_of(index::Segment const&, ParsedQuery const&, NodeIndex, Expansions const&);

}  // namespace vigie::query
