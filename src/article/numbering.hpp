// numbering.hpp: gives 64-bit keys small numbers in the order they come, so that what is counted of each stands in a
// plain array. Threads: belongs to one thread; keeps its memory. Cost: one look at an open table; grows with what it
// is told to expect.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace vigie::article {

class Numbering {
 public:
  // Forgets all keys; at most `keys` different ones follow.
  void begin(size_t keys) {
    size_t const slots = std::bit_ceil(2 * keys + 2);
    slots_.assign(slots, {});
    shift_ = 64 - static_cast<unsigned>(std::countr_zero(slots));
    size_ = 0;
  }
  uint32_t number(uint64_t key) {
    size_t at = key * 0x9E3779B97F4A7C15u >> shift_;
    while (slots_[at].number != 0 && slots_[at].key != key) at = (at + 1) & (slots_.size() - 1);
    if (slots_[at].number == 0) slots_[at] = {key, ++size_};
    return slots_[at].number - 1;
  }
  size_t size() const { return size_; }

 private:
  struct Slot {
    uint64_t key = 0;
    uint32_t number = 0;  // from 1; 0 where the slot is free
  };
  std::vector<Slot> slots_;
  unsigned shift_ = 63;
  uint32_t size_ = 0;
};

}  // namespace vigie::article
