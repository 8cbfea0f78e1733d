#include "query/name_counts.hpp"

#include <algorithm>
#include <functional>
#include <string_view>
#include <utility>

namespace vigie::query {
namespace {

// The limit-th greatest count; 0 where fewer names are counted.
uint32_t least_listed(NameCounts const& segment, size_t limit) {
  if (limit == 0 || segment.counted.size() < limit) return 0;
  std::vector<uint32_t> some;
  some.reserve(segment.counted.size());
  for (uint32_t const ordinal : segment.counted) some.push_back(segment.counts[ordinal]);
  auto const at = some.begin() + static_cast<std::ptrdiff_t>(limit - 1);
  std::ranges::nth_element(some, at, std::greater{});
  return *at;
}

// At least `limit` names are as frequent as the limit-th of any one segment. Who is to be listed beside them has, in
// some segment, its share of that: one n-th of n segments.
uint32_t least_share(std::vector<NameCounts> const& segments, size_t limit) {
  uint32_t least = 0;
  for (auto const& segment : segments) least = std::max(least, least_listed(segment, limit));
  auto const n = static_cast<uint32_t>(segments.size());
  return std::max(1u, (least + n - 1) / std::max(1u, n));
}

std::vector<std::string_view> candidates(std::vector<NameCounts> const& segments, size_t limit) {
  uint32_t const share = least_share(segments, limit);
  std::vector<std::string_view> names;
  for (NameCounts const& segment : segments) {
    for (uint32_t const ordinal : segment.counted) {
      if (segment.counts[ordinal] >= share) names.push_back(segment.table->name(ordinal));
    }
  }
  std::ranges::sort(names);
  names.erase(std::ranges::unique(names).begin(), names.end());
  return names;
}

}  // namespace

std::vector<index::ValueCount> most_named(std::vector<NameCounts> const& segments, size_t limit) {
  auto const names = candidates(segments, limit);
  std::vector<std::pair<std::string_view, uint64_t>> sums;
  for (auto const name : names) sums.emplace_back(name, 0);
  for (NameCounts const& segment : segments) {
    uint32_t from = 0;  // names ascend, as they do in the table
    for (auto& [name, sum] : sums) {
      from = segment.table->first_at_least(name, from);
      if (from < segment.counts.size() && segment.table->name(from) == name) sum += segment.counts[from];
    }
  }
  auto const before = [](auto const& a, auto const& b) {
    return a.second != b.second ? a.second > b.second : a.first < b.first;
  };
  auto const end = sums.begin() + static_cast<std::ptrdiff_t>(std::min(sums.size(), limit));
  std::partial_sort(sums.begin(), end, sums.end(), before);
  std::vector<index::ValueCount> out;
  for (auto at = sums.begin(); at != end; ++at) out.push_back({std::string(at->first), at->second});
  return out;
}

}  // namespace vigie::query
