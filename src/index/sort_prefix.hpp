// sort_prefix.hpp: the first 16 bytes of a text as a number that orders as the text does: most comparisons of keys end
// there, without a look at the text.
// Threads: safe.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace vigie::index {

struct SortPrefix {
  uint64_t high = 0, low = 0;

  SortPrefix() = default;
  explicit SortPrefix(std::string_view text) {
    char bytes[16] = {};
    std::memcpy(bytes, text.data(), std::min<size_t>(text.size(), sizeof bytes));
    std::memcpy(&high, bytes, 8);
    std::memcpy(&low, bytes + 8, 8);
    if constexpr (std::endian::native == std::endian::little) {
      high = __builtin_bswap64(high);
      low = __builtin_bswap64(low);
    }
  }
  bool operator==(SortPrefix const&) const = default;
  bool operator<(SortPrefix const& other) const { return high != other.high ? high < other.high : low < other.low; }
};

}  // namespace vigie::index
