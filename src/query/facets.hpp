// facets.hpp: counts matches by source, language and month, and by day while the days are few.
// Threads: confined to one query.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "index/format.hpp"
#include "query/search.hpp"

namespace vigie::query {

class FacetCounter {
 public:
  // Between begin() and end(): documents of one segment, docids ascending (so that months come in runs).
  void begin(index::Segment const&);
  void count(uint32_t doc);
  void end();
  Facets finish();

 private:
  using Counts = std::map<std::string, uint64_t, std::less<>>;
  void count_month(int64_t time_s);
  void count_day(int64_t time_s);

  index::Segment const* segment_ = nullptr;
  std::vector<uint64_t> sources_,
      languages_;  // of the current segment, by ordinal
  int64_t month_from_s_ = 0, month_to_s_ = 0;
  uint64_t* month_ = nullptr;
  int64_t day_from_s_ = 0, day_to_s_ = 0;
  uint64_t* day_ = nullptr;
  bool too_many_days_ = false;
  Counts source_, language_, by_month_, by_day_;
  std::array<std::vector<uint64_t>, index::kNameKinds> named_;  // of the current segment, by ordinal
  std::array<Counts, index::kNameKinds> by_name_;
};

}  // namespace vigie::query
