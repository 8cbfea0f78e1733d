// passing_table.hpp: the words of one article to values: as word_table.hpp, but forgets all of them at once and keeps
// its memory. Threads: confined to one. Cost: one cache line a look-up.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "speech/word_table.hpp"

namespace vigie::speech {

template <class Value>
class PassingTable {
 public:
  void clear() {
    count_ = 0;
    if (++round_ != 0) return;
    slots_.clear();  // the rounds begin again
    round_ = 1;
  }

  // Its own, or a fresh one.
  Value& operator[](std::string_view word) {
    if (2 * (count_ + 1) > slots_.size()) grow();
    auto const spelling = spelling_of(word);
    Slot& slot = slots_[place(spelling)];
    if (slot.round != round_) {
      slot = {spelling, Value{}, round_};
      ++count_;
    }
    return slot.value;
  }

  // Null where the word is not known.
  Value const* find(std::string_view word) const {
    if (slots_.empty()) return nullptr;
    Slot const& slot = slots_[place(spelling_of(word))];
    return slot.round == round_ ? &slot.value : nullptr;
  }

 private:
  struct Slot {
    text::Spelling spelling;
    Value value{};
    uint32_t round = 0;  // in which it was filled
  };

  size_t place(text::Spelling spelling) const {
    auto const mask = slots_.size() - 1;
    auto at = text::hash_of(spelling) & mask;
    while (slots_[at].round == round_ && slots_[at].spelling != spelling) at = (at + 1) & mask;
    return at;
  }

  void grow() {
    std::vector<Slot> old(slots_.empty() ? 64 : 2 * slots_.size());
    old.swap(slots_);
    for (auto& slot : old) {
      if (slot.round == round_) slots_[place(slot.spelling)] = slot;
    }
  }

  std::vector<Slot> slots_;
  size_t count_ = 0;
  uint32_t round_ = 1;
};

}  // namespace vigie::speech
