// time.hpp: a point in time as a source gave it. The offset is kept and never converted; a day known without an hour
// stays a day.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace vigie {

struct Time {
  enum class Precision : uint8_t { day, second };
  enum class Zone : uint8_t { unknown, utc, offset };  // unknown: no offset was given; utc: "Z"; offset: "+02:00"

  int64_t local_s = 0;         // seconds since 1970-01-01T00:00:00 on the source's own clock
  int16_t offset_minutes = 0;  // east of UTC; 0 unless zone is `offset`
  Precision precision = Precision::second;
  Zone zone = Zone::utc;

  // Seconds since the Unix epoch. Where the source gave no offset, its clock is taken for UTC.
  int64_t epoch_s() const { return local_s - int64_t{offset_minutes} * 60; }

  bool operator==(Time const&) const = default;
};

// "2018-09-07", "2018-09-07T18:42[:00[.123]]" (or a space for the T), with "Z", "+02:00", "+0200", "+02" or nothing
// behind. Fractions of a second are dropped. Years 1..9999; anything else, or trailing text, is nullopt.
std::optional<Time> parse_rfc3339(std::string_view);

// "2018-09-07T18:42:00+02:00"; "2018-09-07" for a day; no suffix where the zone is unknown.
std::string format_rfc3339(Time);

// Days since 1970-01-01 of a proleptic Gregorian date, and back. Method: H. Hinnant, "chrono-compatible low-level date
// algorithms". valid_date refuses the 30th of February.
struct Date {
  int year;
  unsigned month, day;
  auto operator<=>(Date const&) const = default;
};
int64_t days_from_date(Date);
Date date_from_days(int64_t days);
bool valid_date(int64_t year, int64_t month, int64_t day);

Time utc_from_epoch(int64_t epoch_s);
int64_t now_epoch_s();

}  // namespace vigie
