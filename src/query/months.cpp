#include "query/months.hpp"

#include <fmt/format.h>

#include "base/zone.hpp"

namespace vigie::query {
namespace {

int number_of(Date date) { return date.year * 12 + static_cast<int>(date.month) - 1; }
int year_of(int number) { return number >= 0 ? number / 12 : -((11 - number) / 12); }
unsigned month_of(int number) { return static_cast<unsigned>(number - year_of(number) * 12) + 1; }
Date first_of(int number) { return {year_of(number), month_of(number), 1}; }

}  // namespace

MonthCounter::Month MonthCounter::make(int number) const {
  Month month;
  auto const next = months_.find(number + 1);
  month.from_s = day_start_s(first_of(number));
  month.to_s = next != months_.end() ? next->second.from_s : day_start_s(first_of(number + 1));
  auto const days = days_from_date(first_of(number + 1)) - days_from_date(first_of(number));
  month.even = month.to_s - month.from_s == days * 86400;
  return month;
}

// News comes newest first: most often it is the month before.
MonthCounter::Month& MonthCounter::find(int64_t at_s) {
  constexpr int64_t kShortest = 27 * 86400;
  bool const before = last_ && at_s < last_->from_s && at_s >= last_->from_s - kShortest;
  int const number = before ? last_number_ - 1 : number_of(local_date(at_s));
  auto at = months_.find(number);
  if (at == months_.end()) at = months_.emplace(number, make(number)).first;
  last_number_ = number;
  last_ = &at->second;
  return *last_;
}

size_t MonthCounter::day_by_calendar(int64_t at_s) { return (local_date(at_s).day - 1) % 31; }

void MonthCounter::add(MonthCounter const& other) {
  for (auto const& [number, theirs] : other.months_) {
    auto const [at, fresh] = months_.emplace(number, theirs);
    if (fresh) continue;
    at->second.count += theirs.count;
    for (size_t day = 0; day < theirs.days.size(); ++day) at->second.days[day] += theirs.days[day];
  }
}

std::vector<index::ValueCount> MonthCounter::months() const {
  std::vector<index::ValueCount> out;
  for (auto at = months_.rbegin(); at != months_.rend(); ++at) {
    out.push_back({fmt::format("{:04}-{:02}", year_of(at->first), month_of(at->first)), at->second.count});
  }
  return out;
}

std::vector<index::ValueCount> MonthCounter::days() const {
  std::vector<index::ValueCount> out;
  for (auto at = months_.rbegin(); at != months_.rend(); ++at) {
    for (size_t day = at->second.days.size(); day-- > 0;) {
      if (at->second.days[day] == 0) continue;
      if (out.size() == most_days_) return {};
      out.push_back(
          {fmt::format("{:04}-{:02}-{:02}", year_of(at->first), month_of(at->first), day + 1), at->second.days[day]});
    }
  }
  return out;
}

}  // namespace vigie::query
