// source_json.hpp: a source that is watched, and what an address offers, as JSON: the same on the command line and over
// HTTP. Threads: pure functions.
#pragma once

#include <optional>
#include <string>

#include "base/time.hpp"
#include "collect/book.hpp"
#include "collect/finder.hpp"

namespace vigie::serve {

std::optional<Time> time_of(int64_t epoch_s);  // 0 is never

std::string source_json(collect::Source const&);
// `id`: of the source it became; 0: it was not kept.
// With what is known of a watched source beside it, where one is given.
std::string finding_json(collect::Finding const&, int64_t id, collect::Source const* = nullptr);

}  // namespace vigie::serve
