#include "source/charset.hpp"

#include <unicode/ucnv.h>

#include <algorithm>

#include "base/utf8.hpp"
#include "source/ascii.hpp"

namespace vigie::source {
namespace {

using std::string_view;

// The value of encoding="…" in the first bytes, or empty.
string_view declared(string_view bytes) {
  auto head = bytes.substr(0, 512);
  size_t const start = head.find("<?xml");
  if (start == string_view::npos) return {};
  head = head.substr(start, head.find("?>", start) - start);
  size_t at = head.find("encoding");
  if (at == string_view::npos) return {};
  at = head.find_first_of("\"'", at);
  if (at == string_view::npos) return {};
  size_t const end = head.find(head[at], at + 1);
  return end == string_view::npos ? string_view() : trim(head.substr(at + 1, end - at - 1));
}

// UTF-16 without a mark shows in the declaration's first character.
string_view encoding_of(string_view& bytes) {
  using namespace std::string_view_literals;
  if (bytes.starts_with("\xef\xbb\xbf")) return bytes.remove_prefix(3), "UTF-8";
  if (bytes.starts_with("\0\0\xfe\xff"sv)) return bytes.remove_prefix(4), "UTF-32BE";
  if (bytes.starts_with("\0\0\0<"sv)) return "UTF-32BE";
  if (bytes.starts_with("<\0\0\0"sv)) return "UTF-32LE";
  if (bytes.starts_with("\xff\xfe\0\0"sv)) return bytes.remove_prefix(4), "UTF-32LE";
  if (bytes.starts_with("\xff\xfe")) return bytes.remove_prefix(2), "UTF-16LE";
  if (bytes.starts_with("\xfe\xff")) return bytes.remove_prefix(2), "UTF-16BE";
  if (bytes.starts_with("<\0"sv)) return "UTF-16LE";
  if (bytes.starts_with("\0<"sv)) return "UTF-16BE";
  auto const name = declared(bytes);
  // As browsers do: what is labelled Latin-1 or ASCII is windows-1252, which holds it. "utf-16" cannot be true here.
  if (equal_nocase(name, "iso-8859-1") || equal_nocase(name, "latin1") || equal_nocase(name, "us-ascii"))
    return "windows-1252";
  if (starts_nocase(name, "utf-16") || starts_nocase(name, "utf-32")) return "UTF-8";
  return name.empty() ? "UTF-8" : name;
}

// False where ICU does not know the name.
bool convert(string_view bytes, std::string const& name, std::string& out) {
  UErrorCode error = U_ZERO_ERROR;
  UConverter* const converter = ucnv_open(name.c_str(), &error);
  if (U_FAILURE(error)) return false;
  out.resize(3 * bytes.size() + 16);
  auto const room = static_cast<int32_t>(std::min<size_t>(out.size(), INT32_MAX));
  auto const given = static_cast<int32_t>(std::min<size_t>(bytes.size(), INT32_MAX));
  int32_t const size = ucnv_toAlgorithmic(UCNV_UTF8, converter, out.data(), room, bytes.data(), given, &error);
  ucnv_close(converter);
  if (U_FAILURE(error)) return false;
  out.resize(static_cast<size_t>(size));
  return true;
}

size_t count_replacements(string_view text) {
  size_t count = 0;
  for (size_t at = 0; (at = text.find("\xef\xbf\xbd", at)) != string_view::npos; at += 3) ++count;
  return count;
}

}  // namespace

std::string xml_to_utf8(string_view bytes) {
  std::string const name(encoding_of(bytes));
  if (equal_nocase(name, "utf-8") || equal_nocase(name, "utf8")) {
    if (is_valid_utf8(bytes)) return std::string(bytes);
  } else {
    std::string out;
    // A label of a single-byte charset over bytes that are clearly UTF-8 is a common mistake: nothing else looks like
    // it.
    if (name.starts_with("windows-125") && is_valid_utf8(bytes)) return std::string(bytes);
    if (convert(bytes, name, out)) return to_valid_utf8(out);
    if (is_valid_utf8(bytes)) return std::string(bytes);
  }
  std::string out;
  // Mostly UTF-8 with a damaged spot stays UTF-8; bytes without one good sequence are windows-1252.
  auto const mended = to_valid_utf8(bytes);
  auto const high = std::ranges::count_if(bytes, [](char c) { return (c & 0x80) != 0; });
  if (count_replacements(mended) * 8 > static_cast<size_t>(high) && convert(bytes, "windows-1252", out)) return out;
  return mended;
}

}  // namespace vigie::source
