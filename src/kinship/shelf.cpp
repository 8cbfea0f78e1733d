#include "kinship/shelf.hpp"

#include <algorithm>

namespace vigie::kinship {

void Shelf::add(Trace const& trace, uint32_t slot, uint32_t serial) {
  articles_.emplace_back(slot, serial);
  std::vector<std::pair<float, uint32_t>> by_value;
  for (uint32_t i = 0; i < trace.terms.size(); ++i) by_value.emplace_back(-value_of(trace.terms[i]), i);
  if (by_value.size() > kPostedMax) {
    std::nth_element(by_value.begin(), by_value.begin() + kPostedMax, by_value.end());
    by_value.resize(kPostedMax);
  }
  for (auto const& [negative, i] : by_value) {
    List& list = lists_[trace.terms[i].hash];
    if (list.entries.size() >= 2 * kListMax) list.entries.erase(list.entries.begin(), list.entries.end() - kListMax);
    list.entries.push_back({slot, serial, static_cast<uint8_t>(std::min(255.0f, -negative / 4))});
    ++list.frequency;
  }
}

std::span<Posted const> Shelf::having(uint32_t hash, uint32_t& frequency) const {
  auto const at = lists_.find(hash);
  if (at == lists_.end()) {
    frequency = 0;
    return {};
  }
  frequency = at->second.frequency;
  std::span<Posted const> const all = at->second.entries;
  return all.last(std::min(all.size(), kListMax));
}

}  // namespace vigie::kinship
