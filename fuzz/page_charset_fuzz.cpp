// Any bytes: a charset is found, the SIMD check says what its scalar twin says, and what is decoded is UTF-8 without
// "\r", of bounded size. The first line of the input, where it begins with '@', is the Content-Type header.
#include <cstdlib>
#include <vector>

#include "base/utf8.hpp"
#include "page/charset.hpp"
#include "page/decode.hpp"

using namespace vigie::page;

namespace {
void require(bool holds) {
  if (!holds) std::abort();
}
}  // namespace

extern "C" int LLVMFuzzerTestOneInput(unsigned char const* data, size_t size) {
  std::string_view bytes(reinterpret_cast<char const*>(data), size);
  std::string_view header;
  if (bytes.starts_with('@')) {
    header = bytes.substr(1, bytes.find('\n') - 1);
    bytes.remove_prefix(std::min(bytes.size(), header.size() + 2));
  }
  // A copy of exactly that size: a step over its end is seen.
  std::vector<char> const exact(bytes.begin(), bytes.end());
  std::string_view const given(exact.data(), exact.size());

  Source source;
  Utf8Check const check = copy_checked(given, source);
  Utf8Check const twin = check_utf8_scalar(given);
  require(check.valid == twin.valid && check.ascii == twin.ascii && check.has_cr == twin.has_cr);
  require(source.view() == given);

  std::vector<std::string> notes;
  Charset const charset = find_charset(given, header, check, notes);
  require(charset.mark_size <= given.size());
  size_t const limit = size % 7 == 0 ? size / 2 : size * 4 + 16;
  decode(given.substr(charset.mark_size), charset.encoding, limit, source);
  normalize_line_ends(source);
  require(source.view().size() <= limit && vigie::is_valid_utf8(source.view()));
  require(source.view().find('\r') == source.view().npos);
  require(source.view().data()[source.view().size()] == '\0');
  return 0;
}
