// ahead.hpp: memory that will soon be read is asked for while something else is done. Threads: safe.
#pragma once

#include <algorithm>
#include <cstddef>

namespace vigie::kinship {

// At most the first kLines lines: who reads on is followed by the processor itself.
inline void expect(void const* from, size_t bytes) {
  constexpr size_t kLine = 64, kLines = 8;
  bytes = std::min(bytes, kLine * kLines);
  for (size_t at = 0; at < bytes; at += kLine) __builtin_prefetch(static_cast<char const*>(from) + at);
}

}  // namespace vigie::kinship
