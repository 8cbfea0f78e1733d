// dates.hpp: days and hours written for people or machines: "vendredi 7 septembre 2018 à 18 h 42", "Sept. 7, 2018 6:42
// pm", "07.09.2018, 18:42 Uhr", "2018-09-07T18:42:00+02:00", "20180907". French, English, German, Spanish, Italian,
// Portuguese, Dutch, and numeric forms; the months of some dozen more languages; Chinese and Japanese 年月日. No
// regular expressions: one pass over the text. Threads: pure functions.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "base/time.hpp"

namespace vigie::article {

enum class DayOrder : uint8_t { day_first, month_first };  // how 05/04/2020 is read

struct FoundDate {
  Time time;
  size_t begin = 0, end = 0;  // bytes of the text it was written in, its hour included
};

// The first date at or after `from`. Years 1980..2100 only: news. A date needs its year.
std::optional<FoundDate> find_date(std::string_view text, size_t from = 0, DayOrder = DayOrder::day_first);

// A machine's field (meta content, datetime attribute, JSON-LD): RFC 3339 and its usual misspellings, RFC 822, seconds
// or milliseconds since 1970, else the first written date of the text. The offset is kept as it was given.
std::optional<Time> read_date_field(std::string_view text, DayOrder = DayOrder::day_first);

// The month a word names in any of the languages (whole names and usual abbreviations, accents optional); 0 for none.
unsigned month_named(std::string_view word);

}  // namespace vigie::article
