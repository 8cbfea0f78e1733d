// facets.hpp: counts matches by source, language, names, month and, while they are few, day. Matches arrive in windows
// and are counted a column at a time. An article without a date is in no month, as `date:` never finds it.
// Threads: confined to one query.
#pragma once

#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "index/format.hpp"
#include "query/matcher.hpp"
#include "query/months.hpp"
#include "query/name_counts.hpp"
#include "query/search.hpp"

namespace vigie::query {

class FacetCounter {
 public:
  // Between begin() and end(): documents of one segment, [first, first + kWindowDocs) those whose bit is set.
  void begin(index::Segment const&);
  void count(DocId first, Window const&);
  void end();
  // Adds what another counted, of other segments.
  void add(FacetCounter&&);
  // Precondition: the segments are still there.
  Facets finish();

  using Counts = std::unordered_map<std::string_view, uint64_t>;

 private:
  void count_ordinals(index::ColumnOf, std::vector<uint64_t>& counts);
  void count_names(NameCounts&) const;
  void count_dates();

  index::Segment const* segment_ = nullptr;
  std::vector<DocId> docs_;                    // of the current window
  std::vector<uint64_t> sources_, languages_;  // of the current segment, by ordinal
  Counts source_, language_;
  std::vector<NameCounts> people_, places_;  // of each segment, the current one last
  MonthCounter months_{kFacetDays};
};

}  // namespace vigie::query
