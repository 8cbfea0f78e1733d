// spellings.hpp: written forms of at most 16 bytes -> what is known of them. Nearly every word of a newspaper is as
// short as that, so it is compared as two numbers and nothing is followed but the slot. Four words in five are among
// the few thousand met last: these stand once more in a table small enough to stay near the processor. Threads:
// confined to one. Cost: about one cache line a look-up. A spelling holds no NUL.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

namespace vigie::text {

inline constexpr size_t kShortSpelling = 16;

struct Spelling {  // zero-padded
  uint64_t low = 0, high = 0;
  bool operator==(Spelling const&) const = default;
};

// Precondition: begin <= end <= text.size(), end - begin <= kShortSpelling.
inline Spelling spelling_at(std::string_view text, size_t begin, size_t end) {
  Spelling spelling;
  size_t const size = end - begin;
  if (std::endian::native == std::endian::little && begin + kShortSpelling <= text.size()) {
    std::memcpy(&spelling.low, text.data() + begin, 8);
    std::memcpy(&spelling.high, text.data() + begin + 8, 8);
    if (size < 8) spelling.low &= (uint64_t{1} << 8 * size) - 1;
    if (size <= 8) {
      spelling.high = 0;
    } else if (size < 16) {
      spelling.high &= (uint64_t{1} << 8 * (size - 8)) - 1;
    }
    return spelling;
  }
  char padded[kShortSpelling] = {};
  std::memcpy(padded, text.data() + begin, size);
  std::memcpy(&spelling.low, padded, 8);
  std::memcpy(&spelling.high, padded + 8, 8);
  return spelling;
}

// The two halves are multiplied into 128 bits and folded.
inline uint64_t hash_of(Spelling spelling) {
  auto const product =
      static_cast<unsigned __int128>(spelling.low ^ 0x9E3779B97F4A7C15) * (spelling.high ^ 0xD6E8FEB86659FD93);
  return static_cast<uint64_t>(product) ^ static_cast<uint64_t>(product >> 64);
}

template <class Known>
class Spellings {
 public:
  Spellings() : slots_(size_t{1} << 12), near_(kNear) {}

  // Says that find() will soon be called: memory is asked for the slot, which is seldom at hand in a large table.
  void expect(Spelling spelling, uint64_t hash) const {
    if (near_[near(hash)].spelling != spelling) __builtin_prefetch(&slots_[hash & (slots_.size() - 1)]);
  }

  // What was put there, with its number; null where nothing was. `hash` is hash_of(spelling).
  Known const* find(Spelling spelling, uint64_t hash, uint32_t& number) {
    Slot& met = near_[near(hash)];
    if (!met.known || met.spelling != spelling) {
      Slot const& slot = slots_[place(spelling, hash)];
      if (!slot.known) return nullptr;
      met = slot;
    }
    number = met.number;
    return met.known;
  }

  // Precondition: not there yet; `known` is not null.
  void put(Spelling spelling, Known const* known, uint32_t number) {
    if (++size_ * 8 > slots_.size() * 5) grow();
    slots_[place(spelling, hash_of(spelling))] = {spelling, known, number};
  }
  size_t size() const { return size_; }

 private:
  struct alignas(32) Slot {
    Spelling spelling;
    Known const* known = nullptr;
    uint32_t number = 0;
  };

  static constexpr size_t kNear = 4096;
  static size_t near(uint64_t hash) { return hash >> 32 & (kNear - 1); }

  // Its own slot, or the free one where it would stand.
  size_t place(Spelling spelling, uint64_t hash) const {
    size_t at = hash & (slots_.size() - 1);
    while (slots_[at].known && slots_[at].spelling != spelling) at = (at + 1) & (slots_.size() - 1);
    return at;
  }

  void grow() {
    std::vector<Slot> old(slots_.size() * 2);
    old.swap(slots_);
    for (Slot const& slot : old)
      if (slot.known) slots_[place(slot.spelling, hash_of(slot.spelling))] = slot;
  }

  std::vector<Slot> slots_, near_;
  size_t size_ = 0;
};

}  // namespace vigie::text
