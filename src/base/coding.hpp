// coding.hpp: integers in files, little-endian, read bytewise and bounded by the end of the view; nothing is ever cast
// onto mapped bytes. Varints are LEB128, seven bits a byte, low bits first.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace vigie {

template <class Int>
void put_fixed(std::string& out, Int value) {
  for (size_t i = 0; i < sizeof(Int); ++i) out += static_cast<char>(static_cast<uint64_t>(value) >> (8 * i));
}

inline void put_varint(std::string& out, uint64_t value) {
  while (value >= 0x80) {
    out += static_cast<char>(value | 0x80);
    value >>= 7;
  }
  out += static_cast<char>(value);
}

inline void put_string(std::string& out, std::string_view text) {
  put_varint(out, text.size());
  out += text;
}

// Takes values from the front of a view. Once a read fails, ok() is false and every later read gives zero.
class ByteCursor {
 public:
  explicit ByteCursor(std::string_view bytes) : rest_(bytes) {}

  template <class Int>
  Int fixed() {
    if (rest_.size() < sizeof(Int)) return static_cast<Int>(failed());
    uint64_t value = 0;
    for (size_t i = 0; i < sizeof(Int); ++i) value |= uint64_t{static_cast<unsigned char>(rest_[i])} << (8 * i);
    rest_.remove_prefix(sizeof(Int));
    return static_cast<Int>(value);
  }

  uint64_t varint() {
    uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      if (rest_.empty()) return failed();
      auto const byte = static_cast<unsigned char>(rest_.front());
      rest_.remove_prefix(1);
      value |= uint64_t{byte & 0x7Fu} << shift;
      if (byte < 0x80) return value;
    }
    return failed();
  }

  // The view lives as long as the bytes given to the constructor.
  std::string_view bytes(size_t size) {
    if (size > rest_.size()) {
      failed();
      return {};
    }
    auto const taken = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return taken;
  }
  std::string_view string() { return bytes(varint()); }

  bool ok() const { return ok_; }
  bool at_end() const { return rest_.empty(); }
  std::string_view rest() const { return rest_; }

 private:
  uint64_t failed() {
    ok_ = false;
    rest_ = {};
    return 0;
  }

  std::string_view rest_;
  bool ok_ = true;
};

}  // namespace vigie
