#include "query/facets.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/zone.hpp"
#include "index/segment.hpp"

namespace vigie::query {
namespace {

constexpr size_t kNamesListed = 100;

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

std::vector<index::ValueCount> most_frequent(std::map<std::string, uint64_t, std::less<>> const& counts, size_t limit) {
  auto out = listed(counts);
  std::ranges::stable_sort(out, std::greater{}, &index::ValueCount::count);
  if (out.size() > limit) out.resize(limit);
  return out;
}

}  // namespace

void FacetCounter::begin(index::Segment const& segment) {
  segment_ = &segment;
  sources_.assign(segment.sources().size(), 0);
  languages_.assign(segment.languages().size(), 0);
  for (size_t kind = 0; kind < index::kNameKinds; ++kind) {
    named_[kind].assign(segment.names(static_cast<index::Names>(kind)).size(), 0);
  }
}

void FacetCounter::count(uint32_t doc) {
  if (uint32_t const source = segment_->source(doc); source < sources_.size()) ++sources_[source];
  if (uint32_t const language = segment_->language(doc); language < languages_.size()) ++languages_[language];
  count_month(segment_->time_s(doc));
  for (size_t kind = 0; kind < index::kNameKinds; ++kind) {
    segment_->names(static_cast<index::Names>(kind)).each(doc, [&](uint32_t ordinal) { ++named_[kind][ordinal]; });
  }
  if (!too_many_days_) count_day(segment_->time_s(doc));
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

// Given up for good at the first day beyond kFacetDays: what spans more is read by month.
void FacetCounter::count_day(int64_t time_s) {
  if (!day_ || time_s < day_from_s_ || time_s >= day_to_s_) {
    Date const day = local_date(time_s);
    day_ = &by_day_[fmt::format("{:04}-{:02}-{:02}", day.year, day.month, day.day)];
    day_from_s_ = day_start_s(day);
    day_to_s_ = day_start_s(date_from_days(days_from_date(day) + 1));
    if (by_day_.size() > kFacetDays) {
      too_many_days_ = true;
      by_day_.clear();
      return;
    }
  }
  ++*day_;
}

void FacetCounter::end() {
  add(source_, segment_->sources(), sources_);
  add(language_, segment_->languages(), languages_);
  for (size_t kind = 0; kind < index::kNameKinds; ++kind) {
    auto const& table = segment_->names(static_cast<index::Names>(kind));
    for (uint32_t i = 0; i < named_[kind].size(); ++i) {
      if (named_[kind][i] > 0) by_name_[kind][std::string(table.name(i))] += named_[kind][i];
    }
  }
}

Facets FacetCounter::finish() {
  Facets facets;
  facets.source = most_frequent(source_, SIZE_MAX);
  facets.language = most_frequent(language_, SIZE_MAX);
  facets.month = listed(by_month_);
  facets.day = listed(by_day_);
  facets.person = most_frequent(by_name_[0], kNamesListed);
  facets.organisation = most_frequent(by_name_[1], kNamesListed);
  facets.place = most_frequent(by_name_[2], kNamesListed);
  std::ranges::reverse(facets.month);
  std::ranges::reverse(facets.day);
  return facets;
}

}  // namespace vigie::query
