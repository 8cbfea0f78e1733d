// hash.hpp: fast hashes for tables and checks, and a cryptographic one for identities, which strangers choose.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace vigie {

// XXH3, 64 bits. For tables and checksums of our own files; not against an adversary.
uint64_t hash64(std::string_view bytes, uint64_t seed = 0);

// SHA-1 as WARC digests write it ("sha1:" + base32). Only ever a payload label, never an identity.
std::string sha1_base32(std::string_view bytes);

// 100 bits of BLAKE2b as 20 letters and digits (base32, lower case): short enough for a URL, and two inputs that
// collide cannot be made on purpose.
std::string digest20(std::string_view bytes);

}  // namespace vigie
