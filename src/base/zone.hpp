// zone.hpp: days and hours of the configured time zone, which is the process's own ($TZ, else the machine's).
// Threads: safe. Cost: about a microsecond a call (mktime).
#pragma once

#include <cstdint>

#include "base/time.hpp"

namespace vigie {

// The instant of a Time for ordering and date filters: its offset where it has one; else its clock is taken for the
// configured zone's, and a day stands for its first second there.
int64_t instant_s(Time);

// First second of a day in the configured zone, and the day an instant falls on there.
int64_t day_start_s(Date);
Date local_date(int64_t epoch_s);

}  // namespace vigie
