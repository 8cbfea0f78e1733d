// counting.hpp: matches counted, and shown to facets, in windows of 4,096 documents: a bit each, erased ones taken out
// by the word.
// Threads: confined to one query.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "index/snapshot.hpp"
#include "query/facets.hpp"
#include "query/matcher.hpp"

namespace vigie::query {

// The matches of a segment that are not erased, a bit each.
using Matches = std::vector<uint64_t>;

// Documents that match and are not erased, at most `enough` of them and a window more. `facets`, where given, is told
// of each between its begin() and end(); `kept`, which is empty, becomes the matches counted. Precondition: the matcher
// has not been moved.
uint64_t count_matches(index::SegmentRef const&, Matcher&, FacetCounter* facets = nullptr, uint64_t enough = UINT64_MAX,
                       Matches* kept = nullptr);

// Documents that hold at least `least` of the parts, erased ones left out.
uint64_t count_holding(index::SegmentRef const&, std::span<Matcher* const> parts, size_t least);

}  // namespace vigie::query
