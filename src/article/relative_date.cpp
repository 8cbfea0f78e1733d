#include "article/relative_date.hpp"

#include <algorithm>
#include <charconv>
#include <vector>

namespace vigie::article {
namespace {

using std::string_view;

constexpr size_t kWordsMax = 12;

bool is_one_of(string_view word, std::initializer_list<string_view> list) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

std::vector<string_view> words_of(string_view line) {
  std::vector<string_view> out;
  while (!line.empty() && out.size() <= kWordsMax) {
    size_t const end = std::min(line.find(' '), line.size());
    if (end > 0) out.push_back(line.substr(0, end));
    line.remove_prefix(std::min(end + 1, line.size()));
  }
  return out;
}

// 0 where it is no number.
int64_t number(string_view word) {
  if (is_one_of(word, {"a", "an", "une", "un", "einer", "einem", "una", "uma", "um", "een"})) return 1;
  if (is_one_of(word, {"deux", "two", "zwei", "dos", "due", "dois", "duas", "twee"})) return 2;
  int64_t value = 0;
  auto const [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
  return error == std::errc() && end == word.data() + word.size() && value > 0 && value < 1000 ? value : 0;
}

// Seconds; 0 where it is none.
int64_t unit(string_view word) {
  if (is_one_of(word, {"minute", "minutes", "min", "mins", "minuten", "minuto", "minutos", "minuti", "minuut"}))
    return 60;
  if (is_one_of(word, {"hour", "hours", "hr", "hrs", "heure", "heures", "h", "std", "stunde", "stunden", "hora",
                       "horas", "ora", "ore", "uur", "uren"}))
    return 3600;
  if (is_one_of(word, {"day", "days", "jour", "jours", "tag", "tage", "tagen", "dia", "dias", "giorno", "giorni", "dag",
                       "dagen"}))
    return 86400;
  if (is_one_of(word, {"week", "weeks", "semaine", "semaines", "woche", "wochen", "semana", "semanas", "settimana",
                       "settimane", "weken"}))
    return 7 * 86400;
  return 0;
}

}  // namespace

std::optional<int64_t> seconds_ago(string_view folded) {
  auto const words = words_of(folded);
  if (words.size() > kWordsMax) return {};
  for (size_t i = 0; i + 1 < words.size(); ++i) {
    int64_t const seconds = number(words[i]) * unit(words[i + 1]);
    if (seconds == 0) continue;
    bool const before = i > 0 && (is_one_of(words[i - 1], {"vor", "hace", "ha"}) ||
                                  (i > 2 && words[i - 3] == "il" && words[i - 2] == "y" && words[i - 1] == "a"));
    bool const behind = i + 2 < words.size() && is_one_of(words[i + 2], {"ago", "fa", "geleden", "atras"});
    if (before || behind) return seconds;
  }
  return {};
}

}  // namespace vigie::article
