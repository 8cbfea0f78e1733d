// word_table.hpp: words to numbers, by open addressing. Filled once, then only read. Keys are views into texts that
// live as long as the program, or into the deque given. Threads: safe once filled. Cost: one hash and about one probe.
#pragma once

#include <bit>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "base/hash.hpp"

namespace vigie::speech {

template <class Value>
class WordTable {
 public:
  Value& operator[](std::string_view key) {
    if (2 * (count_ + 1) > slots_.size()) grow();
    auto& slot = find_slot(key);
    if (slot.key.data() == nullptr) {
      keys_.emplace_back(key);
      slot.key = keys_.back();
      ++count_;
    }
    return slot.value;
  }

  Value const* find(std::string_view key) const {
    if (slots_.empty()) return nullptr;
    auto const mask = slots_.size() - 1;
    for (auto at = hash64(key) & mask;; at = (at + 1) & mask) {
      auto const& slot = slots_[at];
      if (slot.key.data() == nullptr) return nullptr;
      if (slot.key == key) return &slot.value;
    }
  }

 private:
  struct Slot {
    std::string_view key{};
    Value value{};
  };

  Slot& find_slot(std::string_view key) {
    auto const mask = slots_.size() - 1;
    auto at = hash64(key) & mask;
    while (slots_[at].key.data() != nullptr && slots_[at].key != key) at = (at + 1) & mask;
    return slots_[at];
  }

  void grow() {
    auto old = std::move(slots_);
    slots_.assign(std::bit_ceil(4 * count_ + 1024), Slot{});
    for (auto& slot : old) {
      if (slot.key.data() != nullptr) find_slot(slot.key) = slot;
    }
  }

  std::vector<Slot> slots_;
  std::deque<std::string> keys_;
  size_t count_ = 0;
};

}  // namespace vigie::speech
