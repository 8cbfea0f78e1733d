#include "page/utf8_check.hpp"

#include <cstring>

#include "base/utf8.hpp"
#include "page/scan.hpp"

#if VIGIE_PAGE_SIMD
#include <immintrin.h>
#endif

namespace vigie::page {

Utf8Check check_utf8_scalar(std::string_view bytes) {
  Utf8Check check;
  for (size_t i = 0; i < bytes.size();) {
    size_t const start = i;
    auto const c = static_cast<unsigned char>(bytes[i]);
    if (c == '\r') check.has_cr = true;
    if (c < 0x80) {
      ++i;
      continue;
    }
    check.ascii = false;
    if (next_code_point(bytes, i) == kReplacement && bytes.substr(start, i - start) != "\xEF\xBF\xBD") {
      check.valid = false;
    }
  }
  return check;
}

#if VIGIE_PAGE_SIMD
namespace {

// What can be wrong with a byte and the one before it, a bit each. Three tables of sixteen, looked up by nibbles, name
// what is possible; what all three name is there.
enum : uint8_t {
  kTooShort = 1,            // a lead byte before no continuation
  kTooLong = 2,             // a continuation behind ASCII
  kOverlong3 = 4,           // E0 80..9F
  kTooLarge = 8,            // F4 90..BF and what is above
  kSurrogate = 16,          // ED A0..BF
  kOverlong2 = 32,          // C0, C1
  kOverlong4 = 64,          // F0 80..8F, and F5.. before 80..8F
  kTwoContinuations = 128,  // right only as the third or fourth byte
  kAlways = kTooShort | kTooLong | kTwoContinuations,
};

__attribute__((target("avx2"))) __m256i table(uint8_t const (&of)[16]) {
  return _mm256_broadcastsi128_si256(_mm_loadu_si128(reinterpret_cast<__m128i const*>(of)));
}

constexpr uint8_t kFirstHigh[16] = {kTooLong,
                                    kTooLong,
                                    kTooLong,
                                    kTooLong,
                                    kTooLong,
                                    kTooLong,
                                    kTooLong,
                                    kTooLong,
                                    kTwoContinuations,
                                    kTwoContinuations,
                                    kTwoContinuations,
                                    kTwoContinuations,
                                    kTooShort | kOverlong2,
                                    kTooShort,
                                    kTooShort | kOverlong3 | kSurrogate,
                                    kTooShort | kTooLarge | kOverlong4};
constexpr uint8_t kBeyond = kAlways | kTooLarge | kOverlong4;
constexpr uint8_t kFirstLow[16] = {kAlways | kOverlong3 | kOverlong2 | kOverlong4,
                                   kAlways | kOverlong2,
                                   kAlways,
                                   kAlways,
                                   kAlways | kTooLarge,
                                   kBeyond,
                                   kBeyond,
                                   kBeyond,
                                   kBeyond,
                                   kBeyond,
                                   kBeyond,
                                   kBeyond,
                                   kBeyond,
                                   kBeyond | kSurrogate,
                                   kBeyond,
                                   kBeyond};
constexpr uint8_t kContinues = kTooLong | kOverlong2 | kTwoContinuations;
constexpr uint8_t kSecondHigh[16] = {kTooShort,
                                     kTooShort,
                                     kTooShort,
                                     kTooShort,
                                     kTooShort,
                                     kTooShort,
                                     kTooShort,
                                     kTooShort,
                                     kContinues | kOverlong3 | kOverlong4,
                                     kContinues | kOverlong3 | kTooLarge,
                                     kContinues | kSurrogate | kTooLarge,
                                     kContinues | kSurrogate | kTooLarge,
                                     kTooShort,
                                     kTooShort,
                                     kTooShort,
                                     kTooShort};

// The block's bytes moved up by Shift, those of the block before coming in.
template <int Shift>
__attribute__((target("avx2"))) __m256i moved(__m256i block, __m256i before) {
  return _mm256_alignr_epi8(block, _mm256_permute2x128_si256(before, block, 0x21), 16 - Shift);
}

__attribute__((target("avx2"))) __m256i errors(__m256i block, __m256i before) {
  __m256i const low = _mm256_set1_epi8(0x0F);
  __m256i const one = moved<1>(block, before);
  __m256i const first_high = _mm256_shuffle_epi8(table(kFirstHigh), _mm256_and_si256(_mm256_srli_epi16(one, 4), low));
  __m256i const first_low = _mm256_shuffle_epi8(table(kFirstLow), _mm256_and_si256(one, low));
  __m256i const second = _mm256_shuffle_epi8(table(kSecondHigh), _mm256_and_si256(_mm256_srli_epi16(block, 4), low));
  __m256i const special = _mm256_and_si256(_mm256_and_si256(first_high, first_low), second);
  // Two bytes behind E0.. and three behind F0.. there must be a continuation, and only there may be two in a row.
  __m256i const third = _mm256_subs_epu8(moved<2>(block, before), _mm256_set1_epi8(static_cast<char>(0xE0 - 0x80)));
  __m256i const fourth = _mm256_subs_epu8(moved<3>(block, before), _mm256_set1_epi8(static_cast<char>(0xF0 - 0x80)));
  __m256i const must = _mm256_and_si256(_mm256_or_si256(third, fourth), _mm256_set1_epi8(static_cast<char>(0x80)));
  return _mm256_xor_si256(must, special);
}

__attribute__((target("avx2"))) Utf8Check check_avx2(std::string_view bytes, char* to) {
  __m256i before = _mm256_setzero_si256(), wrong = before, cr = before, high = before;
  bool before_ascii = true;
  auto const take = [&](__m256i block) __attribute__((target("avx2"))) {
    cr = _mm256_or_si256(cr, _mm256_cmpeq_epi8(block, _mm256_set1_epi8('\r')));
    bool const ascii = _mm256_movemask_epi8(block) == 0;
    if (!ascii || !before_ascii) {
      high = _mm256_or_si256(high, block);
      wrong = _mm256_or_si256(wrong, errors(block, before));
    }
    before = block;
    before_ascii = ascii;
  };
  size_t at = 0;
  for (; at + 32 <= bytes.size(); at += 32) {
    __m256i const block = _mm256_loadu_si256(reinterpret_cast<__m256i const*>(bytes.data() + at));
    if (to != nullptr) _mm256_storeu_si256(reinterpret_cast<__m256i*>(to + at), block);
    take(block);
  }
  // The rest with zeros behind it: a sequence cut off there is too short.
  char rest[32] = {};
  if (at < bytes.size()) std::memcpy(rest, bytes.data() + at, bytes.size() - at);
  if (to != nullptr && at < bytes.size()) std::memcpy(to + at, bytes.data() + at, bytes.size() - at);
  take(_mm256_loadu_si256(reinterpret_cast<__m256i const*>(rest)));
  Utf8Check check;
  check.valid = _mm256_testz_si256(wrong, wrong) != 0;
  check.ascii = _mm256_movemask_epi8(high) == 0;
  check.has_cr = _mm256_movemask_epi8(cr) != 0;
  return check;
}

Utf8Check check_sse2(std::string_view bytes, char* to) {
  if (to != nullptr && !bytes.empty()) std::memcpy(to, bytes.data(), bytes.size());
  Utf8Check check;
  size_t at = 0;
  for (; at + 16 <= bytes.size(); at += 16) {
    __m128i const block = _mm_loadu_si128(reinterpret_cast<__m128i const*>(bytes.data() + at));
    if (_mm_movemask_epi8(block) != 0) break;
    check.has_cr |= _mm_movemask_epi8(_mm_cmpeq_epi8(block, _mm_set1_epi8('\r'))) != 0;
  }
  Utf8Check const rest = check_utf8_scalar(bytes.substr(at));
  return {rest.valid, rest.ascii, rest.has_cr || check.has_cr};
}

}  // namespace

Utf8Check check_utf8(std::string_view bytes, char* to) {
  static bool const avx2 = [] {
    __builtin_cpu_init();
    return __builtin_cpu_supports("avx2") != 0;
  }();
  return avx2 ? check_avx2(bytes, to) : check_sse2(bytes, to);
}

#else

Utf8Check check_utf8(std::string_view bytes, char* to) {
  if (to != nullptr && !bytes.empty()) std::memcpy(to, bytes.data(), bytes.size());
  return check_utf8_scalar(bytes);
}

#endif

}  // namespace vigie::page
