#include "base/time.hpp"

#include <chrono>
#include <cstdio>

namespace vigie {
namespace {

// Reads exactly `digits` decimal digits at the front of `text` and moves past them.
std::optional<int> take_number(std::string_view& text, size_t digits) {
  if (text.size() < digits) return std::nullopt;
  int value = 0;
  for (size_t i = 0; i < digits; ++i) {
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
    value = value * 10 + (text[i] - '0');
  }
  text.remove_prefix(digits);
  return value;
}

bool take(std::string_view& text, char c) {
  if (text.empty() || text.front() != c) return false;
  text.remove_prefix(1);
  return true;
}

// Reads a zone designator to the end of `text` into `time`.
bool read_zone(std::string_view text, Time& time) {
  if (text.empty()) {
    time.zone = Time::Zone::unknown;
    return true;
  }
  if (text == "Z" || text == "z") {
    time.zone = Time::Zone::utc;
    return true;
  }
  char const sign = text.front();
  if (sign != '+' && sign != '-') return false;
  text.remove_prefix(1);
  auto const hours = take_number(text, 2);
  if (!hours || *hours > 23) return false;
  int minutes = 0;
  if (!text.empty()) {
    take(text, ':');
    auto const read = take_number(text, 2);
    if (!read || *read > 59 || !text.empty()) return false;
    minutes = *read;
  }
  time.zone = Time::Zone::offset;
  time.offset_minutes = static_cast<int16_t>((*hours * 60 + minutes) * (sign == '-' ? -1 : 1));
  return true;
}

}  // namespace

int64_t days_from_date(Date date) {
  int64_t const y = int64_t{date.year} - (date.month <= 2);
  int64_t const era = (y >= 0 ? y : y - 399) / 400;
  int64_t const yoe = y - era * 400;
  int64_t const doy = (153 * (int64_t{date.month} + (date.month > 2 ? -3 : 9)) + 2) / 5 + date.day - 1;
  return era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468;
}

Date date_from_days(int64_t days) {
  days += 719468;
  int64_t const era = (days >= 0 ? days : days - 146096) / 146097;
  int64_t const doe = days - era * 146097;
  int64_t const yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
  int64_t const doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
  int64_t const mp = (5 * doy + 2) / 153;
  auto const day = static_cast<unsigned>(doy - (153 * mp + 2) / 5 + 1);
  auto const month = static_cast<unsigned>(mp < 10 ? mp + 3 : mp - 9);
  return {static_cast<int>(yoe + era * 400 + (month <= 2)), month, day};
}

bool valid_date(int64_t year, int64_t month, int64_t day) {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1) return false;
  bool const leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return day <= kDays[month - 1] + (month == 2 && leap);
}

std::optional<Time> parse_rfc3339(std::string_view text) {
  auto const year = take_number(text, 4);
  if (!year || !take(text, '-')) return std::nullopt;
  auto const month = take_number(text, 2);
  if (!month || !take(text, '-')) return std::nullopt;
  auto const day = take_number(text, 2);
  if (!day || !valid_date(*year, *month, *day)) return std::nullopt;
  Time time;
  time.local_s = days_from_date({*year, static_cast<unsigned>(*month), static_cast<unsigned>(*day)}) * 86400;
  if (text.empty()) {
    time.precision = Time::Precision::day;
    time.zone = Time::Zone::unknown;
    return time;
  }
  if (!take(text, 'T') && !take(text, 't') && !take(text, ' ')) return std::nullopt;
  auto const hour = take_number(text, 2);
  if (!hour || *hour > 23 || !take(text, ':')) return std::nullopt;
  auto const minute = take_number(text, 2);
  if (!minute || *minute > 59) return std::nullopt;
  int second = 0;
  if (take(text, ':')) {
    auto const read = take_number(text, 2);
    if (!read || *read > 60) return std::nullopt;
    second = *read == 60 ? 59 : *read;  // a leap second has no place in Unix time
    if (take(text, '.') || take(text, ',')) {
      if (!take_number(text, 1)) return std::nullopt;
      while (!text.empty() && text.front() >= '0' && text.front() <= '9') text.remove_prefix(1);
    }
  }
  if (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  time.local_s += *hour * 3600 + *minute * 60 + second;
  if (!read_zone(text, time)) return std::nullopt;
  return time;
}

std::string format_rfc3339(Time time) {
  int64_t days = time.local_s / 86400;
  int64_t rest = time.local_s % 86400;
  if (rest < 0) {
    rest += 86400;
    --days;
  }
  Date const date = date_from_days(days);
  char buffer[48];
  int n = std::snprintf(buffer, sizeof buffer, "%04d-%02u-%02u", date.year, date.month, date.day);
  if (time.precision == Time::Precision::second) {
    n += std::snprintf(buffer + n, sizeof buffer - static_cast<size_t>(n), "T%02d:%02d:%02d",
                       static_cast<int>(rest / 3600), static_cast<int>(rest / 60 % 60), static_cast<int>(rest % 60));
    if (time.zone == Time::Zone::utc) {
      n += std::snprintf(buffer + n, sizeof buffer - static_cast<size_t>(n), "Z");
    } else if (time.zone == Time::Zone::offset) {
      int const minutes = time.offset_minutes < 0 ? -time.offset_minutes : time.offset_minutes;
      n += std::snprintf(buffer + n, sizeof buffer - static_cast<size_t>(n), "%c%02d:%02d",
                         time.offset_minutes < 0 ? '-' : '+', minutes / 60, minutes % 60);
    }
  }
  return std::string(buffer, static_cast<size_t>(n));
}

Time utc_from_epoch(int64_t epoch_s) {
  return {.local_s = epoch_s, .offset_minutes = 0, .precision = Time::Precision::second, .zone = Time::Zone::utc};
}

int64_t now_epoch_s() {
  return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}

}  // namespace vigie
