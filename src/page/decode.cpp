#include "page/decode.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include "base/utf8.hpp"
#include "page/scan.hpp"

namespace vigie::page {
namespace {

constexpr char16_t kHighControls[32] = {0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                        0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008D, 0x017D, 0x008F,
                                        0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                        0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178};

// ISO-8859-16 differs from Latin-1 here.
constexpr struct {
  unsigned char byte;
  char16_t code;
} kIso885916[] = {{0xA1, 0x0104}, {0xA2, 0x0105}, {0xA3, 0x0141}, {0xA4, 0x20AC}, {0xA5, 0x201E}, {0xA6, 0x0160},
                  {0xA8, 0x0161}, {0xAA, 0x0218}, {0xAC, 0x0179}, {0xAE, 0x017A}, {0xAF, 0x017B}, {0xB2, 0x010C},
                  {0xB3, 0x0142}, {0xB4, 0x017D}, {0xB5, 0x201D}, {0xB8, 0x017E}, {0xB9, 0x010D}, {0xBA, 0x0219},
                  {0xBC, 0x0152}, {0xBD, 0x0153}, {0xBE, 0x0178}, {0xBF, 0x017C}, {0xC3, 0x0102}, {0xC5, 0x0106},
                  {0xD0, 0x0110}, {0xD1, 0x0143}, {0xD5, 0x0150}, {0xD7, 0x015A}, {0xD8, 0x0170}, {0xDD, 0x0118},
                  {0xDE, 0x021A}, {0xE3, 0x0103}, {0xE5, 0x0107}, {0xF0, 0x0111}, {0xF1, 0x0144}, {0xF5, 0x0151},
                  {0xF7, 0x015B}, {0xF8, 0x0171}, {0xFD, 0x0119}, {0xFE, 0x021B}};

char32_t single_byte(Encoding encoding, unsigned char byte) {
  if (byte < 0x80) return byte;
  if (encoding == Encoding::windows_1252) return windows_1252_code_point(byte);
  if (encoding == Encoding::x_user_defined) return 0xF780u + byte - 0x80u;
  for (auto const& one : kIso885916) {
    if (one.byte == byte) return one.code;
  }
  return byte;
}

struct Expansion {
  char bytes[3];
  uint8_t size;
};

// Each byte's UTF-8, three bytes at most.
bool decode_single_byte(std::string_view bytes, Encoding encoding, size_t bytes_max, Source& out) {
  std::array<Expansion, 256> table{};
  size_t growth[256];
  for (unsigned byte = 0; byte < 256; ++byte) {
    std::string text;
    append_code_point(text, single_byte(encoding, static_cast<unsigned char>(byte)));
    text.copy(table[byte].bytes, 3);
    table[byte].size = static_cast<uint8_t>(text.size());
    growth[byte] = text.size() - 1;
  }
  size_t needed = bytes.size();
  for (char c : bytes) needed += growth[static_cast<unsigned char>(c)];
  size_t const room = std::min(needed, bytes_max);
  char* const begin = out.prepare(room + 3);
  char* at = begin;
  for (size_t i = 0; i < bytes.size(); ++i) {
    Expansion const& expansion = table[static_cast<unsigned char>(bytes[i])];
    if (static_cast<size_t>(at - begin) + expansion.size > room) break;
    std::memcpy(at, expansion.bytes, 3);
    at += expansion.size;
  }
  out.finish(static_cast<size_t>(at - begin));
  return needed <= bytes_max;
}

// UTF-8 with ill-formed parts.
bool decode_bad_utf8(std::string_view bytes, size_t bytes_max, Source& out) {
  // An ill-formed part has one byte at least, none of them ASCII, and becomes three.
  size_t const high =
      static_cast<size_t>(std::ranges::count_if(bytes, [](char c) { return static_cast<unsigned char>(c) >= 0x80; }));
  size_t const needed_max = bytes.size() + 2 * high;
  size_t const room = std::min(needed_max, bytes_max);
  char* const begin = out.prepare(room);
  char* at = begin;
  size_t left = room, i = 0;
  while (i < bytes.size()) {
    size_t const start = i;
    if (static_cast<unsigned char>(bytes[i]) < 0x80) {
      if (left == 0) break;
      *at++ = bytes[i++];
      --left;
      continue;
    }
    std::string_view piece = "\xEF\xBF\xBD";
    if (next_code_point(bytes, i) != kReplacement) piece = bytes.substr(start, i - start);
    if (piece.size() > left) {
      i = start;
      break;
    }
    std::memcpy(at, piece.data(), piece.size());
    at += piece.size();
    left -= piece.size();
  }
  out.finish(static_cast<size_t>(at - begin));
  return i >= bytes.size();
}

bool copy_utf8(std::string_view bytes, size_t bytes_max, Source& out) {
  size_t size = std::min(bytes.size(), bytes_max);
  // Cut between two sequences.
  while (size < bytes.size() && size > 0 && (static_cast<unsigned char>(bytes[size]) & 0xC0) == 0x80) --size;
  char* const to = out.prepare(size);
  if (size != 0) std::memcpy(to, bytes.data(), size);  // an empty view may point nowhere
  out.finish(size);
  return size == bytes.size();
}

}  // namespace

char* Source::prepare(size_t size) {
  if (size + kPadding > capacity_) {
    data_.reset();
    capacity_ = size + kPadding + size / 8;
    data_.reset(new char[capacity_]);
  }
  return data_.get();
}

void Source::finish(size_t size) {
  size_ = size;
  front_ = 0;
  std::memset(data_.get() + size, 0, kPadding);
}

void Source::trim(size_t keep_bytes) {
  if (capacity_ <= keep_bytes) return;
  data_.reset();
  capacity_ = size_ = front_ = 0;
}

void normalize_line_ends(Source& source) {
  std::string_view const text = source.view();
  char const* const end = text.data() + text.size();
  auto const find = [&](char const* from) {
    return static_cast<char const*>(std::memchr(from, '\r', static_cast<size_t>(end - from)));
  };
  char const* next = find(text.data());
  if (next == nullptr) return;
  char* to = source.at(next);
  while (next != nullptr) {
    *to++ = '\n';
    char const* from = next + 1;
    if (from != end && *from == '\n') ++from;
    next = find(from);
    size_t const size = static_cast<size_t>((next == nullptr ? end : next) - from);
    std::memmove(to, from, size);
    to += size;
  }
  source.cut(to);
}

Utf8Check copy_checked(std::string_view bytes, Source& out) {
  Utf8Check const check = check_utf8(bytes, out.prepare(bytes.size()));
  out.finish(bytes.size());
  return check;
}

Utf8Count count_utf8(std::string_view bytes) {
  Utf8Count count;
  bool in_bad = false;
  for (size_t i = 0; i < bytes.size();) {
    if (static_cast<unsigned char>(bytes[i]) < 0x80) {
      ++i;
      in_bad = false;
      continue;
    }
    size_t const start = i;
    bool const good = next_code_point(bytes, i) != kReplacement || bytes.substr(start, i - start) == "\xEF\xBF\xBD";
    bool const cut_off = !good && i == bytes.size() && bytes.size() - start <= 3;
    if (good) ++count.good;
    if (!good && !cut_off && !in_bad) ++count.bad;
    in_bad = !good;
  }
  return count;
}

char32_t windows_1252_code_point(unsigned char byte) {
  return byte >= 0x80 && byte < 0xA0 ? kHighControls[byte - 0x80] : byte;
}

bool decode(std::string_view bytes, Encoding encoding, size_t bytes_max, Source& out) {
  switch (encoding) {
    case Encoding::utf_8:
      return check_utf8(bytes).valid ? copy_utf8(bytes, bytes_max, out) : decode_bad_utf8(bytes, bytes_max, out);
    case Encoding::windows_1252:
    case Encoding::iso_8859_16:
    case Encoding::x_user_defined:
      return decode_single_byte(bytes, encoding, bytes_max, out);
    case Encoding::replacement:
      // Not decoded at all: what these encodings may hide is nobody's to guess.
      return copy_utf8(bytes.empty() ? "" : "\xEF\xBF\xBD", bytes_max, out);
    default:
      break;
  }
  bool complete = true;
  if (decode_with_icu(bytes, encoding, bytes_max, out, complete)) return complete;
  return decode_single_byte(bytes, Encoding::windows_1252, bytes_max, out);
}

}  // namespace vigie::page
