// Which socket addresses are not of the public internet.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <array>
#include <cstddef>
#include <cstring>

#include "collect/fetcher.hpp"

namespace vigie::collect {
namespace {

struct Network {
  uint32_t base;
  int bits;
};

constexpr uint32_t v4(uint32_t a, uint32_t b, uint32_t c, uint32_t d) { return a << 24 | b << 16 | c << 8 | d; }

constexpr std::array kRefused = {
    Network{v4(0, 0, 0, 0), 8},      Network{v4(10, 0, 0, 0), 8},     Network{v4(100, 64, 0, 0), 10},
    Network{v4(127, 0, 0, 0), 8},    Network{v4(169, 254, 0, 0), 16}, Network{v4(172, 16, 0, 0), 12},
    Network{v4(192, 0, 0, 0), 24},   Network{v4(192, 0, 2, 0), 24},   Network{v4(192, 88, 99, 0), 24},
    Network{v4(192, 168, 0, 0), 16}, Network{v4(198, 18, 0, 0), 15},  Network{v4(198, 51, 100, 0), 24},
    Network{v4(203, 0, 113, 0), 24}, Network{v4(224, 0, 0, 0), 4},    Network{v4(240, 0, 0, 0), 4},
};

bool is_private_v4(uint32_t address) {
  for (auto const& network : kRefused) {
    if ((address ^ network.base) >> (32 - network.bits) == 0) return true;
  }
  return false;
}

uint32_t big_endian(unsigned char const* bytes) { return v4(bytes[0], bytes[1], bytes[2], bytes[3]); }

bool has_prefix(unsigned char const* a, std::initializer_list<int> prefix) {
  for (int const byte : prefix) {
    if (*a++ != byte) return false;
  }
  return true;
}

bool is_private_v6(unsigned char const* a) {
  static constexpr unsigned char kZero[12] = {};
  if (std::memcmp(a, kZero, 12) == 0) return true;                                                // ::, ::1, ::a.b.c.d
  if (std::memcmp(a, kZero, 10) == 0 && a[10] == 0xFF) return is_private_v4(big_endian(a + 12));  // ::ffff:a.b.c.d
  if (has_prefix(a, {0x00, 0x64, 0xFF, 0x9B})) return a[5] != 0 || is_private_v4(big_endian(a + 12));  // NAT64
  if (has_prefix(a, {0x20, 0x02})) return is_private_v4(big_endian(a + 2));                            // 6to4
  if (has_prefix(a, {0x20, 0x01, 0x00, 0x00})) return true;                                            // Teredo
  if (has_prefix(a, {0x20, 0x01, 0x0D, 0xB8}) || has_prefix(a, {0x01, 0x00})) return true;  // documentation, discard
  bool const unique_local = (a[0] & 0xFE) == 0xFC, link_local = a[0] == 0xFE && (a[1] & 0xC0) == 0x80;
  bool const site_local = a[0] == 0xFE && (a[1] & 0xC0) == 0xC0, multicast = a[0] == 0xFF;
  return unique_local || link_local || site_local || multicast;
}

}  // namespace

namespace {

// The address as 16 bytes, IPv4 as ::ffff:a.b.c.d; false for other families.
bool bytes_of(sockaddr const& address, unsigned char (&out)[16]) {
  auto const* const raw = reinterpret_cast<unsigned char const*>(&address);
  if (address.sa_family == AF_INET) {
    std::memset(out, 0, 10);
    out[10] = out[11] = 0xFF;
    std::memcpy(out + 12, raw + offsetof(sockaddr_in, sin_addr), 4);
    return true;
  }
  if (address.sa_family != AF_INET6) return false;
  std::memcpy(out, raw + offsetof(sockaddr_in6, sin6_addr), 16);
  return true;
}

bool is_v4(unsigned char const* a) { return has_prefix(a, {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF}); }

}  // namespace

bool is_private(sockaddr const& address) {
  unsigned char bytes[16];
  return !bytes_of(address, bytes) || is_private_v6(bytes);
}

bool is_never_allowed(sockaddr const& address) {
  unsigned char a[16];
  if (!bytes_of(address, a)) return true;
  if (is_v4(a)) return (a[12] == 169 && a[13] == 254) || a[12] >= 224;
  return (a[0] == 0xFE && (a[1] & 0xC0) == 0x80) || a[0] == 0xFF;
}

}  // namespace vigie::collect
