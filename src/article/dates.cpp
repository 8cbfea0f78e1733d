#include "article/dates.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <unordered_map>

#include "article/strings.hpp"
#include "base/utf8.hpp"

namespace vigie::article {
namespace {

// The names of months as they are written in dates (genitives where a language has them), folded.
constexpr std::string_view kMonthNames[12]{
    "jan january janvier janv enero ene gennaio gen janeiro januar janner jaenner januari stycznia ledna ocak ianuarie "
    "sijecnja "
    "января січня януари",
    "feb february fevrier fevr fev febrero febbraio febbr fevereiro februar februari lutego unora subat februarie "
    "veljace "
    "февраля лютого февруари",
    "mar march mars marzo marco marz maerz mrz maart mrt marca brezna mart marts martie ozujka maret "
    "марта березня март",
    "apr april avril avr abril abr aprile kwietnia dubna nisan aprilie travnja "
    "апреля квітня април",
    "may mai mayo maggio mag maio mei maj maja kvetna mayis svibnja "
    "мая травня май",
    "jun june juin junio giugno giu junho juni czerwca cervna haziran iunie lipnja "
    "июня червня юни",
    "jul july juillet juil julio luglio lug julho juli lipca cervence temmuz iulie srpnja "
    "июля липня юли",
    "aug august aout agosto ago augustus augusti sierpnia srpna agustos avgust agustus kolovoza "
    "августа серпня август",
    "sep sept september septembre septiembre setiembre settembre set setembro wrzesnia zari eylul septembrie septembar "
    "rujna "
    "сентября вересня септември",
    "oct october octobre octubre ottobre ott outubro out okt oktober pazdziernika rijna ekim octombrie oktobar "
    "октября жовтня октомври",
    "nov november novembre noviembre novembro listopada listopadu kasim noiembrie novembar studenoga "
    "ноября листопада ноември",
    "dec december decembre diciembre dicembre dic dezembro dez dezember desember grudnia prosince aralik decembrie "
    "decembar prosinca "
    "декабря грудня декември",
};

// Steps over one date's parts. Copies are cheap: a failed branch just drops its copy.
class Scanner {
 public:
  Scanner(std::string_view text, size_t at) : text_(text), at_(at) {}
  size_t at() const { return at_; }
  bool done() const { return at_ >= text_.size(); }
  char peek(size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }

  bool take(char c) {
    if (peek() != c) return false;
    ++at_;
    return true;
  }
  bool take(std::string_view word) {
    if (!starts_with_nocase(text_.substr(std::min(at_, text_.size())), word)) return false;
    at_ += word.size();
    return true;
  }
  void skip_space() {
    while (at_ < text_.size()) {
      if (is_space(text_[at_])) {
        ++at_;
      } else if (peek() == '\xC2' && peek(1) == '\xA0') {
        at_ += 2;
      } else if (peek() == '\xE2' && peek(1) == '\x80' && peek(2) == '\xAF') {
        at_ += 3;
      } else {
        return;
      }
    }
  }
  // White space and any of these characters.
  void skip(std::string_view characters) {
    for (;;) {
      size_t const before = at_;
      skip_space();
      while (at_ < text_.size() && characters.find(text_[at_]) != std::string_view::npos) ++at_;
      if (at_ == before) return;
    }
  }
  // A run of `min` to `max` digits that does not go on.
  std::optional<int> number(size_t min, size_t max) {
    size_t n = 0;
    int value = 0;
    while (n <= max && is_digit(peek(n))) value = value * 10 + (peek(n++) - '0');
    if (n < min || n > max) return {};
    at_ += n;
    return value;
  }
  // Letters of any script up to the next other character.
  std::string_view word() {
    size_t const begin = at_;
    while (at_ < text_.size()) {
      auto const byte = static_cast<unsigned char>(text_[at_]);
      if (!is_alpha(text_[at_]) && byte < 0xC3) break;
      if (byte >= 0xC3 && byte < 0xE0) {
        at_ += std::min<size_t>(2, text_.size() - at_);
      } else if (byte >= 0x80) {
        break;
      } else {
        ++at_;
      }
    }
    return text_.substr(begin, at_ - begin);
  }

 private:
  std::string_view text_;
  size_t at_;
};

std::optional<Time> make_day(int64_t year, int64_t month, int64_t date) {
  if (year < 1980 || year > 2100 || !valid_date(year, month, date)) return {};
  Time t;
  t.local_s =
      days_from_date({static_cast<int>(year), static_cast<unsigned>(month), static_cast<unsigned>(date)}) * 86400;
  t.precision = Time::Precision::day;
  t.zone = Time::Zone::unknown;
  return t;
}

// "+02:00", "+0200", "Z", "UTC", "GMT" behind an hour.
void read_zone(Scanner& scan, Time& t) {
  Scanner s = scan;
  s.skip_space();
  if (s.take("UTC") || s.take("GMT") || (s.peek() == 'Z' && !is_alpha(s.peek(1)) && s.take('Z'))) {
    scan = s;
    t.zone = Time::Zone::utc;
    s.skip_space();
  }
  int const sign = s.peek() == '+' ? 1 : s.peek() == '-' ? -1 : 0;
  if (sign == 0 || !is_digit(s.peek(1))) return;
  s.take(s.peek());
  std::optional<int> hours, minutes = 0;
  if (auto both = Scanner(s).number(4, 4)) {
    s.number(4, 4);
    hours = *both / 100;
    minutes = *both % 100;
  } else if ((hours = s.number(1, 2)) && s.peek() == ':' && is_digit(s.peek(1))) {
    s.take(':');
    minutes = s.number(2, 2);
  }
  if (!hours || !minutes || *hours > 15 || *minutes > 59) return;
  t.zone = Time::Zone::offset;
  t.offset_minutes = static_cast<int16_t>(sign * (*hours * 60 + *minutes));
  scan = s;
}

bool take_meridiem(Scanner& s, int& hour) {
  Scanner m = s;
  m.skip_space();
  char const first = lower(m.peek());
  if (first != 'a' && first != 'p') return false;
  m.take(m.peek());
  m.take('.');
  if (lower(m.peek()) != 'm' || is_alpha(m.peek(1))) return false;
  m.take(m.peek());
  m.take('.');
  if (first == 'p' && hour < 12) hour += 12;
  if (first == 'a' && hour == 12) hour = 0;
  s = m;
  return true;
}

// The hour behind a day: ", 18:42", "à 18 h 42", "um 18.42 Uhr", "at 6:42 pm", "T18:42:00+02:00". Moves only on
// success.
void read_hour(Scanner& scan, Time& t) {
  static constexpr std::array<std::string_view, 19> kJoints{
      "\xC3\xA0s", "\xC3\xA0", "\xC3\x80", "a las", "a ", "at",  "um",           "alle ore",     "ore",     "alle",
      "om",        "as",       "h",        "T",     "de", "kl.", "\xE2\x80\x93", "\xE2\x80\x94", "\xC2\xB7"};
  Scanner s = scan;
  s.skip(",|-/(:.;");
  for (auto const joint : kJoints) {
    if (s.take(joint)) break;
  }
  s.skip(",|-/:");
  auto hour = s.number(1, 2);
  if (!hour || *hour > 24) return;
  int minute = 0, second = 0;
  bool sure = false;
  Scanner after = s;
  after.skip_space();
  char const mark = after.peek();
  if (mark == ':' || mark == '.' || mark == 'h' || mark == 'H' || mark == 'u') {
    after.take(mark);
    after.skip_space();
    bool const letter = mark == 'h' || mark == 'H' || mark == 'u';
    if (auto m = after.number(2, 2); m && *m < 60) {
      minute = *m;
      s = after;
      sure = true;
      if ((s.peek() == ':' || s.peek() == '.') && is_digit(s.peek(1))) {
        Scanner more = s;
        more.take(s.peek());
        if (auto sec = more.number(2, 2); sec && *sec < 60) {
          second = *sec;
          s = more;
          if (s.peek() == '.' && is_digit(s.peek(1))) {  // fractions
            s.take('.');
            while (is_digit(s.peek())) s.take(s.peek());
          }
        }
      }
    } else if (letter && (mark != 'u') && !is_alpha(after.peek())) {
      s = after;
      sure = true;
    }
  }
  sure = take_meridiem(s, *hour) || sure;
  if (!sure || *hour > 23) return;
  t.local_s += *hour * 3600 + minute * 60 + second;
  t.precision = Time::Precision::second;
  read_zone(s, t);
  scan = s;
}

void skip_ordinal(Scanner& s) {
  if (s.take("er") || s.take("st") || s.take("nd") || s.take("rd") || s.take("th") || s.take("\xC2\xBA") ||
      s.take("\xC2\xB0") || s.take('.')) {
    return;
  }
}

void skip_joint(Scanner& s) {
  s.skip(",-/.'");
  if ((s.peek() == 'd' || s.peek() == 'D' || s.peek() == 'o') && (s.take("de ") || s.take("del ") || s.take("of ")))
    s.skip_space();
}

std::optional<Time> year_of(Scanner& s, int month, int date) {
  if (auto year = s.number(4, 4)) return make_day(*year, month, date);
  return {};
}

// "7 septembre 2018", "7. September 2018", "7-Sep-2018", "7 de septiembre de 2018"
std::optional<Time> day_month_year(Scanner& s, int date) {
  skip_ordinal(s);
  skip_joint(s);
  unsigned const month = month_named(s.word());
  if (month == 0) return {};
  skip_joint(s);
  if (s.peek() == '\xE2' || s.peek() == '\xC2') s.skip_space();
  return year_of(s, static_cast<int>(month), date);
}

// "September 7, 2018", "Sept. 7th 2018"
std::optional<Time> month_day_year(Scanner& s, unsigned month) {
  s.skip(".,-/");
  auto const date = s.number(1, 2);
  if (!date) return {};
  skip_ordinal(s);
  s.skip(",.-/");
  return year_of(s, static_cast<int>(month), *date);
}

std::optional<Time> ideographic(Scanner& s, int year) {
  auto const take = [&](std::string_view mark) { return s.skip_space(), s.take(mark); };
  if (!take("\xE5\xB9\xB4") && !take("\xEB\x85\x84")) return {};
  s.skip_space();
  auto const month = s.number(1, 2);
  if (!month || (!take("\xE6\x9C\x88") && !take("\xEC\x9B\x94"))) return {};
  s.skip_space();
  auto const date = s.number(1, 2);
  if (!date || (!take("\xE6\x97\xA5") && !take("\xEC\x9D\xBC"))) return {};
  return make_day(year, *month, *date);
}

// "2018-09-07", "2018/9/7", "2018.09.07", with or without spaces around
std::optional<Time> year_month_day(Scanner& s, int year) {
  if (static_cast<unsigned char>(s.peek()) >= 0x80 ||
      (is_space(s.peek()) && static_cast<unsigned char>(s.peek(1)) >= 0x80)) {
    return ideographic(s, year);
  }
  char const separator = s.peek();
  if (separator != '-' && separator != '/' && separator != '.') return {};
  s.take(separator);
  s.skip_space();
  auto const month = s.number(1, 2);
  if (!month || !s.take(separator)) return {};
  s.skip_space();
  auto const date = s.number(1, 2);
  if (!date) return {};
  return make_day(year, *month, *date);
}

// "07.09.2018", "07/09/18", "9/7/2018"
std::optional<Time> numeric(Scanner& s, int first, DayOrder order) {
  char const separator = s.peek();
  if (separator != '.' && separator != '/' && separator != '-') return {};
  s.take(separator);
  if (separator == '.') s.skip_space();
  auto const second = s.number(1, 2);
  if (!second || !s.take(separator)) return {};
  if (separator == '.') s.skip_space();
  int date = first, month = *second;
  bool const american = order == DayOrder::month_first && separator != '.';
  if ((american && first <= 12) || month > 12) std::swap(date, month);
  if (auto year = Scanner(s).number(4, 4)) {
    s.number(4, 4);
    return make_day(*year, month, date);
  }
  if (separator == '-') return {};
  if (auto year = s.number(2, 2)) return make_day(*year + (*year < 70 ? 2000 : 1900), month, date);
  return {};
}

std::optional<Time> compact(std::string_view eight) {
  auto const part = [&](size_t at, size_t n) {
    int value = 0;
    for (char c : eight.substr(at, n)) value = value * 10 + (c - '0');
    return value;
  };
  return make_day(part(0, 4), part(4, 2), part(6, 2));
}

// A date that begins at `at`, which is a digit or a letter at the front of its word.
std::optional<FoundDate> date_at(std::string_view text, size_t at, DayOrder order) {
  Scanner s(text, at);
  std::optional<Time> t;
  auto const attempt = [&](auto&& read) {
    if (t) return;
    Scanner copy = s;
    t = read(copy);
    if (t) s = copy;
  };
  if (is_digit(text[at])) {
    if (auto four = Scanner(s).number(4, 4)) {
      attempt([&](Scanner& c) { return c.number(4, 4), year_month_day(c, *four); });
    } else if (auto two = Scanner(s).number(1, 2)) {
      attempt([&](Scanner& c) { return c.number(1, 2), numeric(c, *two, order); });
      attempt([&](Scanner& c) { return c.number(1, 2), day_month_year(c, *two); });
    }
  } else {
    Scanner behind = s;
    auto const word = behind.word();
    behind.skip(".,-/");
    if (!is_digit(behind.peek())) return {};  // most words go no further
    if (unsigned const month = month_named(word)) {
      attempt([&](Scanner& c) { return c.word(), month_day_year(c, month); });
    }
  }
  if (!t || is_digit(s.peek())) return {};
  read_hour(s, *t);
  return FoundDate{*t, at, s.at()};
}

std::optional<Time> from_epoch(std::string_view s) {
  int64_t n = 0;
  auto const [end, error] = std::from_chars(s.data(), s.data() + s.size(), n);
  if (error != std::errc() || end != s.data() + s.size()) return {};
  if (s.size() == 13) n /= 1000;
  return utc_from_epoch(n);
}

}  // namespace

unsigned month_named(std::string_view word) {
  if (word.size() < 3 || word.size() > 24) return 0;
  char buffer[32];
  size_t n = 0, at = 0;
  while (at < word.size()) {
    char32_t const c = fold_letter(next_code_point(word, at));
    if (c < 'a' || n + 4 > sizeof buffer) return 0;
    if (c < 0x80) {
      buffer[n++] = static_cast<char>(c);
    } else if (c >= 0x430 && c < 0x460) {  // Cyrillic
      buffer[n++] = static_cast<char>(0xC0 | c >> 6);
      buffer[n++] = static_cast<char>(0x80 | (c & 0x3F));
    } else {
      return 0;
    }
  }
  static auto const months = [] {
    std::unordered_map<std::string_view, unsigned> map;
    for (unsigned month = 1; month <= 12; ++month) {
      for (auto rest = kMonthNames[month - 1]; !rest.empty();) {
        size_t const end = std::min(rest.find(' '), rest.size());
        map.emplace(rest.substr(0, end), month);
        rest.remove_prefix(std::min(end + 1, rest.size()));
      }
    }
    return map;
  }();
  auto const found = months.find(std::string_view(buffer, n));
  return found == months.end() ? 0 : found->second;
}

std::optional<FoundDate> find_date(std::string_view text, size_t from, DayOrder order) {
  size_t end = text.size();  // behind the last digit, there is no date
  while (end > from && !is_digit(text[end - 1])) --end;
  bool inside = from > 0 && from <= text.size() && (is_digit(text[from - 1]) || is_alpha(text[from - 1]));
  for (size_t at = from; at < end; ++at) {
    char const c = text[at];
    bool const word = is_digit(c) || is_alpha(c) || static_cast<unsigned char>(c) >= 0xC3;
    bool const starts = word && (!inside || (is_digit(c) && at > 0 && !is_digit(text[at - 1])));
    inside = word;
    if (!starts || (!is_digit(c) && !is_alpha(c))) continue;
    if (auto found = date_at(text, at, order)) return found;
  }
  return {};
}

std::optional<Time> read_date_field(std::string_view text, DayOrder order) {
  text = trim(text);
  if (text.empty() || text.size() > 400) return {};
  if (auto t = parse_rfc3339(text)) {
    int const year = date_from_days(t->local_s >= 0 ? t->local_s / 86400 : -1).year;
    return year >= 1980 && year <= 2100 ? t : std::nullopt;
  }
  bool const digits = std::all_of(text.begin(), text.end(), is_digit);
  if (digits && (text.size() == 10 || text.size() == 13)) return from_epoch(text);
  if (digits && (text.size() == 8 || text.size() == 12 || text.size() == 14)) {
    auto t = compact(text);
    if (t && text.size() > 8) {
      auto const two = [&](size_t at) { return (text[at] - '0') * 10 + (text[at + 1] - '0'); };
      t->local_s += two(8) * 3600 + two(10) * 60 + (text.size() == 14 ? two(12) : 0);
      t->precision = Time::Precision::second;
    }
    return t;
  }
  if (text.size() >= 15 && text[8] == 'T' && std::all_of(text.begin(), text.begin() + 8, is_digit)) {
    return compact(text.substr(0, 8));
  }
  auto const found = find_date(text, 0, order);
  return found ? std::optional(found->time) : std::nullopt;
}

}  // namespace vigie::article
