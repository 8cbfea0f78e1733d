#include "query/cursor.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

#include "base/coding.hpp"
#include "base/hash.hpp"

namespace vigie::query {
namespace {

constexpr std::string_view kDigits = "0123456789abcdef";
constexpr uint8_t kVersion = 1;
constexpr size_t kMaxText = 16 * 1024;
constexpr uint32_t kMaxShown = 100'000;

void put_double(std::string& out, double value) { put_fixed(out, std::bit_cast<uint64_t>(value)); }
double take_double(ByteCursor& cursor) { return std::bit_cast<double>(cursor.fixed<uint64_t>()); }

std::string hexadecimal(std::string_view bytes) {
  std::string out;
  for (char const c : bytes) {
    auto const byte = static_cast<unsigned char>(c);
    out += kDigits[byte >> 4];
    out += kDigits[byte & 15];
  }
  return out;
}

std::string bytes_of(std::string_view text) {
  std::string out;
  for (size_t i = 0; i + 1 < text.size(); i += 2) {
    auto const high = kDigits.find(text[i]), low = kDigits.find(text[i + 1]);
    if (high == std::string_view::npos || low == std::string_view::npos) return {};
    out += static_cast<char>(high << 4 | low);
  }
  return out;
}

uint32_t check_of(std::string_view bytes) { return static_cast<uint32_t>(hash64(bytes)); }

}  // namespace

std::string encode(Cursor const& cursor) {
  std::string bytes;
  put_fixed(bytes, kVersion);
  put_varint(bytes, cursor.newest_row);
  put_varint(bytes, cursor.shown);
  put_double(bytes, cursor.score);
  put_fixed(bytes, cursor.time_s);
  put_varint(bytes, cursor.row);
  put_fixed(bytes, static_cast<uint8_t>(cursor.last_partial));
  put_fixed(bytes, static_cast<uint8_t>(cursor.partial));
  put_fixed(bytes, cursor.reference_s);
  put_varint(bytes, cursor.idfs.size());
  if (!cursor.idfs.empty()) {
    for (double const average : cursor.averages) put_double(bytes, average);
  }
  for (double const idf : cursor.idfs) put_double(bytes, idf);
  put_fixed(bytes, check_of(bytes));
  return hexadecimal(bytes);
}

std::optional<Cursor> decode_cursor(std::string_view text) {
  if (text.size() > kMaxText || text.size() % 2 != 0) return std::nullopt;
  std::string const bytes = bytes_of(text);
  if (bytes.size() < 4) return std::nullopt;
  auto const told = std::string_view(bytes).substr(0, bytes.size() - 4);
  if (ByteCursor(std::string_view(bytes).substr(told.size())).fixed<uint32_t>() != check_of(told)) return std::nullopt;
  ByteCursor from(told);
  Cursor cursor;
  if (from.fixed<uint8_t>() != kVersion) return std::nullopt;
  cursor.newest_row = from.varint();
  cursor.shown = static_cast<uint32_t>(std::min<uint64_t>(from.varint(), kMaxShown));
  cursor.score = take_double(from);
  cursor.time_s = from.fixed<int64_t>();
  cursor.row = from.varint();
  cursor.last_partial = from.fixed<uint8_t>() != 0;
  cursor.partial = from.fixed<uint8_t>() != 0;
  cursor.reference_s = from.fixed<int64_t>();
  uint64_t const parts = from.varint();
  if (parts > told.size()) return std::nullopt;
  bool sound = std::isfinite(cursor.score);
  for (double& average : cursor.averages) {
    average = parts > 0 ? take_double(from) : 0;
    sound = sound && std::isfinite(average) && (parts == 0 || average >= 1);
  }
  for (uint64_t i = 0; i < parts; ++i) {
    cursor.idfs.push_back(take_double(from));
    sound = sound && std::isfinite(cursor.idfs.back()) && cursor.idfs.back() >= 0;
  }
  if (!sound || !from.ok() || !from.at_end()) return std::nullopt;
  return cursor;
}

}  // namespace vigie::query
