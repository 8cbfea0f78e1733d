// The only file that knows uchardet.
#include <uchardet/uchardet.h>

#include <memory>

#include "page/charset.hpp"

namespace vigie::page {
namespace {

struct Delete {
  void operator()(uchardet* detector) const { uchardet_delete(detector); }
};

constexpr size_t kBytesMax = 64 << 10;

}  // namespace

std::optional<Encoding> guess_encoding(std::string_view bytes) {
  std::unique_ptr<uchardet, Delete> const detector(uchardet_new());
  if (!detector) return std::nullopt;
  // Markup in front is ASCII and says nothing: begin near the first byte that is not.
  size_t first = 0;
  while (first < bytes.size() && static_cast<unsigned char>(bytes[first]) < 0x80) ++first;
  bytes.remove_prefix(first < 256 ? 0 : first - 256);
  bytes = bytes.substr(0, kBytesMax);
  if (uchardet_handle_data(detector.get(), bytes.data(), bytes.size()) != 0) return std::nullopt;
  uchardet_data_end(detector.get());
  auto const guess = encoding_of_label(uchardet_get_charset(detector.get()));
  // These three were ruled out before: the bytes are neither valid UTF-8 nor full of zeros.
  if (guess == Encoding::utf_8 || guess == Encoding::utf_16be || guess == Encoding::utf_16le) return std::nullopt;
  return guess;
}

}  // namespace vigie::page
