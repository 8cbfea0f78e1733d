// failure_log.hpp: what went wrong behind an answer 500, one line on stderr: whoever asked is told nothing of the
// machine, whoever runs it is told everything. Threads: safe.
#pragma once

#include <string_view>

#include "serve/http.hpp"

namespace vigie::serve {

// "2026-11-23T04:21:29Z vigie serve: GET /search?q=x: 500: disk on fire", control characters shown as "?". At most
// kFailuresPerSecond lines a second: a broken disk must not fill another one.
inline constexpr unsigned kFailuresPerSecond = 10;
void log_failure(Request const&, std::string_view what);
std::string failure_line(Request const&, std::string_view what, int64_t now_s);

}  // namespace vigie::serve
