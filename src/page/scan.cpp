#include "page/scan.hpp"

#if VIGIE_PAGE_SIMD
#include <immintrin.h>

namespace vigie::page {
namespace {

// Thirty-two bytes at a time. `a`, `b` and NUL stop the run; the loads reach at most 31 bytes behind the NUL.
__attribute__((target("avx2"))) char const* run_avx2(char const* p, char a, char b) {
  __m256i const first = _mm256_set1_epi8(a), second = _mm256_set1_epi8(b), zero = _mm256_setzero_si256();
  for (;; p += 32) {
    __m256i const bytes = _mm256_loadu_si256(reinterpret_cast<__m256i const*>(p));
    __m256i hits = _mm256_or_si256(_mm256_cmpeq_epi8(bytes, first), _mm256_cmpeq_epi8(bytes, second));
    hits = _mm256_or_si256(hits, _mm256_cmpeq_epi8(bytes, zero));
    if (auto const mask = static_cast<unsigned>(_mm256_movemask_epi8(hits))) return p + __builtin_ctz(mask);
  }
}

char const* run_sse2(char const* p, char a, char b) {
  __m128i const first = _mm_set1_epi8(a), second = _mm_set1_epi8(b), zero = _mm_setzero_si128();
  for (;; p += 16) {
    __m128i const bytes = _mm_loadu_si128(reinterpret_cast<__m128i const*>(p));
    __m128i hits = _mm_or_si128(_mm_cmpeq_epi8(bytes, first), _mm_cmpeq_epi8(bytes, second));
    hits = _mm_or_si128(hits, _mm_cmpeq_epi8(bytes, zero));
    if (auto const mask = static_cast<unsigned>(_mm_movemask_epi8(hits))) return p + __builtin_ctz(mask);
  }
}

template <auto run>
constexpr LongScan long_scan() {
  return {[](char const* p) { return run(p, '<', '&'); }, [](char const* p, char stop) { return run(p, stop, stop); },
          [](char const* p, char quote) { return run(p, quote, '&'); }};
}

LongScan pick() {
  __builtin_cpu_init();
  return __builtin_cpu_supports("avx2") ? long_scan<run_avx2>() : long_scan<run_sse2>();
}

}  // namespace

LongScan const kLongScan = pick();

}  // namespace vigie::page
#endif
