// names_in_common.hpp: whom the best answers of a query name, and how much of that a document names too. Articles on
// the same matter name the same people, organisations and places, whether or not they share the query's words:
// relevance feedback (Rocchio, 1971) with names as its only words, because every document's names are at hand. Threads:
// confined to one query. Lifetime: the snapshot must outlive it. Cost: O(names of a document).
#pragma once

#include <array>
#include <string_view>
#include <unordered_map>

#include "index/snapshot.hpp"

namespace vigie::query {

class NamesInCommon {
 public:
  void add(index::SegmentRef const&, uint32_t doc);  // one of the best
  // From 0 to 1: the cosine between the document's names, each once, and how many of the best name each.
  double share(index::SegmentRef const&, uint32_t doc) const;

 private:
  std::array<std::unordered_map<std::string_view, uint32_t>, index::kNameKinds> naming_;  // of a name, how many
  double squares_ = 0;                                                                    // the sum of their squares
};

}  // namespace vigie::query
