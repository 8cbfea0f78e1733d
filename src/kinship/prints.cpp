#include "kinship/prints.hpp"

#include <algorithm>
#include <array>

#include "kinship/trace.hpp"

namespace vigie::kinship {
namespace {

// Sampled alike in every text, whatever its length: the hashes below a limit; and a few of short texts.
constexpr uint32_t kLimit = (1u << kHashBits) / 24;
constexpr size_t kAtLeast = 6, kAtMost = 24;

std::span<uint32_t const> sampled(std::span<uint32_t const> sketch) {
  auto const below = static_cast<size_t>(std::ranges::lower_bound(sketch, kLimit) - sketch.begin());
  return sketch.first(std::min(sketch.size(), std::clamp(below, kAtLeast, kAtMost)));
}

}  // namespace

void Prints::add(std::span<uint32_t const> sketch, uint32_t slot) {
  for (uint32_t const hash : sampled(sketch)) {
    uint32_t node = free_;
    if (node != 0) {
      free_ = nodes_[node - 1].next;
    } else {
      nodes_.push_back({});
      node = static_cast<uint32_t>(nodes_.size());
    }
    uint32_t& head = heads_[hash];
    nodes_[node - 1] = {slot, head};
    head = node;
  }
}

void Prints::remove(std::span<uint32_t const> sketch, uint32_t slot) {
  for (uint32_t const hash : sampled(sketch)) {
    auto const at = heads_.find(hash);
    if (at == heads_.end()) continue;
    for (uint32_t* link = &at->second; *link != 0; link = &nodes_[*link - 1].next) {
      uint32_t const node = *link;
      if (nodes_[node - 1].slot != slot) continue;
      *link = nodes_[node - 1].next;
      nodes_[node - 1].next = free_;
      free_ = node;
      break;
    }
    if (at->second == 0) heads_.erase(at);
  }
}

void Prints::find(std::span<uint32_t const> sketch, std::vector<uint32_t>& slots) {
  hits_.clear();
  std::array<uint32_t, kAtMost> found{};  // first nodes
  size_t count = 0;
  for (uint32_t const hash : sampled(sketch)) heads_.prefetch(hash);
  for (uint32_t const hash : sampled(sketch)) {
    auto const at = heads_.find(hash);
    if (at == heads_.end()) continue;
    found[count++] = at->second;
    __builtin_prefetch(&nodes_[at->second - 1]);
  }
  for (uint32_t const first : std::span(found).first(count)) {
    size_t steps = 0;
    for (uint32_t node = first; node != 0 && steps < kFollowed; node = nodes_[node - 1].next, ++steps)
      hits_.push_back(nodes_[node - 1].slot);
  }
  std::ranges::sort(hits_);
  counted_.clear();
  for (size_t i = 0, end = 0; i < hits_.size(); i = end) {
    while (end < hits_.size() && hits_[end] == hits_[i]) ++end;
    counted_.emplace_back(static_cast<uint32_t>(end - i), hits_[i]);
  }
  if (counted_.size() > kCandidates) {
    auto const last = counted_.begin() + kCandidates;
    std::nth_element(counted_.begin(), last, counted_.end(), std::greater{});
    counted_.erase(last, counted_.end());
  }
  std::ranges::sort(counted_, std::greater{});
  for (size_t i = 0; i < counted_.size(); ++i) slots.push_back(counted_[i].second);
}

void Prints::clear() {
  heads_.clear(), nodes_.clear();
  free_ = 0;
}

}  // namespace vigie::kinship
