#include "query/when.hpp"

#include <algorithm>

#include "base/time.hpp"
#include "base/zone.hpp"

namespace vigie::query {
namespace {

constexpr int64_t kMaxYears = 9998;

struct Period {
  int64_t months = 0, days = 0, seconds = 0;
};

bool take_number(std::string_view& text, int64_t& value) {
  size_t digits = 0;
  value = 0;
  while (digits < text.size() && digits < 6 && text[digits] >= '0' && text[digits] <= '9') {
    value = value * 10 + (text[digits++] - '0');
  }
  text.remove_prefix(digits);
  return digits > 0;
}

// "P1Y2M3W4DT5H6M7S"; at least one part.
std::optional<Period> parse_period(std::string_view text) {
  if (!text.starts_with('P')) return std::nullopt;
  text.remove_prefix(1);
  Period period;
  bool hours = false, any = false;
  while (!text.empty()) {
    if (text.front() == 'T' && !hours) {
      hours = true;
      text.remove_prefix(1);
      continue;
    }
    int64_t value = 0;
    if (!take_number(text, value) || text.empty()) return std::nullopt;
    char const unit = text.front();
    text.remove_prefix(1);
    any = true;
    if (!hours && unit == 'Y') {
      period.months += 12 * value;
    } else if (!hours && unit == 'M') {
      period.months += value;
    } else if (!hours && unit == 'W') {
      period.days += 7 * value;
    } else if (!hours && unit == 'D') {
      period.days += value;
    } else if (hours && unit == 'H') {
      period.seconds += 3600 * value;
    } else if (hours && unit == 'M') {
      period.seconds += 60 * value;
    } else if (hours && unit == 'S') {
      period.seconds += value;
    } else {
      return std::nullopt;
    }
  }
  if (!any) return std::nullopt;
  return period;
}

Date plus_months(Date date, int64_t months) {
  int64_t const count = int64_t{date.year} * 12 + static_cast<int64_t>(date.month) - 1 + months;
  int64_t const year = std::clamp<int64_t>(count / 12, 1, kMaxYears);
  int64_t const month = (count % 12 + 12) % 12 + 1;
  int64_t day = date.day;
  while (!valid_date(year, month, day)) --day;
  return {static_cast<int>(year), static_cast<unsigned>(month), static_cast<unsigned>(day)};
}

Date plus_days(Date date, int64_t days) {
  return date_from_days(
      std::clamp(days_from_date(date) + days, days_from_date({1, 1, 1}), days_from_date({9999, 12, 31})));
}

// The instant `sign` x period from `at_s`, by the calendar of the configured zone.
int64_t shifted(int64_t at_s, Period period, int sign) {
  Date const day = local_date(at_s);
  int64_t const clock_s = at_s - day_start_s(day);
  return day_start_s(plus_days(plus_months(day, sign * period.months), sign * period.days)) + clock_s +
         sign * period.seconds;
}

// Everything that one written point covers: a year, a month, a day, a minute or a second.
std::optional<Interval> parse_point(std::string_view text) {
  auto const number = [](std::string_view part, size_t digits) -> int64_t {
    int64_t value = 0;
    return part.size() == digits && take_number(part, value) && part.empty() ? value : -1;
  };
  if (text.size() == 4 || text.size() == 7) {
    int64_t const year = number(text.substr(0, 4), 4);
    int64_t const month = text.size() == 7 ? (text[4] == '-' ? number(text.substr(5), 2) : -1) : 1;
    if (year > kMaxYears || !valid_date(year, month, 1)) return std::nullopt;
    Date const first{static_cast<int>(year), static_cast<unsigned>(month), 1};
    return Interval{day_start_s(first), day_start_s(plus_months(first, text.size() == 7 ? 1 : 12))};
  }
  auto const time = parse_rfc3339(text);
  if (!time) return std::nullopt;
  int64_t const begin = instant_s(*time);
  if (time->precision == Time::Precision::day) {
    Date const day = date_from_days(time->local_s / 86400 - (time->local_s % 86400 < 0 ? 1 : 0));
    return Interval{begin, day_start_s(plus_days(day, 1))};
  }
  bool const to_the_minute = std::ranges::count(text.substr(text.find_first_of("Tt ")), ':') == 1;
  return Interval{begin, begin + (to_the_minute ? 60 : 1)};
}

}  // namespace

std::optional<Interval> parse_interval(std::string_view text, int64_t now_s) {
  size_t const slash = text.find('/');
  if (slash == std::string_view::npos) {
    if (auto const period = parse_period(text)) return Interval{shifted(now_s, *period, -1), now_s + 1};
    return parse_point(text);
  }
  std::string_view const left = text.substr(0, slash), right = text.substr(slash + 1);
  auto const left_period = parse_period(left), right_period = parse_period(right);
  auto const left_point = parse_point(left), right_point = parse_point(right);
  if (left_period && right.empty()) return Interval{shifted(now_s, *left_period, -1), now_s + 1};
  if (left_period && right_point) return Interval{shifted(right_point->to_s, *left_period, -1), right_point->to_s};
  if (left_point && right_period) return Interval{left_point->from_s, shifted(left_point->from_s, *right_period, 1)};
  if (left_point && right_point) return Interval{left_point->from_s, right_point->to_s};
  if (left_point && right.empty()) return Interval{left_point->from_s, kFarAhead};
  if (right_point && left.empty()) return Interval{kLongAgo, right_point->to_s};
  return std::nullopt;
}

}  // namespace vigie::query
