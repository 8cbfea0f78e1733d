// schedule.hpp: when a source is asked again. Pure functions of what is known of it, so that they can be tested by the
// year. A source that publishes often is asked often, one that sleeps seldom, one that fails ever more seldom but never
// never: at the latest after a day, after a week where the site said that it is gone.
#pragma once

#include <cstdint>
#include <optional>
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

// When an article's page is read again though no feed speaks of it: at these ages, and sooner where the last look found
// it changed; never within gap_s, and so often at most.
struct Rereading {
  std::vector<int64_t> ages_s = {3600, 6 * 3600, 86'400, 3 * 86'400};  // rising; empty: never
  int64_t after_change_s = 3600;
  int64_t gap_s = 30 * 60;
  uint32_t most = 12;
};

// The time of the next look at an article that appeared at `since_s` and was read now, `rereads` times again so far;
// nullopt: it is left alone.
std::optional<int64_t> next_reading(int64_t since_s, int64_t now_s, uint32_t rereads, bool changed, Rereading const&);

// Up to a tenth more, the same for the same source and time: so that those added together do not stay together.
int64_t jitter(int64_t interval_s, int64_t source, int64_t now_s);

}  // namespace vigie::collect
