#include "serve/locale.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <ctime>

#include "base/zone.hpp"

namespace vigie::serve {
namespace {

constexpr std::string_view kNarrow = "\u202F";   // narrow no-break space
constexpr std::string_view kNoBreak = "\u00A0";  // no-break space

constexpr std::array<std::string_view, 7> kDaysFr = {"dimanche", "lundi",    "mardi", "mercredi",
                                                     "jeudi",    "vendredi", "samedi"};
constexpr std::array<std::string_view, 7> kDaysEn = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                                     "Thursday", "Friday", "Saturday"};
constexpr std::array<std::string_view, 12> kMonthsFr = {"janvier",   "février", "mars",     "avril",
                                                        "mai",       "juin",    "juillet",  "août",
                                                        "septembre", "octobre", "novembre", "décembre"};
constexpr std::array<std::string_view, 12> kMonthsEn = {"January",   "February", "March",    "April",
                                                        "May",       "June",     "July",     "August",
                                                        "September", "October",  "November", "December"};
constexpr std::array<std::string_view, 12> kShortFr = {"janv.", "févr.", "mars",  "avr.", "mai",  "juin",
                                                       "juil.", "août",  "sept.", "oct.", "nov.", "déc."};

std::string_view month(Date date, Language language) {
  return (language == Language::french ? kMonthsFr : kMonthsEn)[date.month - 1];
}

// "1er" in French, figures otherwise.
std::string day_number(Date date, Language language) {
  return language == Language::french && date.day == 1 ? "1er" : std::to_string(date.day);
}

int64_t floor_div(int64_t a, int64_t b) { return a / b - (a % b < 0); }

Clock clock_from_seconds(int64_t local_s) {
  auto const days = floor_div(local_s, 86400);
  auto const rest = static_cast<unsigned>(local_s - days * 86400);
  return {date_from_days(days), rest / 3600, rest / 60 % 60};
}

struct LanguageName {
  std::string_view code, fr, en;
};
constexpr LanguageName kLanguages[] = {
    {"ar", "arabe", "Arabic"},        {"bg", "bulgare", "Bulgarian"},
    {"br", "breton", "Breton"},       {"ca", "catalan", "Catalan"},
    {"cs", "tchèque", "Czech"},       {"da", "danois", "Danish"},
    {"de", "allemand", "German"},     {"el", "grec", "Greek"},
    {"en", "anglais", "English"},     {"es", "espagnol", "Spanish"},
    {"eu", "basque", "Basque"},       {"fa", "persan", "Persian"},
    {"fi", "finnois", "Finnish"},     {"fr", "français", "French"},
    {"he", "hébreu", "Hebrew"},       {"hi", "hindi", "Hindi"},
    {"hr", "croate", "Croatian"},     {"hu", "hongrois", "Hungarian"},
    {"hy", "arménien", "Armenian"},   {"it", "italien", "Italian"},
    {"ja", "japonais", "Japanese"},   {"ka", "géorgien", "Georgian"},
    {"ko", "coréen", "Korean"},       {"nl", "néerlandais", "Dutch"},
    {"no", "norvégien", "Norwegian"}, {"oc", "occitan", "Occitan"},
    {"pl", "polonais", "Polish"},     {"pt", "portugais", "Portuguese"},
    {"ro", "roumain", "Romanian"},    {"ru", "russe", "Russian"},
    {"sk", "slovaque", "Slovak"},     {"sr", "serbe", "Serbian"},
    {"sv", "suédois", "Swedish"},     {"th", "thaï", "Thai"},
    {"tr", "turc", "Turkish"},        {"uk", "ukrainien", "Ukrainian"},
    {"ur", "ourdou", "Urdu"},         {"vi", "vietnamien", "Vietnamese"},
    {"zh", "chinois", "Chinese"},
};

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

double quality(std::string_view parameters) {
  auto const at = parameters.find("q=");
  if (at == parameters.npos) return 1;
  double value = 0;
  auto const digits = parameters.substr(at + 2);
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

}  // namespace

std::string_view code(Language language) { return language == Language::french ? "fr" : "en"; }

Language negotiate(std::string_view header) {
  double french = -1, english = -1;
  for (int ranges = 0; !header.empty() && ranges < 64; ++ranges) {
    auto const range = header.substr(0, header.find(','));
    header.remove_prefix(std::min(header.size(), range.size() + 1));
    auto const semicolon = range.find(';');
    auto const tag = trimmed(range.substr(0, semicolon));
    auto const primary = tag.substr(0, tag.find('-'));
    double const q = semicolon == range.npos ? 1 : quality(range.substr(semicolon));
    if (primary == "fr" || primary == "FR") french = std::max(french, q);
    if (primary == "en" || primary == "EN") english = std::max(english, q);
  }
  return english > french && english > 0 ? Language::english : Language::french;
}

Clock clock_of(Time time) { return clock_from_seconds(time.local_s); }

Clock local_clock(int64_t epoch_s) {
  std::tm clock{};
  std::time_t const at = epoch_s;
  localtime_r(&at, &clock);
  return {{clock.tm_year + 1900, static_cast<unsigned>(clock.tm_mon + 1), static_cast<unsigned>(clock.tm_mday)},
          static_cast<unsigned>(clock.tm_hour),
          static_cast<unsigned>(clock.tm_min)};
}

Time in_local_zone(Time time) {
  if (time.precision == Time::Precision::day) return time;
  auto const instant = instant_s(time);
  auto const [date, hour, minute] = local_clock(instant);
  Time out;
  out.local_s = days_from_date(date) * 86400 + hour * 3600 + minute * 60 + (instant % 60 + 60) % 60;
  auto const offset = (out.local_s - instant) / 60;
  out.zone = offset == 0 ? Time::Zone::utc : Time::Zone::offset;
  out.offset_minutes = static_cast<int16_t>(offset);
  return out;
}

std::string long_day(Date date, Language language) {
  auto const weekday = static_cast<size_t>(((days_from_date(date) + 4) % 7 + 7) % 7);  // 1970-01-01 was a Thursday
  std::string out((language == Language::french ? kDaysFr : kDaysEn)[weekday]);
  return out + ' ' + day_number(date, language) + std::string(kNoBreak) + month_name(date, language);
}

std::string short_day(Date date, Language language) {
  auto const name = language == Language::french ? kShortFr[date.month - 1] : month(date, language).substr(0, 3);
  return day_number(date, language) + std::string(kNoBreak) + std::string(name) + std::string(kNoBreak) +
         std::to_string(date.year);
}

std::string month_name(Date date, Language language) {
  return std::string(month(date, language)) + ' ' + std::to_string(date.year);
}

std::string hour_minute(Clock const& clock, Language language) {
  char const tens = static_cast<char>('0' + clock.minute / 10), ones = static_cast<char>('0' + clock.minute % 10);
  if (language == Language::french) {
    return std::to_string(clock.hour) + std::string(kNoBreak) + "h" + std::string(kNoBreak) + tens + ones;
  }
  return (clock.hour < 10 ? "0" : "") + std::to_string(clock.hour) + ':' + tens + ones;
}

std::string long_time(Time time, Language language) {
  auto const clock = clock_of(time);
  auto const day = long_day(clock.date, language);
  if (time.precision == Time::Precision::day) return day;
  return day + (language == Language::french ? " à " : " at ") + hour_minute(clock, language);
}

std::string zone_suffix(Time time) {
  if (time.precision == Time::Precision::day || time.zone == Time::Zone::unknown) return {};
  int const offset = time.zone == Time::Zone::offset ? time.offset_minutes : 0;
  if (offset == 0) return "UTC";
  int const size = offset < 0 ? -offset : offset;
  std::string out = offset < 0 ? "UTC\u2212" : "UTC+";
  out += std::to_string(size / 60);
  if (size % 60 != 0) out += (size % 60 < 10 ? ":0" : ":") + std::to_string(size % 60);
  return out;
}

std::string percent(double share, Language language) {
  auto const whole = static_cast<int>(std::lround(std::clamp(share, 0.0, 1.0) * 100));
  return std::to_string(whole) + (language == Language::french ? "\u00A0%" : "%");
}

std::string grouped(uint64_t value, Language language) {
  auto const digits = std::to_string(value);
  std::string out;
  for (size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) out += language == Language::french ? kNarrow : ",";
    out += digits[i];
  }
  return out;
}

std::string byte_size(uint64_t bytes, Language language) {
  bool const french = language == Language::french;
  constexpr std::array<std::string_view, 5> kFr = {"octets", "Ko", "Mo", "Go", "To"};
  constexpr std::array<std::string_view, 5> kEn = {"bytes", "kB", "MB", "GB", "TB"};
  size_t unit = 0;
  uint64_t whole = bytes, tenth = 0;
  while (whole >= 1000 && unit + 1 < kFr.size()) {
    tenth = whole % 1000 / 100;
    whole /= 1000;
    ++unit;
  }
  std::string out = grouped(whole, language);
  if (unit > 0 && whole < 100) out += (french ? "," : ".") + std::to_string(tenth);
  return out + std::string(kNoBreak) + std::string((french ? kFr : kEn)[unit]);
}

std::string duration(int64_t seconds, Language language) {
  auto const with = [](int64_t count, std::string_view unit) {
    return std::to_string(count) + std::string(kNoBreak) + std::string(unit);
  };
  if (seconds < 60) return with(std::max<int64_t>(seconds, 0), "s");
  int64_t const minutes = seconds / 60, hours = minutes / 60;
  if (hours == 0) return with(minutes, "min");
  if (hours >= 48) return with(hours / 24, language == Language::french ? "jours" : "days");
  return with(hours, "h") + (minutes % 60 == 0 ? "" : std::string(kNoBreak) + with(minutes % 60, "min"));
}

std::string counted(uint64_t count, std::string_view one, std::string_view many, Language language) {
  bool const singular = count == 1 || (count == 0 && language == Language::french);
  return grouped(count, language) + std::string(kNoBreak) + std::string(singular ? one : many);
}

std::string language_name(std::string_view code, Language language) {
  for (auto const& entry : kLanguages) {
    if (entry.code == code) return std::string(language == Language::french ? entry.fr : entry.en);
  }
  return std::string(code);
}

bool is_language_tag(std::string_view tag) {
  return tag.size() >= 2 && tag.size() <= 16 && std::all_of(tag.begin(), tag.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
         });
}

std::string_view direction(std::string_view code) {
  auto const primary = code.substr(0, code.find('-'));
  constexpr std::string_view kRightToLeft[] = {"ar", "fa", "he", "iw", "ur", "ps", "yi", "ug", "sd", "ckb", "dv"};
  return std::find(std::begin(kRightToLeft), std::end(kRightToLeft), primary) != std::end(kRightToLeft) ? "rtl" : "ltr";
}

}  // namespace vigie::serve
