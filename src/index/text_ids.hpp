// text_ids.hpp: short texts, each once, numbered in order of arrival. One allocation for many of them.
// Threads: one. Lifetime: views until the next add() or clear().
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace vigie::index {

class TextIds {
 public:
  // Its number; size() before the call where it is new.
  uint32_t add(std::string_view text);

  std::string_view text(uint32_t id) const { return {letters_.data() + known_[id].begin, known_[id].size}; }
  uint32_t size() const { return static_cast<uint32_t>(known_.size()); }
  void clear();

 private:
  struct Known {
    size_t begin = 0;
    uint32_t size = 0, hash = 0;
  };
  void grow();

  std::vector<uint32_t> slots_;  // number + 1, or 0; at most half are taken
  std::vector<Known> known_;
  std::string letters_;
};

}  // namespace vigie::index
