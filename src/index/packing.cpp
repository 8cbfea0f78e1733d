#include "index/packing.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <utility>

namespace vigie::index {
namespace {

constexpr unsigned kLanes = 4, kSlots = kBlockDocs / kLanes;

using Vector = uint32_t __attribute__((vector_size(16)));

constexpr uint32_t mask_of(unsigned width) { return width == 32 ? ~uint32_t{0} : (uint32_t{1} << width) - 1; }

uint32_t load_word(char const* at) {
  uint32_t word;
  std::memcpy(&word, at, sizeof word);
  if constexpr (std::endian::native == std::endian::big) word = __builtin_bswap32(word);
  return word;
}

// Shifts are known to the compiler: one instantiation a width, each slot unrolled.
template <unsigned width, unsigned slot>
inline void unpack_slot(char const* packed, uint32_t* values) {
  constexpr unsigned bit = slot * width, word = bit / 32, shift = bit % 32;
  Vector low;
  std::memcpy(&low, packed + 16 * word, 16);
  Vector value = low >> shift;
  if constexpr (shift + width > 32) {
    Vector high;
    std::memcpy(&high, packed + 16 * (word + 1), 16);
    value |= high << (32 - shift);
  }
  value &= mask_of(width);
  std::memcpy(values + kLanes * slot, &value, 16);
}

template <unsigned width>
void unpack_width(char const* packed, uint32_t* values) {
  if constexpr (width == 0) {
    std::fill_n(values, kBlockDocs, 0u);
  } else {
    [&]<unsigned... slots>(std::integer_sequence<unsigned, slots...>) {
      (unpack_slot<width, slots>(packed, values), ...);
    }(std::make_integer_sequence<unsigned, kSlots>{});
  }
}

using Unpack = void (*)(char const*, uint32_t*);
template <unsigned... widths>
constexpr std::array<Unpack, sizeof...(widths)> table_of(std::integer_sequence<unsigned, widths...>) {
  return {unpack_width<widths>...};
}
constexpr auto kUnpack = table_of(std::make_integer_sequence<unsigned, 33>{});

}  // namespace

// Widths from that of the largest number downwards. What is wider takes no less room; of those that take as little, the
// widest counts as the cheapest.
unsigned cheapest_width(std::span<uint64_t const> values, unsigned bytes_apart) {
  std::array<uint32_t, 65> needing{};  // how many need as many bits
  uint64_t all = 0;
  for (uint64_t const value : values) {
    all |= value;
    ++needing[static_cast<size_t>(std::bit_width(value))];
  }
  if (values.empty()) return 64;
  size_t const count = values.size();
  auto const widest = static_cast<unsigned>(std::bit_width(all));
  size_t least = (count * widest + 7) / 8, apart = needing[widest];
  auto best = static_cast<unsigned>(std::min<size_t>(least * 8 / count, 64));
  for (unsigned width = widest; width-- > 0; apart += needing[width]) {
    size_t const bytes = (count * width + 7) / 8 + apart * bytes_apart + 1;
    if (bytes < least) {
      least = bytes;
      best = width;
    }
  }
  return best;
}

void pack(std::string& out, uint32_t const* values, unsigned width) {
  if (width == 0) return;
  std::array<uint32_t, kBlockDocs> words;
  Vector word = {0, 0, 0, 0};
  unsigned bits = 0;
  size_t at = 0;
  for (unsigned slot = 0; slot < kSlots; ++slot) {
    Vector value;
    std::memcpy(&value, values + kLanes * slot, 16);
    value &= mask_of(width);
    word |= value << bits;
    bits += width;
    if (bits < 32) continue;
    std::memcpy(words.data() + at, &word, 16);
    at += kLanes;
    bits -= 32;
    word = bits == 0 ? Vector{0, 0, 0, 0} : value >> (width - bits);
  }
  if constexpr (std::endian::native == std::endian::big) {
    for (uint32_t& each : words) each = __builtin_bswap32(each);
  }
  out.append(reinterpret_cast<char const*>(words.data()), packed_bytes(width));
}

void unpack(char const* packed, unsigned width, uint32_t* values) {
  if constexpr (std::endian::native == std::endian::little) {
    kUnpack[width](packed, values);
  } else {
    unpack_plainly(packed, width, values);
  }
}

void unpack_plainly(char const* packed, unsigned width, uint32_t* values) {
  for (unsigned i = 0; i < kBlockDocs; ++i) {
    unsigned const bit = i / kLanes * width, shift = bit % 32;
    char const* const at = packed + (bit / 32 * kLanes + i % kLanes) * 4;
    uint64_t value = width == 0 ? 0 : load_word(at);
    if (shift + width > 32) value |= uint64_t{load_word(at + 4 * kLanes)} << 32;
    values[i] = static_cast<uint32_t>(value >> shift) & mask_of(width);
  }
}

void sum_gaps(uint32_t* values, uint32_t before) {
  Vector last = {before, before, before, before};
  for (unsigned slot = 0; slot < kSlots; ++slot) {
    Vector v, zero = {0, 0, 0, 0};
    std::memcpy(&v, values + kLanes * slot, 16);
    v += 1;
    v += __builtin_shufflevector(zero, v, 0, 4, 5, 6);
    v += __builtin_shufflevector(zero, v, 0, 1, 4, 5);
    v += last;
    std::memcpy(values + kLanes * slot, &v, 16);
    last = __builtin_shufflevector(v, v, 3, 3, 3, 3);
  }
}

}  // namespace vigie::index
