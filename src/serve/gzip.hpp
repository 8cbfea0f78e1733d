// gzip.hpp: compresses one answer. Threads: safe; each thread keeps a compressor of its own.
#pragma once

#include <string>
#include <string_view>

namespace vigie::serve {

// Nothing gained below this many bytes: one packet either way.
inline constexpr size_t kCompressFrom = 1000;

// True where Accept-Encoding allows gzip. Source: RFC 9110, 12.5.3.
bool accepts_gzip(std::string_view accept_encoding);

// Empty where it would not get smaller. Cost: about 10 ms a megabyte.
std::string gzip(std::string_view);

}  // namespace vigie::serve
