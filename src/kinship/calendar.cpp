#include "kinship/calendar.hpp"

#include <absl/container/flat_hash_map.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>

#include "base/time.hpp"

namespace vigie::kinship {
namespace {

constexpr int64_t kDaySeconds = 86'400;
constexpr size_t kFoundMax = 4096;  // of one article

struct Named {
  std::string_view name;
  CalendarWord word;
};
constexpr CalendarWord weekday(uint16_t value) { return {CalendarWord::kWeekday, value}; }
constexpr CalendarWord month(uint16_t value) { return {CalendarWord::kMonth, value}; }

// "may" is left out: in English it is a verb more often than a month.
constexpr Named kNames[] = {
    {"lundi", weekday(0)},    {"mardi", weekday(1)},     {"mercredi", weekday(2)}, {"jeudi", weekday(3)},
    {"vendredi", weekday(4)}, {"samedi", weekday(5)},    {"dimanche", weekday(6)}, {"monday", weekday(0)},
    {"tuesday", weekday(1)},  {"wednesday", weekday(2)}, {"thursday", weekday(3)}, {"friday", weekday(4)},
    {"saturday", weekday(5)}, {"sunday", weekday(6)},    {"janvier", month(1)},    {"fevrier", month(2)},
    {"mars", month(3)},       {"avril", month(4)},       {"mai", month(5)},        {"juin", month(6)},
    {"juillet", month(7)},    {"aout", month(8)},        {"septembre", month(9)},  {"octobre", month(10)},
    {"novembre", month(11)},  {"decembre", month(12)},   {"january", month(1)},    {"february", month(2)},
    {"march", month(3)},      {"april", month(4)},       {"june", month(6)},       {"july", month(7)},
    {"august", month(8)},     {"september", month(9)},   {"october", month(10)},   {"november", month(11)},
    {"december", month(12)},
};

int64_t day_of(int64_t time_s) { return time_s / kDaySeconds - (time_s % kDaySeconds < 0); }

}  // namespace

CalendarWord calendar_word(std::string_view folded) {
  if (folded.empty() || folded.size() > 9) return {};
  if (folded[0] >= '0' && folded[0] <= '9') {
    if (folded == "1er") return {CalendarWord::kNumber, 1};
    unsigned value = 0;
    auto const [end, error] = std::from_chars(folded.data(), folded.data() + folded.size(), value);
    bool const whole = error == std::errc{} && end == folded.data() + folded.size() && value <= 9999;
    return whole ? CalendarWord{CalendarWord::kNumber, static_cast<uint16_t>(value)} : CalendarWord{};
  }
  auto const at = std::ranges::find(kNames, folded, &Named::name);
  return at != std::end(kNames) ? at->word : CalendarWord{};
}

DayFinder::DayFinder(int64_t time_s) : today_(day_of(time_s)) {}

void DayFinder::next(CalendarWord word, uint8_t weight) {
  auto const& [last, second, third] = before_;
  using enum CalendarWord::Kind;
  bool const year = word.kind == kNumber && word.value >= 1900 && word.value < 2200;
  if (year && last.kind == kMonth && second.kind == kNumber) found(last.value, second.value, word.value, weight);
  if (year && last.kind == kNumber && second.kind == kMonth) found(second.value, last.value, word.value, weight);
  if (!year && last.kind == kMonth && second.kind == kNumber) found(last.value, second.value, 0, weight);
  if (!year && last.kind == kNumber && second.kind == kMonth && third.kind != kNumber)
    found(second.value, last.value, 0, weight);
  if (last.kind == kWeekday && word.kind != kNumber && word.kind != kMonth) found_weekday(last.value, weight);
  before_[2] = before_[1], before_[1] = before_[0], before_[0] = word;
}

void DayFinder::end_of_field() {
  next({}, 1);
  before_[0] = before_[1] = before_[2] = {};
}

void DayFinder::found(unsigned month, unsigned day, int year, uint8_t weight) {
  int const here = date_from_days(today_).year;
  int64_t best = 0;
  bool any = false;
  for (int y = year ? year : here - 1; y <= (year ? year : here + 1); ++y) {
    if (!valid_date(y, month, day)) continue;
    int64_t const candidate = days_from_date({y, month, day});
    if (!any || std::abs(candidate - today_) < std::abs(best - today_)) best = candidate, any = true;
  }
  if (any) add(best, 4u * weight);
}

void DayFinder::found_weekday(unsigned weekday, uint8_t weight) {
  int64_t const today = ((today_ + 3) % 7 + 7) % 7;  // 1970-01-01 was a Thursday
  int64_t const back = (today - weekday + 7) % 7;
  add(today_ - back, 2u * weight);
  if (back != 0) add(today_ - back + 7, weight);
}

void DayFinder::add(int64_t day, unsigned weight) {
  if (days_.size() < kFoundMax && std::abs(day) < 4'000'000) days_.emplace_back(static_cast<int32_t>(day), weight);
}

std::vector<Day> DayFinder::take() {
  std::ranges::sort(days_);
  std::vector<Day> days;
  for (auto const& [day, weight] : days_) {
    if (days.empty() || days.back().day != day) days.push_back({day, 0});
    days.back().weight = static_cast<uint8_t>(std::min<unsigned>(255, days.back().weight + weight));
  }
  if (days.size() > kDaysMax) {
    std::ranges::stable_sort(days, std::greater{}, &Day::weight);
    days.resize(kDaysMax);
    std::ranges::sort(days, {}, &Day::day);
  }
  return days;
}

}  // namespace vigie::kinship
