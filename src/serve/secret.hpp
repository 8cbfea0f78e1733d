// secret.hpp: passwords, random tokens and keyed hashes. Hides libsodium behind secret.cpp.
// Sources: Argon2id, RFC 9106; BLAKE2b, RFC 7693. Threads: pure functions, but see hash_password's cost.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace vigie::serve {

// "$argon2id$…", with a salt of its own. Nothing where memory ran out. Cost: about 0.1 s of one core and 64 MB.
std::optional<std::string> hash_password(std::string_view password);
// Whether `hash` came of `password`. False for a hash that is none. Cost: as hash_password().
bool is_password(std::string_view hash, std::string_view password);

// 32 random bytes as 43 letters, digits, "-" and "_".
std::string random_token();

// A hash of a token, to be kept in its stead: tokens are random, so nothing is gained by guessing.
std::string token_hash(std::string_view token);

// The bytes that base64 (RFC 4648, 4) stands for. Nothing where it is ill-formed.
std::optional<std::string> decode_base64(std::string_view);

// What only this process can make of `text`: its key is drawn at start and kept in memory only.
std::string sealed(std::string_view text);
bool is_sealed(std::string_view text, std::string_view seal);  // in constant time

}  // namespace vigie::serve
