#include "article/relative_date.hpp"

#include <algorithm>
#include <charconv>
#include <span>
#include <vector>

namespace vigie::article {
namespace {

using std::string_view;
using Words = std::span<string_view const>;

constexpr size_t kWordsMax = 16;
constexpr int64_t kMinute = 60, kHour = 3600, kDay = 86400;

bool is_one_of(string_view word, std::initializer_list<string_view> list) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// "About", "less than": what changes no day.
bool is_roughly(string_view word) {
  return is_one_of(
      word, {"environ", "moins", "plus",  "de",    "d",     "about",   "almost",   "less",   "more", "than",  "over",
             "etwa",    "rund",  "knapp", "circa", "ca",    "weniger", "mehr",     "als",    "casi", "menos", "mas",
             "meno",    "piu",   "quasi", "quase", "cerca", "mais",    "ongeveer", "minder", "meer", "dan"});
}

// "14h05" is three words.
std::vector<string_view> words_of(string_view line) {
  std::vector<string_view> out;
  while (!line.empty() && out.size() <= kWordsMax) {
    bool const digits = is_digit(line.front());
    auto const end = static_cast<size_t>(
        std::find_if(line.begin(), line.end(), [&](char c) { return c == ' ' || is_digit(c) != digits; }) -
        line.begin());
    if (end > 0) out.push_back(line.substr(0, end));
    line.remove_prefix(end);
    line.remove_prefix(line.starts_with(' ') ? 1 : 0);
  }
  return out;
}

// 0 where it is no number.
int64_t number(string_view word) {
  if (is_one_of(word, {"a", "an", "une", "un", "einer", "einem", "una", "uma", "um", "een", "uno"})) return 1;
  if (is_one_of(word, {"deux", "two", "zwei", "dos", "due", "dois", "duas", "twee"})) return 2;
  if (is_one_of(word, {"trois", "three", "drei", "tres", "tre", "drie"})) return 3;
  int64_t value = 0;
  auto const [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
  return error == std::errc() && end == word.data() + word.size() && value > 0 && value < 1000 ? value : 0;
}

bool is_some(string_view word) {
  return is_one_of(word, {"quelques", "few", "wenigen", "einigen", "unos", "algunos", "pochi", "alcuni", "alguns",
                          "poucos", "enkele", "paar"});
}

// Seconds; 0 where it is none.
int64_t unit(string_view word) {
  if (is_one_of(word, {"second", "seconds", "sec", "seconde", "secondes", "instants", "moments", "sekunde", "sekunden",
                       "segundo", "segundos", "instantes", "secondo", "secondi", "seconden"}))
    return 1;
  if (is_one_of(word, {"minute", "minutes", "min", "mins", "m", "minuten", "minuto", "minutos", "minuti", "minuut"}))
    return kMinute;
  if (is_one_of(word, {"hour", "hours", "hr", "hrs", "heure", "heures", "h", "std", "stunde", "stunden", "hora",
                       "horas", "ora", "ore", "uur", "uren"}))
    return kHour;
  if (is_one_of(word, {"day", "days", "jour", "jours", "j", "tag", "tage", "tagen", "dia", "dias", "giorno", "giorni",
                       "dag", "dagen"}))
    return kDay;
  if (is_one_of(word, {"week", "weeks", "semaine", "semaines", "woche", "wochen", "semana", "semanas", "settimana",
                       "settimane", "weken"}))
    return 7 * kDay;
  return 0;
}

bool is_publishing(string_view word) {
  return is_one_of(word, {"publie",   "publiee",   "poste",     "paru",    "mis",        "en",
                          "ligne",    "le",        "published", "posted",  "on",         "first",
                          "last",     "derniere",  "mise",      "zuletzt", "ultima",     "veroffentlicht",
                          "erstellt", "publicado", "publicada", "el",      "pubblicato", "gepubliceerd",
                          "geplaatst"});
}

bool is_of_change(string_view word) {
  return is_one_of(word, {"updated", "update", "modified", "edited", "jour", "modifie", "actualise", "aktualisiert",
                          "geandert", "actualizado", "actualizada", "modificado", "aggiornato", "modificato",
                          "atualizado", "atualizada", "bijgewerkt", "gewijzigd"});
}

// What may stand between a day and its hour.
bool is_of_clock(string_view word) {
  return is_digit(word.front()) || is_one_of(word, {"a",   "at",  "h",    "um",  "uhr", "las", "la",  "alle", "ore",
                                                    "as",  "om",  "uur",  "am",  "pm",  "min", "hrs", "hs",   "gmt",
                                                    "utc", "cet", "cest", "bst", "est", "edt", "pst", "pdt",  "et"});
}

bool is_of_author(string_view word) { return is_one_of(word, {"by", "par", "von", "por", "di", "da", "door"}); }

// The days back that the first words name, and how many words that takes; 0 words where they name none.
struct DayName {
  size_t words;
  int64_t days;
};
DayName day_named(Words words) {
  auto const second = words.size() > 1 ? words[1] : string_view();
  if (words[0] == "aujourd" && second == "hui") return {2, 0};
  if (words[0] == "avant" && second == "hier") return {2, 2};
  if (words[0] == "altro" && second == "ieri") return {2, 2};
  if ((words[0] == "just" && second == "now") || (words[0] == "l" && second == "instant")) return {2, 0};
  if ((words[0] == "gerade" && second == "eben") ||
      (is_one_of(words[0], {"ahora", "agora"}) && second.starts_with("m")))
    return {2, 0};
  if (is_one_of(words[0], {"today", "heute", "hoy", "oggi", "hoje", "vandaag", "zojuist"})) return {1, 0};
  if (is_one_of(words[0], {"yesterday", "hier", "gestern", "ayer", "ieri", "ontem", "gisteren"})) return {1, 1};
  if (is_one_of(words[0], {"vorgestern", "anteayer", "altroieri", "anteontem", "eergisteren"})) return {1, 2};
  return {0, 0};
}

// "Published yesterday at 14:05 by ...": a day's name among words that belong to it, and no others.
std::optional<int64_t> by_day_name(Words words, bool marked) {
  bool hour = false, publishing = false;
  std::optional<int64_t> days;
  for (size_t i = 0; i < words.size(); ++i) {
    if (days && is_of_author(words[i])) break;
    auto const day = days ? DayName{0, 0} : day_named(words.subspan(i));
    if (day.words > 0) {
      days = day.days;
      i += day.words - 1;
    } else if (!days && (is_publishing(words[i]) || is_of_change(words[i]))) {
      publishing = true;
    } else if (is_of_clock(words[i])) {
      hour = hour || (days && is_digit(words[i].front()));
    } else {
      return {};
    }
  }
  if (!days || !(hour || publishing || marked)) return {};
  return *days * kDay;
}

// "3 hours ago", "il y a 3 heures".
std::optional<int64_t> by_number(Words words) {
  for (size_t i = 0; i + 1 < words.size(); ++i) {
    bool const some = is_some(words[i]);
    auto const count = number(words[i]);
    if (!some && count == 0) continue;  // most words
    int64_t const of_one = unit(words[i + 1]);
    int64_t const seconds = some && of_one <= kMinute ? of_one : count * of_one;
    if (seconds == 0) continue;
    size_t const article = i > 0 && some && is_one_of(words[i - 1], {"a", "een"}) ? 1 : 0;
    size_t const begin = i - article;
    bool const before =
        begin > 0 && (is_one_of(words[begin - 1], {"vor", "hace", "ha"}) ||
                      (begin > 2 && words[begin - 3] == "il" && words[begin - 2] == "y" && words[begin - 1] == "a"));
    bool const behind = i + 2 < words.size() && is_one_of(words[i + 2], {"ago", "fa", "geleden", "atras"});
    if (before || behind) return seconds;
  }
  return {};
}

}  // namespace

std::optional<CountedBack> count_back(string_view folded, bool marked) {
  auto const words = words_of(folded);
  if (words.empty() || words.size() > kWordsMax) return {};
  auto exact = words;
  std::erase_if(exact, is_roughly);
  auto const seconds = by_number(exact);
  auto const back = seconds ? seconds : by_day_name(words, marked);
  if (!back) return {};
  // Of the first words alone: behind them "jour" is what "il y a un jour" counts in.
  bool const change =
      std::any_of(words.begin(), words.begin() + std::min<ptrdiff_t>(4, std::ssize(words)), is_of_change);
  return CountedBack{*back, change};
}

}  // namespace vigie::article
