// decode.hpp: a page's bytes -> its source: UTF-8, line ends as "\n", with the room behind it that the tokenizer needs.
// Source: https://encoding.spec.whatwg.org/ (decoders), https://html.spec.whatwg.org/#preprocessing-the-input-stream.
// Threads: a Source belongs to one thread; the functions are pure otherwise.
#pragma once

#include <cstdint>
#include <cstring>
#include <memory>
#include <string_view>

#include "page/encoding.hpp"
#include "page/scan.hpp"
#include "page/utf8_check.hpp"

namespace vigie::page {

// A buffer whose memory is kept from page to page and never cleared. Behind size() bytes there is always a NUL and
// kPadding bytes that may be read.
class Source {
 public:
  // Room for `size` bytes; what was in it is lost.
  char* prepare(size_t size);
  // How many of them count; writes the padding.
  void finish(size_t size);
  // Leaves `size` bytes out at the front.
  void drop_front(size_t size) { front_ += size; }
  // The byte of view() that `place` points at, to be written; and the end of what counts, from now on.
  char* at(char const* place) { return data_.get() + (place - data_.get()); }
  void cut(char const* end) {
    size_ = static_cast<size_t>(end - data_.get());
    std::memset(data_.get() + size_, 0, kPadding);
  }
  // Forgets the memory where it is more than `keep_bytes`.
  void trim(size_t keep_bytes);

  std::string_view view() const { return {data_.get() + front_, size_ - front_}; }
  size_t capacity() const { return capacity_; }

 private:
  std::unique_ptr<char[]> data_;
  size_t capacity_ = 0, size_ = 0, front_ = 0;
};

// Replaces "\r\n" and "\r" by "\n".
void normalize_line_ends(Source&);

// Copies bytes that may be UTF-8 and says whether they are. Precondition: no more than the limit that decode() is
// given.
Utf8Check copy_checked(std::string_view bytes, Source& out);

// Decodes all of `bytes` (whose byte order mark is gone); what is ill-formed becomes U+FFFD. At most `bytes_max` bytes
// come out; true where that was enough.
bool decode(std::string_view bytes, Encoding, size_t bytes_max, Source& out);

// Runs of ill-formed bytes, and well-formed sequences of more than one byte; a sequence cut off at the end is neither.
struct Utf8Count {
  size_t bad = 0, good = 0;
};
Utf8Count count_utf8(std::string_view bytes);

// The code point that a byte of a single-byte encoding of our own stands for.
char32_t windows_1252_code_point(unsigned char byte);

// In decode_icu.cpp. False where the library has no such converter; nothing is written then.
bool decode_with_icu(std::string_view bytes, Encoding, size_t bytes_max, Source& out, bool& complete);

}  // namespace vigie::page
