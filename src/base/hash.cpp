#include "base/hash.hpp"

#include <openssl/sha.h>
#include <sodium.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

namespace vigie {
namespace {

std::string base32(unsigned char const* bytes, size_t bits, char const* alphabet) {
  std::string out;
  unsigned buffer = 0, held = 0;
  for (size_t taken = 0, at = 0; taken < bits; taken += 5) {
    if (held < 5) {
      buffer = (buffer << 8) | bytes[at++];
      held += 8;
    }
    held -= 5;
    out += alphabet[(buffer >> held) & 31u];
  }
  return out;
}

}  // namespace

uint64_t hash64(std::string_view bytes, uint64_t seed) {
  return XXH3_64bits_withSeed(bytes.data(), bytes.size(), seed);
}

std::string sha1_base32(std::string_view bytes) {
  unsigned char digest[SHA_DIGEST_LENGTH];
  SHA1(reinterpret_cast<unsigned char const*>(bytes.data()), bytes.size(), digest);
  return base32(digest, 160, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567");
}

std::string digest20(std::string_view bytes) {
  unsigned char digest[16];
  crypto_generichash(digest, sizeof digest, reinterpret_cast<unsigned char const*>(bytes.data()), bytes.size(), nullptr,
                     0);
  return base32(digest, 100, "abcdefghijklmnopqrstuvwxyz234567");
}

}  // namespace vigie
