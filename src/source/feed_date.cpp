// Dates as feeds write them. RFC 822 (with RFC 1123's four-digit years) is read leniently: the day's name is not
// checked, "1 Jan 2004" and "Jan 1 2004" are both met, seconds and zone may be missing.
#include <array>
#include <charconv>
#include <vector>

#include "source/ascii.hpp"
#include "source/feed.hpp"

namespace vigie::source {
namespace {

using std::string_view;

constexpr std::array<string_view, 12> kMonths = {"jan", "feb", "mar", "apr", "may", "jun",
                                                 "jul", "aug", "sep", "oct", "nov", "dec"};

struct NamedZone {
  string_view name;
  int minutes;
};
// RFC 822's own, and the European ones feeds use.
constexpr std::array kZones = {
    NamedZone{"EST", -300}, NamedZone{"EDT", -240}, NamedZone{"CST", -360}, NamedZone{"CDT", -300},
    NamedZone{"MST", -420}, NamedZone{"MDT", -360}, NamedZone{"PST", -480}, NamedZone{"PDT", -420},
    NamedZone{"CET", 60},   NamedZone{"CEST", 120}, NamedZone{"MET", 60},   NamedZone{"MEST", 120},
    NamedZone{"BST", 60},   NamedZone{"WEST", 60},  NamedZone{"EET", 120},  NamedZone{"EEST", 180}};

std::vector<string_view> words(string_view text) {
  std::vector<string_view> out;
  while (out.size() < 12) {
    size_t const start = text.find_first_not_of(" \t\r\n,");
    if (start == string_view::npos) break;
    text.remove_prefix(start);
    size_t const end = std::min(text.find_first_of(" \t\r\n,"), text.size());
    out.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return out;
}

int month_of(string_view word) {
  for (size_t i = 0; i < kMonths.size(); ++i) {
    if (starts_nocase(word, kMonths[i])) return static_cast<int>(i) + 1;
  }
  return 0;
}

std::optional<int> number(string_view digits) {
  int value = 0;
  auto const [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  bool const clean = error == std::errc{} && end == digits.data() + digits.size() && is_digit(digits[0]);
  return clean ? std::optional(value) : std::nullopt;
}

// "18:42[:00]" as seconds; nullopt where out of range.
std::optional<int> clock(string_view word) {
  int parts[3] = {0, 0, 0}, count = 0;
  for (size_t at = 0; at <= word.size() && count < 3;) {
    size_t const colon = std::min(word.find(':', at), word.size());
    auto const value = number(word.substr(at, std::min(colon - at, word.find('.', at) - at)));
    if (!value) return std::nullopt;
    parts[count++] = *value;
    at = colon + 1;
  }
  if (count < 2 || parts[0] > 23 || parts[1] > 59 || parts[2] > 60) return std::nullopt;
  return parts[0] * 3600 + parts[1] * 60 + std::min(parts[2], 59);
}

// "+0200", "+02:00", "GMT", "EST"; false where it says nothing known, and then the zone stays unknown.
bool set_zone(string_view word, Time& time) {
  if (equal_nocase(word, "GMT") || equal_nocase(word, "UT") || equal_nocase(word, "UTC") || equal_nocase(word, "Z")) {
    time.zone = Time::Zone::utc;
    return true;
  }
  for (auto const& zone : kZones) {
    if (!equal_nocase(word, zone.name)) continue;
    time.zone = Time::Zone::offset;
    time.offset_minutes = static_cast<int16_t>(zone.minutes);
    return true;
  }
  if (starts_nocase(word, "GMT") || starts_nocase(word, "UTC")) word.remove_prefix(3);
  if (word.size() < 5 || (word[0] != '+' && word[0] != '-')) return false;
  auto const hours = number(word.substr(1, 2));
  auto const minutes = number(word.substr(word[3] == ':' ? 4 : 3));
  if (!hours || !minutes || *hours > 23 || *minutes > 59) return false;
  time.zone = Time::Zone::offset;
  time.offset_minutes = static_cast<int16_t>((word[0] == '-' ? -1 : 1) * (*hours * 60 + *minutes));
  return true;
}

int full_year(int year, size_t digits) {
  if (digits > 2) return year;
  return year < 70 ? 2000 + year : 1900 + year;
}

// "07-Sep-18" and "07/Sep/2018" into three words.
std::vector<string_view> split_dashes(std::vector<string_view> const& in) {
  std::vector<string_view> out;
  for (auto word : in) {
    bool const dated = !word.empty() && is_digit(word[0]) && word.find_first_of("-/") != string_view::npos;
    for (size_t cut; dated && (cut = word.find_first_of("-/")) != string_view::npos; word.remove_prefix(cut + 1)) {
      out.push_back(word.substr(0, cut));
    }
    out.push_back(word);
  }
  return out;
}

std::optional<Time> parse_rfc822(string_view text) {
  int day = 0, month = 0, year = 0;
  std::optional<int> seconds;
  Time time{.zone = Time::Zone::unknown};
  for (auto const word : split_dashes(words(text))) {
    if (word.empty()) continue;
    if (word.find(':') != string_view::npos && is_digit(word[0])) {
      if (!seconds) seconds = clock(word);
      if (!seconds) return std::nullopt;
    } else if (month == 0 && month_of(word) != 0) {
      month = month_of(word);
    } else if (auto const value = number(word)) {
      if (day == 0 && word.size() <= 2) {
        day = *value;
      } else if (year == 0) {
        year = full_year(*value, word.size());
      }
    } else if (seconds) {
      set_zone(word, time);
    }
  }
  if (!valid_date(year, month, day)) return std::nullopt;
  time.local_s =
      days_from_date({year, static_cast<unsigned>(month), static_cast<unsigned>(day)}) * 86400 + seconds.value_or(0);
  if (!seconds) time.precision = Time::Precision::day;
  return time;
}

}  // namespace

std::optional<Time> parse_feed_date(string_view text) {
  text = trim(text);
  if (text.size() > 100) return std::nullopt;
  if (auto const time = parse_rfc3339(text)) return time;
  return parse_rfc822(text);
}

}  // namespace vigie::source
