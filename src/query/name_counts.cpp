#include "query/name_counts.hpp"

#include <absl/container/flat_hash_map.h>

#include <algorithm>
#include <functional>
#include <string_view>
#include <utility>

namespace vigie::query {
namespace {

using Sums = std::vector<std::pair<std::string_view, uint64_t>>;

constexpr uint64_t kFewCounted = 8192;  // so many are summed by hashing before comparing the best is cheaper

uint64_t counted(std::vector<NameCounts> const& segments) {
  uint64_t names = 0;
  for (auto const& segment : segments) names += segment.counted().size();
  return names;
}

Sums sums_of_all(std::vector<NameCounts> const& segments) {
  absl::flat_hash_map<std::string_view, uint64_t> sums;
  sums.reserve(counted(segments));
  for (auto const& segment : segments) {
    for (uint32_t const ordinal : segment.counted()) sums[segment.table().name(ordinal)] += segment.count(ordinal);
  }
  return {sums.begin(), sums.end()};
}

// The limit-th greatest count; 1 where fewer names are counted.
uint32_t least_listed(NameCounts const& segment, size_t limit) {
  if (segment.counted().size() < limit) return 1;
  std::vector<uint32_t> counts;
  for (uint32_t const ordinal : segment.counted()) counts.push_back(segment.count(ordinal));
  auto const at = counts.begin() + static_cast<std::ptrdiff_t>(limit - 1);
  std::ranges::nth_element(counts, at, std::greater{});
  return *at;
}

// The names that have at least so many in one of the segments, each with all it has.
Sums sums_of_frequent(std::vector<NameCounts> const& segments, std::vector<uint64_t> const& least) {
  Sums sums;
  for (size_t i = 0; i < segments.size(); ++i) {
    for (uint32_t const ordinal : segments[i].counted()) {
      if (segments[i].count(ordinal) >= least[i]) sums.emplace_back(segments[i].table().name(ordinal), 0);
    }
  }
  std::ranges::sort(sums);
  sums.erase(std::ranges::unique(sums).begin(), sums.end());
  for (auto const& segment : segments) {
    auto const& table = segment.table();
    uint32_t from = 0;  // names ascend, as they do in the table
    for (auto& [name, sum] : sums) {
      from = table.first_at_least(name, from);
      if (from < table.size() && table.name(from) == name) sum += segment.count(from);
    }
  }
  return sums;
}

Sums most_frequent(Sums sums, size_t limit) {
  auto const before = [](auto const& a, auto const& b) {
    return a.second != b.second ? a.second > b.second : a.first < b.first;
  };
  auto const end = sums.begin() + static_cast<std::ptrdiff_t>(std::min(sums.size(), limit));
  std::partial_sort(sums.begin(), end, sums.end(), before);
  sums.erase(end, sums.end());
  return sums;
}

// The best of each segment, summed over all, give a count that the last one listed has at the least. Who is to be
// listed beside them has its share of that in some segment, however it is shared out: here by what each segment's best
// have.
Sums best_of_many(std::vector<NameCounts> const& segments, size_t limit) {
  std::vector<uint64_t> least;
  uint64_t all = 0;
  for (auto const& segment : segments) all += least.emplace_back(least_listed(segment, limit));
  Sums best = most_frequent(sums_of_frequent(segments, least), limit);
  if (segments.size() == 1) return best;
  uint64_t const listed = best.size() < limit ? 1 : best.back().second;
  for (uint64_t& share : least) share = std::max<uint64_t>(1, (share * listed + all - 1) / all);
  return most_frequent(sums_of_frequent(segments, least), limit);
}

}  // namespace

std::vector<index::ValueCount> most_named(std::vector<NameCounts> const& segments, size_t limit) {
  if (limit == 0) return {};
  bool const few = counted(segments) <= kFewCounted;
  Sums const best = few ? most_frequent(sums_of_all(segments), limit) : best_of_many(segments, limit);
  std::vector<index::ValueCount> out;
  for (auto const& [name, count] : best) out.push_back({std::string(name), count});
  return out;
}

}  // namespace vigie::query
