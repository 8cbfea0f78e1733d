// packing.hpp: 128 small numbers in as few bits each as the largest needs. Four lanes side by side: number i is in lane
// i % 4, and a lane's numbers follow each other, low bits first, in its 32-bit words; so that one vector instruction
// works on four numbers at a time. Layout after Lemire & Boytsov, "Decoding billions of integers per second", 2015.
// Format: docs/format.md, "Packed numbers".
// Threads: safe. The vector code is GCC's portable vectors (SSE2, NEON); the plain twin reads the same bytes and is
// what tests compare it with.
#pragma once

#include <bit>
#include <concepts>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>

namespace vigie::index {

inline constexpr unsigned kBlockDocs = 128;

inline constexpr size_t packed_bytes(unsigned width) { return size_t{16} * width; }  // of 128 numbers

// The width that takes least room when numbers that need more are told apart, `bytes_apart` each (patched frames of
// reference: Zukowski et al., ICDE 2006).
unsigned cheapest_width(std::span<uint64_t const> values, unsigned bytes_apart);

// Appends `count` numbers of `width` bits each in a row, low bits first. Precondition: value(i) < 2^width.
template <std::invocable<size_t> Value>
void put_bits(std::string& out, size_t count, unsigned width, Value value) {
  size_t const begin = out.size();
  out.resize(begin + (count * width + 7) / 8);
  char* to = out.data() + begin;
  uint64_t waiting = 0;
  unsigned bits = 0;
  for (size_t i = 0; i < count; ++i) {
    uint64_t const number = value(i);
    waiting |= number << bits;
    bits += width;
    if (bits < 64) continue;
    if constexpr (std::endian::native == std::endian::big) waiting = __builtin_bswap64(waiting);
    std::memcpy(to, &waiting, 8);
    to += 8;
    bits -= 64;
    waiting = bits == 0 ? 0 : number >> (width - bits);
  }
  for (; to != out.data() + out.size(); waiting >>= 8) *to++ = static_cast<char>(waiting);
}

// Eight bytes as a number; low bits first. Precondition: they can be read.
inline uint64_t load_bits(char const* at) {
  uint64_t word;
  std::memcpy(&word, at, sizeof word);
  if constexpr (std::endian::native == std::endian::big) word = __builtin_bswap64(word);
  return word;
}

// Appends packed_bytes(width); of numbers that need more, the low bits.
void pack(std::string& out, uint32_t const* values, unsigned width);

// Precondition: width <= 32, and packed_bytes(width) can be read. `values` is aligned to 16 bytes.
void unpack(char const* packed, unsigned width, uint32_t* values);
void unpack_plainly(char const* packed, unsigned width, uint32_t* values);

// gaps -> numbers: values[i] = before + sum of (values[0..i] + 1), modulo 2^32.
// `values` is aligned to 16 bytes.
void sum_gaps(uint32_t* values, uint32_t before);

}  // namespace vigie::index
