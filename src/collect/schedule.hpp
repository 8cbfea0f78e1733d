// schedule.hpp: when a source is asked again. Pure functions of what is known of it, so that they can be tested by the
// year. A source that publishes often is asked often, one that sleeps seldom, one that fails ever more seldom but never
// never: at the latest after a day, after a week where the site said that it is gone.
#pragma once

#include <cstdint>
#include <vector>

namespace vigie::collect {

struct Pace {
  int64_t shortest_s = 5 * 60;
  int64_t longest_s = 12 * 3600;
  int64_t first_s = 30 * 60;  // where nothing is known yet
};

// Seconds until the next poll that succeeded now. `published` are the times of the entries it showed, any order; those
// in the future are passed over. `last_interval_s` is what it was before (0: none), `fresh` how many entries were new.
// Half the usual gap between two entries; where they have no dates, half as long after news, half as long again after
// none.
int64_t next_interval(std::vector<int64_t> published, int64_t now_s, int64_t last_interval_s, uint32_t fresh, Pace);

// Seconds until the next try after `failures` in a row (at least 1): doubled each time up to a day, never less than the
// site asked for.
int64_t backoff(int64_t interval_s, uint32_t failures, int64_t retry_after_s, bool gone);

// Up to a tenth more, the same for the same source and time: so that those added together do not stay together.
int64_t jitter(int64_t interval_s, int64_t source, int64_t now_s);

}  // namespace vigie::collect
