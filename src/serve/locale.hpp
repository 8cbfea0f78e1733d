// locale.hpp: the language of a page, and how French and English write dates, hours and numbers. French puts a narrow
// no-break space (U+202F) before : ; ! ? and inside numbers, and a no-break space inside « » (Imprimerie nationale).
// Threads: pure functions; the local clock is the configured zone's.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/time.hpp"

namespace vigie::serve {

enum class Language : uint8_t { french, english };

std::string_view code(Language);  // "fr", "en"

// The first of French and English that a browser wants most; French where it names neither. Source: RFC 9110, 12.5.4.
Language negotiate(std::string_view accept_language);

// A clock reading broken up: the source's own, or the configured zone's.
struct Clock {
  Date date;
  unsigned hour = 0, minute = 0;
};
Clock clock_of(Time);                // the source's own clock
Clock local_clock(int64_t epoch_s);  // the configured zone's

Time in_local_zone(Time);  // the same instant on the configured zone's clock; a day stays as it is

std::string long_day(Date, Language);             // "vendredi 7 septembre 2018" / "Friday 7 September 2018"
std::string short_day(Date, Language);            // "7 sept. 2018" / "7 Sep 2018"
std::string month_name(Date, Language);           // "septembre 2018" / "September 2018"
std::string hour_minute(Clock const&, Language);  // "18 h 42" / "18:42"
std::string long_time(Time, Language);            // "vendredi 7 septembre 2018 à 18 h 42"; a day stays a day
std::string zone_suffix(Time);                    // "UTC+2", "UTC"; empty for a day or an unknown zone
std::string grouped(uint64_t, Language);          // "12 345" / "12,345"
std::string percent(double share, Language);      // "83 %" / "83%" for 0.83
std::string byte_size(uint64_t, Language);        // "1,5 Mo" / "1.5 MB"
std::string duration(int64_t seconds, Language);  // "40 s", "12 min", "3 h 20 min", "5 jours" / "5 days"
std::string counted(uint64_t, std::string_view one, std::string_view many, Language);  // "2 articles"; French: 0 is one

// The name of a language in the page's language; the code itself where it is not in the table.
std::string language_name(std::string_view code, Language);
// Whether a string may stand in a lang attribute: letters, digits and "-", 2 to 16 of them.
bool is_language_tag(std::string_view);
// "rtl" or "ltr" for a language code.
std::string_view direction(std::string_view code);

}  // namespace vigie::serve
