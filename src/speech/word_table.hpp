// word_table.hpp: words to values, by open addressing. Filled once, then only read. A word of at most 16 bytes is kept
// as two numbers beside its value, a longer one as 120 bits of its hash: nothing is followed but the slot. Two long
// words that share those bits are taken for each other. Words hold no NUL. Threads: safe once filled. Cost: about one
// cache line a look-up, which expect() asks for ahead.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <utility>
#include <vector>

#include "base/hash.hpp"
#include "text/spellings.hpp"

namespace vigie::speech {

// The word as two numbers; never zero for a word.
inline text::Spelling spelling_of(std::string_view word) {
  text::Spelling spelling;
  size_t const size = word.size();
  if (size > text::kShortSpelling) return {hash64(word), hash64(word, 1) | uint64_t{0xFF} << 56};  // no UTF-8 ends so
  auto const load = [&](size_t at, size_t bytes) {
    uint64_t part = 0;
    std::memcpy(&part, word.data() + at, bytes);
    return part;
  };
  if (size > 8) {
    spelling.low = load(0, 8);
    spelling.high = load(size - 8, 8) >> 8 * (16 - size);
  } else if (size == 8) {
    spelling.low = load(0, 8);
  } else if (size >= 4) {
    spelling.low = load(0, 4) | load(size - 4, 4) << 8 * (size - 4);
  } else {
    for (size_t i = 0; i < size; ++i) spelling.low |= uint64_t{static_cast<unsigned char>(word[i])} << 8 * i;
  }
  return spelling;
}

template <class Value>
class WordTable {
 public:
  Value& operator[](std::string_view word) {
    if (2 * (count_ + 1) > slots_.size()) grow();
    auto const spelling = spelling_of(word);
    auto& slot = slots_[place(spelling)];
    if (slot.spelling == kFree) {
      slot.spelling = spelling;
      ++count_;
    }
    return slot.value;
  }

  // Null where the word is not known.
  Value const* find(std::string_view word) const {
    if (slots_.empty() || word.empty()) return nullptr;
    auto const& slot = slots_[place(spelling_of(word))];
    return slot.spelling == kFree ? nullptr : &slot.value;
  }

  // Says that find() will soon be called.
  void expect(std::string_view word) const {
    if (!slots_.empty()) __builtin_prefetch(&slots_[text::hash_of(spelling_of(word)) & (slots_.size() - 1)]);
  }

 private:
  static constexpr text::Spelling kFree{};
  struct Slot {
    text::Spelling spelling;
    Value value{};
  };

  // Its own slot, or the free one where it would stand.
  size_t place(text::Spelling spelling) const {
    auto const mask = slots_.size() - 1;
    auto at = text::hash_of(spelling) & mask;
    while (slots_[at].spelling != kFree && slots_[at].spelling != spelling) at = (at + 1) & mask;
    return at;
  }

  void grow() {
    std::vector<Slot> old(std::bit_ceil(4 * count_ + 1024));
    old.swap(slots_);
    for (auto& slot : old) {
      if (slot.spelling != kFree) slots_[place(slot.spelling)] = std::move(slot);
    }
  }

  std::vector<Slot> slots_;
  size_t count_ = 0;
};

}  // namespace vigie::speech
