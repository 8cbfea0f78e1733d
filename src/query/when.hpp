// when.hpp: the values of `date:` and `vu:`. Grammar: ISO 8601 calendar dates, intervals and durations.
// Threads: safe. Days, months and years are those of the configured time zone.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "query/ast.hpp"

namespace vigie::query {

struct Interval {  // half open
  int64_t from_s = kLongAgo, to_s = kFarAhead;
};

// "2018-09-07", "2018-09", "2018", "2018-09-07T18:42+02:00"; "A/B" with both ends whole, "A/", "/B"; "P7D/" and "P7D":
// back from now; "A/P1M", "P1M/B". nullopt for anything else.
std::optional<Interval> parse_interval(std::string_view text, int64_t now_s);

}  // namespace vigie::query
