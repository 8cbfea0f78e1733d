// inflate.hpp: a whole compressed body held in memory, undone in one call (libdeflate, the fastest for that).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace vigie::source {

enum class Wrapping : uint8_t { none, zlib, gzip };

// The bytes of every member, one behind the other; a damaged or cut later member ends them. Errors: corrupt (the first
// member does not read), over_limit (more than `most` bytes). Memory: twice the output at most.
Result<std::string> inflate(std::string_view packed, Wrapping, uint64_t most);

}  // namespace vigie::source
