// scan.hpp: how the tokenizer runs over bytes: each function gives the first byte that matters. Two policies with the
// same answers: ScalarScan, one byte at a time and obvious, and SimdScan, sixteen at a time with SSE2 (which every
// x86-64 has) and thirty-two with AVX2 where the machine has it, once a run turns out to be long.
// Precondition everywhere: a NUL ends the buffer, and kPadding bytes behind it may be read.
#pragma once

#include <cstddef>
#include <cstdint>

#include "page/name_table.hpp"

#if defined(__SSE2__)
#include <emmintrin.h>
#define VIGIE_PAGE_SIMD 1
#endif

namespace vigie::page {

inline constexpr size_t kPadding = 64;

constexpr bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\f' || c == '\r'; }
constexpr bool is_letter(char c) { return static_cast<unsigned char>((c | 0x20) - 'a') < 26; }
constexpr char lowered(char c) { return static_cast<unsigned char>(c - 'A') < 26 ? static_cast<char>(c | 0x20) : c; }

// Where a tag's or an attribute's name ends: white space, '/', '>', and for attributes '='.
constexpr bool ends_tag_name(char c) { return is_space(c) || c == '/' || c == '>'; }

struct ScalarScan {
  // The first '<', '&' or NUL.
  static char const* text(char const* p) {
    while (*p != '<' && *p != '&' && *p != '\0') ++p;
    return p;
  }
  // The first '<' or NUL.
  static char const* raw(char const* p) {
    while (*p != '<' && *p != '\0') ++p;
    return p;
  }
  // The first `stop` or NUL.
  static char const* until(char const* p, char stop) {
    while (*p != stop && *p != '\0') ++p;
    return p;
  }
  // The first `quote`, '&' or NUL.
  static char const* value(char const* p, char quote) {
    while (*p != quote && *p != '&' && *p != '\0') ++p;
    return p;
  }
  static char const* spaces(char const* p) {
    while (is_space(*p)) ++p;
    return p;
  }
  // The name at `p` in lower case and its size, where it ends within fifteen bytes and has no NUL; else 0.
  static size_t name(char const* p, bool attribute, ShortName& out) {
    char bytes[16] = {};
    for (size_t size = 0; size < 16; ++size) {
      if (ends_tag_name(p[size]) || (attribute && p[size] == '=')) {
        std::memcpy(&out, bytes, sizeof(bytes));
        return size;
      }
      if (p[size] == '\0') return 0;
      bytes[size] = lowered(p[size]);
    }
    return 0;
  }
};

#if VIGIE_PAGE_SIMD

// The long runs, picked once for the machine at hand.
struct LongScan {
  char const* (*text)(char const*);
  char const* (*until)(char const*, char);
  char const* (*value)(char const*, char);
};
extern LongScan const kLongScan;

struct SimdScan {
  static char const* text(char const* p) {
    for (int i = 0; i < 2; ++i, p += 16) {
      __m128i const bytes = load(p);
      if (int const hits = mask3(bytes, '<', '&')) return p + __builtin_ctz(static_cast<unsigned>(hits));
    }
    return kLongScan.text(p);
  }
  static char const* raw(char const* p) { return until(p, '<'); }
  static char const* until(char const* p, char stop) {
    for (int i = 0; i < 2; ++i, p += 16) {
      __m128i const bytes = load(p);
      if (int const hits = mask3(bytes, stop, stop)) return p + __builtin_ctz(static_cast<unsigned>(hits));
    }
    return kLongScan.until(p, stop);
  }
  static char const* value(char const* p, char quote) {
    for (int i = 0; i < 2; ++i, p += 16) {
      __m128i const bytes = load(p);
      if (int const hits = mask3(bytes, quote, '&')) return p + __builtin_ctz(static_cast<unsigned>(hits));
    }
    return kLongScan.value(p, quote);
  }
  static char const* spaces(char const* p) { return ScalarScan::spaces(p); }

  static size_t name(char const* p, bool attribute, ShortName& out) {
    __m128i bytes = load(p);
    // Every byte up to the space ends the run here; those that are no white space (NUL, controls) take the slow path.
    __m128i stops = _mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8(0x20)), bytes);
    stops = _mm_or_si128(stops, _mm_cmpeq_epi8(bytes, _mm_set1_epi8('/')));
    stops = _mm_or_si128(stops, _mm_cmpeq_epi8(bytes, _mm_set1_epi8('>')));
    if (attribute) stops = _mm_or_si128(stops, _mm_cmpeq_epi8(bytes, _mm_set1_epi8('=')));
    auto const hits = static_cast<unsigned>(_mm_movemask_epi8(stops));
    if (hits == 0) return 0;
    unsigned const size = static_cast<unsigned>(__builtin_ctz(hits));
    if (!ends_tag_name(p[size]) && p[size] != '=') return 0;
    // 'A'..'Z' moved to the 26 lowest signed values, so that one signed comparison finds them.
    __m128i const moved = _mm_add_epi8(bytes, _mm_set1_epi8(static_cast<char>(128 - 'A')));
    __m128i const upper = _mm_cmplt_epi8(moved, _mm_set1_epi8(-128 + 26));
    bytes = _mm_or_si128(bytes, _mm_and_si128(upper, _mm_set1_epi8(0x20)));
    bytes = _mm_and_si128(bytes, load(kKeep + 16 - size));
    _mm_storeu_si128(reinterpret_cast<__m128i*>(&out), bytes);
    return size;
  }

 private:
  static __m128i load(char const* p) { return _mm_loadu_si128(reinterpret_cast<__m128i const*>(p)); }
  // Which of sixteen bytes are a, b or NUL.
  static int mask3(__m128i bytes, char a, char b) {
    __m128i hits = _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(a)), _mm_cmpeq_epi8(bytes, _mm_set1_epi8(b)));
    return _mm_movemask_epi8(_mm_or_si128(hits, _mm_cmpeq_epi8(bytes, _mm_setzero_si128())));
  }
  // Sixteen bytes from kKeep + 16 - n keep the first n.
  static constexpr char kKeep[32] = {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1};
};

#else
using SimdScan = ScalarScan;
#endif

}  // namespace vigie::page
