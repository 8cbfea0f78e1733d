#include "base/utf8.hpp"

#include <cstring>

namespace vigie {
namespace {

// How many bytes at the front are ASCII, eight at a time.
size_t ascii_prefix(std::string_view text) {
  size_t at = 0;
  for (; at + 8 <= text.size(); at += 8) {
    uint64_t word;
    std::memcpy(&word, text.data() + at, 8);
    if (word & 0x8080808080808080ull) break;
  }
  while (at < text.size() && static_cast<unsigned char>(text[at]) < 0x80) ++at;
  return at;
}

}  // namespace

char32_t next_code_point(std::string_view text, size_t& at) {
  auto const byte = [&](size_t i) { return static_cast<unsigned char>(text[i]); };
  unsigned char const lead = byte(at++);
  if (lead < 0x80) return lead;
  int more;
  unsigned char low = 0x80, high = 0xBF;  // the allowed range of the second byte, per RFC 3629 section 4
  char32_t value;
  if (lead >= 0xC2 && lead <= 0xDF) {
    more = 1;
    value = lead & 0x1Fu;
  } else if (lead >= 0xE0 && lead <= 0xEF) {
    more = 2;
    value = lead & 0x0Fu;
    if (lead == 0xE0) low = 0xA0;
    if (lead == 0xED) high = 0x9F;
  } else if (lead >= 0xF0 && lead <= 0xF4) {
    more = 3;
    value = lead & 0x07u;
    if (lead == 0xF0) low = 0x90;
    if (lead == 0xF4) high = 0x8F;
  } else {
    return kReplacement;
  }
  for (; more > 0; --more) {
    if (at >= text.size() || byte(at) < low || byte(at) > high) return kReplacement;
    value = (value << 6) | (byte(at++) & 0x3Fu);
    low = 0x80;
    high = 0xBF;
  }
  return value;
}

void append_code_point(std::string& out, char32_t c) {
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xC0 | (c >> 6));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    if (c >= 0xD800 && c < 0xE000) c = kReplacement;
    out += static_cast<char>(0xE0 | (c >> 12));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else if (c < 0x110000) {
    out += static_cast<char>(0xF0 | (c >> 18));
    out += static_cast<char>(0x80 | ((c >> 12) & 0x3F));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else {
    append_code_point(out, kReplacement);
  }
}

bool is_valid_utf8(std::string_view text) {
  for (size_t at = ascii_prefix(text); at < text.size();) {
    size_t const start = at;
    // U+FFFD itself is three bytes long and well-formed; a shorter step, or other bytes, is an ill-formed part.
    if (next_code_point(text, at) == kReplacement && text.substr(start, at - start) != "\xEF\xBF\xBD") return false;
    at += ascii_prefix(text.substr(at));
  }
  return true;
}

std::string to_valid_utf8(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (size_t at = 0; at < text.size();) {
    size_t const ascii = ascii_prefix(text.substr(at));
    out.append(text.substr(at, ascii));
    at += ascii;
    if (at < text.size()) append_code_point(out, next_code_point(text, at));
  }
  return out;
}

size_t count_code_points(std::string_view text) {
  size_t count = 0;
  for (size_t at = 0; at < text.size(); ++count) next_code_point(text, at);
  return count;
}

}  // namespace vigie
