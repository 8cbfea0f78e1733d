// calendar.hpp: the days a text speaks of, word by word: "samedi 10 août", "10 août 2019", "August 10, 2019", "samedi".
// A day without a year is the nearest one to the article's; a weekday alone is the last one, or, with half the
// weight, the next. Threads: confined to one reading.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "kinship/trace.hpp"

namespace vigie::kinship {

// What a word means on a calendar; the value of kNone for most words.
struct CalendarWord {
  enum Kind : uint8_t { kNone, kWeekday, kMonth, kNumber } kind = kNone;
  uint16_t value = 0;  // weekday 0..6 from Monday; month 1..12; number as it stands, up to 9999
};
CalendarWord calendar_word(std::string_view folded);

class DayFinder {
 public:
  explicit DayFinder(int64_t time_s);
  // The next word of the text, and what a day found there weighs.
  void next(CalendarWord, uint8_t weight);
  void end_of_field();  // words before and after do not belong together
  // The kDaysMax heaviest, by day.
  std::vector<Day> take();

 private:
  void found(unsigned month, unsigned day, int year, uint8_t weight);
  void found_weekday(unsigned weekday, uint8_t weight);
  void add(int64_t day, unsigned weight);

  int64_t today_;
  CalendarWord before_[3];  // the words before, nearest first
  std::vector<std::pair<int32_t, unsigned>> days_;
};

}  // namespace vigie::kinship
