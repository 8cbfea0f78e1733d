#include "kinship/postings.hpp"

#include <algorithm>
#include <array>

namespace vigie::kinship {

void PostingList::add(Posted posted) {
  if (entries_.size() >= 2 * kListMax)
    entries_.erase(entries_.begin(), entries_.end() - static_cast<ptrdiff_t>(kListMax));
  entries_.push_back(posted);
  ++frequency_;
}

void Postings::add(int64_t number, Shelf& shelf, Trace const& trace, uint32_t slot, uint32_t serial) {
  constexpr size_t kPostedMax = 28;  // terms posted of each article: those that weigh most
  std::array<std::pair<float, uint32_t>, kTermsMax> by_value;
  size_t count = std::min(trace.terms.size(), kTermsMax);
  for (uint32_t i = 0; i < count; ++i) by_value[i] = {-value_of(trace.terms[i]), i};
  if (count > kPostedMax) {
    std::nth_element(by_value.begin(), by_value.begin() + kPostedMax, by_value.begin() + static_cast<ptrdiff_t>(count));
    count = kPostedMax;
  }
  PostingBlock& block = blocks_[block_of(number)];
  for (size_t n = 0; n < count; ++n) block.expect(trace.terms[by_value[n].second].hash);
  for (size_t n = 0; n < count; ++n) {
    auto const& [negative, i] = by_value[n];
    auto const hash = trace.terms[i].hash;
    auto& lists = block.lists_[hash];
    auto at = lists.end();
    while (at != lists.begin() && std::prev(at)->shelf() >= number) --at;
    if (at == lists.end() || at->shelf() != number) {
      at = lists.emplace(at, number);
      shelf.words.push_back(hash);
    }
    at->add({slot, serial, static_cast<uint8_t>(std::min(255.0f, -negative / 4))});
  }
}

void Postings::drop(int64_t number, Shelf const& shelf) {
  auto const block = blocks_.find(block_of(number));
  if (block == blocks_.end()) return;
  auto& all = block->second.lists_;
  for (uint32_t const hash : shelf.words) {
    auto const at = all.find(hash);
    if (at == all.end()) continue;
    std::erase_if(at->second, [&](PostingList const& list) { return list.shelf() == number; });
    if (at->second.empty()) all.erase(at);
  }
  if (all.empty()) blocks_.erase(block);
}

}  // namespace vigie::kinship
