// column.hpp: one whole number a document, bit-packed above the smallest of them: what a filter, a facet or a length
// norm asks for by docid. Format: docs/format.md, "Columns".
// Threads: read-only. Lifetime: views the segment's bytes. Cost of a look-up: one load of eight bytes, a shift, a mask.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/coding.hpp"
#include "index/packing.hpp"

namespace vigie::index {

// Appends a column. Signed values pass as their two's complement, given as signed (so that the smallest is found).
void put_column(std::string& out, std::span<int64_t const> values);

class Column {
 public:
  Column() = default;
  // Precondition: at least 8 bytes may be read behind the section (kPadding). Nothing where the sizes do not agree.
  static std::optional<Column> open(ByteCursor& bytes, uint64_t count);

  // Precondition: i < count.
  int64_t operator[](uint64_t i) const { return static_cast<int64_t>(static_cast<uint64_t>(least_) + above_least(i)); }
  unsigned width() const { return width_; }
  int64_t least() const { return least_; }  // of all values, or below it
  // By how much a value is above least(). Precondition: i < count.
  uint64_t above_least(uint64_t i) const {
    uint64_t const bit = i * width_;
    return width_ == 0 ? 0 : load_bits(data_ + (bit >> 3)) >> (bit & 7) & mask_;
  }
  // Whether no value can lie outside [least, most].
  bool within(int64_t least, int64_t most) const {
    return least_ >= least && least_ <= most && mask_ <= static_cast<uint64_t>(most) - static_cast<uint64_t>(least_);
  }

 private:
  char const* data_ = nullptr;
  uint64_t mask_ = 0;
  int64_t least_ = 0;
  unsigned width_ = 0;  // bits; at most 56, or 64, so that a value lies within one load
};

}  // namespace vigie::index
