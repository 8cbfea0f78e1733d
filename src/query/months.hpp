// months.hpp: instants counted by month and day of the configured time zone, as `date:` reads them. The calendar is
// asked once a month: within one whose days all have 24 hours, days are told apart by division.
// Threads: confined to one query. Cost: instants of one month in a row are cheap; another month takes a microsecond.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <vector>

#include "index/snapshot.hpp"

namespace vigie::query {

class MonthCounter {
 public:
  explicit MonthCounter(size_t most_days) : most_days_(most_days) {}

  void count(int64_t at_s) {
    Month& month = at(at_s);
    ++month.count;
    ++month.days[day_of(month, at_s)];
  }

  // Adds what another counted.
  void add(MonthCounter const&);

  std::vector<index::ValueCount> months() const;  // "2018-09", newest first
  std::vector<index::ValueCount> days() const;  // "2018-09-07", newest first; none where there are more than most_days

 private:
  struct Month {
    int64_t from_s = 0, to_s = 0;
    bool even = true;  // its days have 24 hours
    uint64_t count = 0;
    std::array<uint64_t, 31> days{};
  };
  Month& at(int64_t at_s) { return last_ && at_s >= last_->from_s && at_s < last_->to_s ? *last_ : find(at_s); }
  Month& find(int64_t at_s);
  Month make(int number) const;
  size_t day_of(Month const& month, int64_t at_s) const {
    auto const day = static_cast<size_t>((at_s - month.from_s) / 86400);
    return month.even && day < month.days.size() ? day : day_by_calendar(at_s);
  }
  static size_t day_by_calendar(int64_t at_s);

  size_t const most_days_;
  std::map<int, Month> months_;  // by year x 12 + month - 1
  Month* last_ = nullptr;
  int last_number_ = 0;
};

}  // namespace vigie::query
