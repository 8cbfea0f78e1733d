#include "query/names_in_common.hpp"

#include <cmath>

#include "index/segment.hpp"

namespace vigie::query {
namespace {

// Calls each(kind, name) for every name of the document.
template <class Each>
void each_name(index::SegmentRef const& ref, uint32_t doc, Each each) {
  for (size_t kind = 0; kind < index::kNameKinds; ++kind) {
    auto const& table = ref.segment->names(static_cast<index::Names>(kind));
    table.each(doc, [&](uint32_t ordinal) { each(kind, table.name(ordinal)); });
  }
}

}  // namespace

void NamesInCommon::add(index::SegmentRef const& ref, uint32_t doc) {
  each_name(ref, doc, [&](size_t kind, std::string_view name) {
    uint32_t& count = naming_[kind][name];
    squares_ += 2 * count + 1;  // of count + 1 less that of count
    ++count;
  });
}

double NamesInCommon::share(index::SegmentRef const& ref, uint32_t doc) const {
  double sum = 0, names = 0;
  each_name(ref, doc, [&](size_t kind, std::string_view name) {
    names += 1;
    auto const known = naming_[kind].find(name);
    if (known != naming_[kind].end()) sum += known->second;
  });
  return sum > 0 ? sum / std::sqrt(names * squares_) : 0;
}

}  // namespace vigie::query
