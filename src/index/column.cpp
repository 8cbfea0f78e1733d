#include "index/column.hpp"

#include <algorithm>
#include <bit>

namespace vigie::index {
namespace {

constexpr unsigned kWidest = 56;  // with 7 bits of shift it still lies within
                                  // 64; wider values take 64 and no shift

uint64_t bytes_for(uint64_t count, unsigned width) { return (count * width + 7) / 8; }

}  // namespace

void put_column(std::string& out, std::span<int64_t const> values) {
  int64_t least = 0, most = 0;
  if (!values.empty()) {
    auto const [low, high] = std::ranges::minmax(values);
    least = low;
    most = high;
  }
  auto width = static_cast<unsigned>(std::bit_width(static_cast<uint64_t>(most) - static_cast<uint64_t>(least)));
  if (width > kWidest) width = 64;
  put_fixed(out, least);
  put_fixed(out, static_cast<uint8_t>(width));
  put_bits(out, values.size(), width,
           [&](size_t i) { return static_cast<uint64_t>(values[i]) - static_cast<uint64_t>(least); });
}

std::optional<Column> Column::open(ByteCursor& bytes, uint64_t count) {
  Column column;
  column.least_ = bytes.fixed<int64_t>();
  column.width_ = bytes.fixed<uint8_t>();
  if (column.width_ > kWidest && column.width_ != 64) return std::nullopt;
  column.mask_ = column.width_ == 64 ? ~uint64_t{0} : (uint64_t{1} << column.width_) - 1;
  auto const data = bytes.bytes(bytes_for(count, column.width_));
  if (!bytes.ok()) return std::nullopt;
  column.data_ = data.data();
  return column;
}

}  // namespace vigie::index
