#include "serve/secret.hpp"

#include <sodium.h>

#include <array>
#include <stdexcept>

namespace vigie::serve {
namespace {

void start() {
  static bool const started = sodium_init() >= 0;
  if (!started) throw std::runtime_error("libsodium cannot start");
}

std::string text_of(unsigned char const* bytes, size_t size) {
  constexpr int kVariant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
  std::string out(sodium_base64_encoded_len(size, kVariant), '\0');
  sodium_bin2base64(out.data(), out.size(), bytes, size, kVariant);
  out.resize(out.find('\0'));
  return out;
}

unsigned char const* bytes_of(std::string_view text) { return reinterpret_cast<unsigned char const*>(text.data()); }

std::string hash(std::string_view text, unsigned char const* key, size_t key_size) {
  std::array<unsigned char, 32> out{};
  crypto_generichash(out.data(), out.size(), bytes_of(text), text.size(), key, key_size);
  return text_of(out.data(), out.size());
}

}  // namespace

std::optional<std::string> hash_password(std::string_view password) {
  start();
  std::array<char, crypto_pwhash_STRBYTES> out{};
  if (crypto_pwhash_str(out.data(), password.data(), password.size(), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                        crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0) {
    return std::nullopt;
  }
  return std::string(out.data());
}

bool is_password(std::string_view hash, std::string_view password) {
  start();
  return crypto_pwhash_str_verify(std::string(hash).c_str(), password.data(), password.size()) == 0;
}

std::string random_token() {
  start();
  std::array<unsigned char, 32> bytes{};
  randombytes_buf(bytes.data(), bytes.size());
  return text_of(bytes.data(), bytes.size());
}

std::string token_hash(std::string_view token) { return hash(token, nullptr, 0); }

std::optional<std::string> decode_base64(std::string_view text) {
  std::string out(text.size(), '\0');
  size_t size = 0;
  auto* const to = reinterpret_cast<unsigned char*>(out.data());
  if (sodium_base642bin(to, out.size(), text.data(), text.size(), nullptr, &size, nullptr,
                        sodium_base64_VARIANT_ORIGINAL) != 0) {
    return std::nullopt;
  }
  out.resize(size);
  return out;
}

std::string sealed(std::string_view text) {
  static std::string const key = random_token();
  return hash(text, bytes_of(key), key.size());
}

bool is_sealed(std::string_view text, std::string_view seal) {
  auto const own = sealed(text);
  return own.size() == seal.size() && sodium_memcmp(own.data(), seal.data(), own.size()) == 0;
}

}  // namespace vigie::serve
