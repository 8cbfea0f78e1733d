#include "query/facets.hpp"

#include <algorithm>
#include <bit>
#include <iterator>

#include "index/segment.hpp"

namespace vigie::query {
namespace {

constexpr size_t kNamesListed = 100;

void count_values(FacetCounter::Counts& counts, std::vector<std::string_view> const& values,
                  std::vector<uint64_t> const& here) {
  for (size_t i = 0; i < here.size(); ++i) {
    if (here[i] > 0 && !values[i].empty()) counts[values[i]] += here[i];
  }
}

// Most frequent first, by value where equally frequent.
std::vector<index::ValueCount> most_frequent(FacetCounter::Counts const& counts, size_t limit) {
  std::vector<std::pair<std::string_view, uint64_t>> all(counts.begin(), counts.end());
  auto const before = [](auto const& a, auto const& b) {
    return a.second != b.second ? a.second > b.second : a.first < b.first;
  };
  auto const end = all.begin() + static_cast<std::ptrdiff_t>(std::min(all.size(), limit));
  std::partial_sort(all.begin(), end, all.end(), before);
  std::vector<index::ValueCount> out;
  for (auto at = all.begin(); at != end; ++at) out.push_back({std::string(at->first), at->second});
  return out;
}

}  // namespace

void FacetCounter::begin(index::Segment const& segment) {
  segment_ = &segment;
  sources_.assign(segment.sources().size(), 0);
  languages_.assign(segment.languages().size(), 0);
  people_.emplace_back(segment.names(index::Names::people));
  places_.emplace_back(segment.names(index::Names::places));
}

void FacetCounter::count(DocId first, Window const& window) {
  docs_.clear();
  for (size_t w = 0; w < window.size(); ++w) {
    for (uint64_t bits = window[w]; bits != 0; bits &= bits - 1) {
      docs_.push_back(first + static_cast<DocId>(w * 64) + static_cast<DocId>(std::countr_zero(bits)));
    }
  }
  count_ordinals(index::ColumnOf::source, sources_);
  count_ordinals(index::ColumnOf::language, languages_);
  count_names(people_.back());
  count_names(places_.back());
  count_dates();
}

void FacetCounter::count_ordinals(index::ColumnOf which, std::vector<uint64_t>& counts) {
  index::Column const& column = segment_->column(which);
  if (counts.size() == 1) {  // nothing to tell apart
    counts[0] += docs_.size();
    return;
  }
  for (DocId const doc : docs_) {
    if (auto const ordinal = static_cast<uint64_t>(column[doc]); ordinal < counts.size()) ++counts[ordinal];
  }
}

void FacetCounter::count_names(NameCounts& here) const {
  for (DocId const doc : docs_) {
    here.table->each(doc, [&here](uint32_t ordinal) { here.count(ordinal); });
  }
}

void FacetCounter::count_dates() {
  if (segment_->published_is_time() && segment_->all_are_dated()) {
    index::Column const& times = segment_->column(index::ColumnOf::time);
    for (DocId const doc : docs_) months_.count(times[doc]);
    return;
  }
  for (DocId const doc : docs_) {
    if (int64_t const at_s = segment_->published_s(doc); at_s != index::kUndated) months_.count(at_s);
  }
}

void FacetCounter::end() {
  count_values(source_, segment_->sources(), sources_);
  count_values(language_, segment_->languages(), languages_);
}

void FacetCounter::add(FacetCounter&& other) {
  for (auto const& [value, count] : other.source_) source_[value] += count;
  for (auto const& [value, count] : other.language_) language_[value] += count;
  std::ranges::move(other.people_, std::back_inserter(people_));
  std::ranges::move(other.places_, std::back_inserter(places_));
  months_.add(other.months_);
}

Facets FacetCounter::finish() {
  Facets facets;
  facets.source = most_frequent(source_, SIZE_MAX);
  facets.language = most_frequent(language_, SIZE_MAX);
  facets.month = months_.months();
  facets.day = months_.days();
  facets.person = most_named(people_, kNamesListed);
  facets.place = most_named(places_, kNamesListed);
  return facets;
}

}  // namespace vigie::query
