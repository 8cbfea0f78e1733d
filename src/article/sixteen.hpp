// sixteen.hpp: sixteen bytes looked at together, a bit of the answer for each: the runs of ASCII that most text is made
// of are folded, squeezed and counted so. Threads: pure functions. Cost: some ten instructions with SSE2, which every
// x86-64 has; elsewhere a loop with the same answers.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace vigie::article {

inline constexpr size_t kSixteen = 16;

class Sixteen {
 public:
  // Precondition: kSixteen bytes can be read.
  explicit Sixteen(char const* p) { std::memcpy(&bytes_, p, kSixteen); }
  // Of fewer bytes, the rest are NUL.
  Sixteen(char const* p, size_t size) : bytes_{} { std::memcpy(&bytes_, p, size < kSixteen ? size : kSixteen); }

#if defined(__SSE2__)
  uint32_t high() const { return mask(bytes_); }  // no ASCII
  uint32_t spaces() const { return mask(_mm_cmpeq_epi8(bytes_, all(' '))); }
  uint32_t printed() const {  // ASCII from the space to the tilde
    return mask(_mm_andnot_si128(_mm_cmpeq_epi8(bytes_, all(0x7F)), _mm_cmpgt_epi8(bytes_, all(0x1F))));
  }
  uint32_t letters_and_digits() const {  // of ASCII
    return mask(_mm_or_si128(letters(), within(bytes_, '0', 10)));
  }
  // With ASCII capitals made small.
  void write_lowered(char* out) const {
    __m128i const bit = _mm_and_si128(within(bytes_, 'A', 26), all(0x20));
    _mm_storeu_si128(reinterpret_cast<__m128i*>(out), _mm_or_si128(bytes_, bit));
  }

 private:
  static __m128i all(char c) { return _mm_set1_epi8(c); }
  static uint32_t mask(__m128i v) { return static_cast<uint32_t>(_mm_movemask_epi8(v)); }
  // Which bytes are among the `count` that begin with `first`: moved to the bottom of the signed range.
  static __m128i within(__m128i v, char first, int count) {
    __m128i const moved = _mm_add_epi8(v, all(static_cast<char>(-128 - first)));
    return _mm_cmplt_epi8(moved, all(static_cast<char>(-128 + count)));
  }
  __m128i letters() const { return within(_mm_or_si128(bytes_, all(0x20)), 'a', 26); }

  __m128i bytes_;
#else
  uint32_t high() const {
    return where([](unsigned char c) { return c >= 0x80; });
  }
  uint32_t spaces() const {
    return where([](unsigned char c) { return c == ' '; });
  }
  uint32_t printed() const {
    return where([](unsigned char c) { return c >= ' ' && c < 0x7F; });
  }
  uint32_t letters_and_digits() const {
    return where([](unsigned char c) {
      unsigned char const small = c | 0x20;
      return (c >= '0' && c <= '9') || (small >= 'a' && small <= 'z');
    });
  }
  void write_lowered(char* out) const {
    for (size_t i = 0; i < kSixteen; ++i) {
      auto const c = bytes_[i];
      out[i] = static_cast<char>(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
    }
  }

 private:
  template <class Is>
  uint32_t where(Is const& is) const {
    uint32_t set = 0;
    for (size_t i = 0; i < kSixteen; ++i) set |= uint32_t{is(bytes_[i])} << i;
    return set;
  }

  std::array<unsigned char, kSixteen> bytes_;
#endif
};

// The first `size` bits of sixteen.
constexpr uint32_t first_bits(size_t size) { return size >= kSixteen ? 0xFFFFu : (uint32_t{1} << size) - 1; }
// How many of the sixteen are set: without the instruction for it, which not every x86-64 has.
constexpr size_t bits_in(uint32_t set) {
  set -= set >> 1 & 0x5555;
  set = (set & 0x3333) + (set >> 2 & 0x3333);
  set = (set + (set >> 4)) & 0x0F0F;
  return (set + (set >> 8)) & 0x1F;
}
// How many of the sixteen are set without a gap, from the first on.
constexpr size_t run_of(uint32_t set) { return static_cast<size_t>(std::countr_one(set)); }

}  // namespace vigie::article
