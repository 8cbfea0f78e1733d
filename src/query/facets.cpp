#include "query/facets.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/zone.hpp"
#include "index/segment.hpp"

namespace vigie::query {
namespace {

void add(std::map<std::string, uint64_t, std::less<>>& counts, std::vector<std::string_view> const& values,
         std::vector<uint64_t> const& here) {
  for (size_t i = 0; i < here.size(); ++i) {
    if (here[i] > 0 && !values[i].empty()) counts[std::string(values[i])] += here[i];
  }
}

std::vector<index::ValueCount> listed(std::map<std::string, uint64_t, std::less<>> const& counts) {
  std::vector<index::ValueCount> out;
  for (auto const& [value, count] : counts) out.push_back({value, count});
  return out;
}

}  // namespace

void FacetCounter::begin(index::Segment const& segment) {
  segment_ = &segment;
  sources_.assign(segment.sources().size(), 0);
  languages_.assign(segment.languages().size(), 0);
}

void FacetCounter::count(uint32_t doc) {
  if (uint32_t const source = segment_->source(doc); source < sources_.size()) ++sources_[source];
  if (uint32_t const language = segment_->language(doc); language < languages_.size()) ++languages_[language];
  count_month(segment_->time_s(doc));
}

// The calendar is asked once a run.
void FacetCounter::count_month(int64_t time_s) {
  if (!month_ || time_s < month_from_s_ || time_s >= month_to_s_) {
    Date const day = local_date(time_s);
    month_ = &by_month_[fmt::format("{:04}-{:02}", day.year, day.month)];
    month_from_s_ = day_start_s({day.year, day.month, 1});
    month_to_s_ = day.month == 12 ? day_start_s({day.year + 1, 1, 1}) : day_start_s({day.year, day.month + 1, 1});
  }
  ++*month_;
}

void FacetCounter::end() {
  add(source_, segment_->sources(), sources_);
  add(language_, segment_->languages(), languages_);
}

Facets FacetCounter::finish() {
  Facets facets{listed(source_), listed(language_), listed(by_month_)};
  std::ranges::stable_sort(facets.source, std::greater{}, &index::ValueCount::count);
  std::ranges::stable_sort(facets.language, std::greater{}, &index::ValueCount::count);
  std::ranges::reverse(facets.month);
  return facets;
}

}  // namespace vigie::query
