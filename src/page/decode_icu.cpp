// The only file that knows ICU: every encoding that decode.cpp does not decode itself.
#include <unicode/ucnv.h>

#include <memory>
#include <string>

#include "page/decode.hpp"

namespace vigie::page {
namespace {

struct Close {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};

std::unique_ptr<UConverter, Close> open(std::string_view name) {
  UErrorCode error = U_ZERO_ERROR;
  std::unique_ptr<UConverter, Close> converter(ucnv_open(std::string(name).c_str(), &error));
  if (U_FAILURE(error)) return nullptr;
  return converter;
}

}  // namespace

// Bytes go through UTF-16 to UTF-8 in pieces; ICU puts U+FFFD for what is ill-formed.
bool decode_with_icu(std::string_view bytes, Encoding encoding, size_t bytes_max, Source& out, bool& complete) {
  if (converter_name(encoding).empty()) return false;
  auto const from = open(converter_name(encoding));
  auto const to = open("UTF-8");
  if (!from || !to) return false;
  // Three bytes of UTF-8 for each byte is the most there can be: two-byte characters have three, single bytes three.
  size_t const room = std::min(bytes.size() * 3 + 16, bytes_max);
  char* const begin = out.prepare(room);
  char* at = begin;
  char const* source = bytes.data();
  char16_t pivot[4096];
  char16_t *pivot_from = pivot, *pivot_to = pivot;
  UErrorCode error = U_ZERO_ERROR;
  ucnv_convertEx(to.get(), from.get(), &at, begin + room, &source, bytes.data() + bytes.size(), pivot, &pivot_from,
                 &pivot_to, pivot + std::size(pivot), true, true, &error);
  complete = error != U_BUFFER_OVERFLOW_ERROR;
  size_t size = static_cast<size_t>(at - begin);
  if (!complete) {
    while (size > 0 && (static_cast<unsigned char>(begin[size - 1]) & 0xC0) == 0x80) --size;
    if (size > 0 && static_cast<unsigned char>(begin[size - 1]) >= 0xC0) --size;
  }
  out.finish(size);
  return true;
}

}  // namespace vigie::page
