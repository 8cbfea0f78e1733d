#include "base/zone.hpp"

#include <ctime>

namespace vigie {
namespace {

int64_t from_local_clock(int64_t local_s) {
  std::tm clock{};
  std::time_t const as_utc = local_s;
  gmtime_r(&as_utc, &clock);
  clock.tm_isdst = -1;
  return std::mktime(&clock);
}

}  // namespace

int64_t instant_s(Time time) {
  return time.zone == Time::Zone::unknown ? from_local_clock(time.local_s) : time.epoch_s();
}

int64_t day_start_s(Date date) { return from_local_clock(days_from_date(date) * 86400); }

Date local_date(int64_t epoch_s) {
  std::tm clock{};
  std::time_t const at = epoch_s;
  localtime_r(&at, &clock);
  return {clock.tm_year + 1900, static_cast<unsigned>(clock.tm_mon + 1), static_cast<unsigned>(clock.tm_mday)};
}

}  // namespace vigie
