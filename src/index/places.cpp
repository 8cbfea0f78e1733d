#include "index/places.hpp"

#include <algorithm>
#include <bit>

#include "base/coding.hpp"
#include "index/packing.hpp"

namespace vigie::index {
namespace {

constexpr uint8_t kApart = 0x80;     // beside a group's width: some of its numbers need more bits
constexpr unsigned kWidest = 56;     // with 7 bits of shift it lies within one load; positions need 44 at most
constexpr unsigned kBytesApart = 2;  // of a number told apart: its rank, and most often one byte

uint64_t low_bits(unsigned width) { return (uint64_t{1} << width) - 1; }

}  // namespace

void PlaceWriter::close_group() {
  std::span<uint64_t const> const numbers(numbers_.data(), held_);
  unsigned const width = std::min(cheapest_width(numbers, kBytesApart), kWidest);
  uint64_t all = 0;
  std::array<char, kGroupPlaces> ranks;
  unsigned apart = 0;
  for (unsigned i = 0; i < held_; ++i) {
    all |= numbers_[i];
    ranks[apart] = static_cast<char>(i);
    apart += numbers_[i] >> width != 0;
  }
  bytes_ += static_cast<char>(apart == 0 ? width : width | kApart);
  if (apart > 0) {
    auto const high_bytes = (static_cast<unsigned>(std::bit_width(all >> width)) + 7) / 8;
    bytes_ += static_cast<char>(apart);
    bytes_ += static_cast<char>(high_bytes);
    bytes_.append(ranks.data(), apart);
    for (unsigned i = 0; i < apart; ++i) {
      uint64_t const high = numbers_[static_cast<unsigned char>(ranks[i])] >> width;
      for (unsigned byte = 0; byte < high_bytes; ++byte) bytes_ += static_cast<char>(high >> (8 * byte));
    }
  }
  put_bits(bytes_, held_, width, [&](size_t i) { return numbers_[i] & low_bits(width); });
  held_ = 0;
}

bool PlaceCursor::enter(size_t offset) {
  width_ = 0;
  packed_ = end_ = bytes_.size();
  ranks_ = highs_ = {};
  if (offset >= bytes_.size()) return false;
  ByteCursor cursor(bytes_.substr(offset));
  auto const head = cursor.fixed<uint8_t>();
  unsigned const width = head & ~unsigned{kApart};
  if (width > kWidest) return false;
  if (head & kApart) {
    auto const count = cursor.fixed<uint8_t>();
    high_bytes_ = cursor.fixed<uint8_t>();
    if (high_bytes_ > 8) return false;
    ranks_ = cursor.bytes(count);
    highs_ = cursor.bytes(size_t{count} * high_bytes_);
  }
  if (!cursor.ok()) return false;
  width_ = width;
  packed_ = bytes_.size() - cursor.rest().size();
  end_ = packed_ + packed_bytes(width);
  return true;
}

unsigned PlaceCursor::take_all(std::array<uint64_t, kGroupPlaces>& out) const {
  size_t const there = width_ == 0 ? kGroupPlaces : (bytes_.size() - packed_) * 8 / width_;
  auto const held = static_cast<unsigned>(std::min<size_t>(there, kGroupPlaces));
  return take(0, std::span(out).first(held)) ? held : 0;
}

bool PlaceCursor::take(unsigned first, std::span<uint64_t> out) const {
  size_t const bits = (size_t{first} + out.size()) * width_;
  if (packed_ + (bits + 7) / 8 > bytes_.size()) return false;
  char const* const packed = bytes_.data() + packed_;
  uint64_t const mask = low_bits(width_);
  size_t bit = size_t{first} * width_;
  for (uint64_t& number : out) {
    number = load_bits(packed + (bit >> 3)) >> (bit & 7) & mask;
    bit += width_;
  }
  for (size_t i = 0; i < ranks_.size(); ++i) {
    unsigned const rank = static_cast<unsigned char>(ranks_[i]) - first;  // wraps where it lies before
    if (rank >= out.size()) continue;
    uint64_t high = 0;
    for (unsigned byte = 0; byte < high_bytes_; ++byte) {
      high |= uint64_t{static_cast<unsigned char>(highs_[i * high_bytes_ + byte])} << (8 * byte);
    }
    out[rank] |= high << width_;
  }
  return true;
}

}  // namespace vigie::index
