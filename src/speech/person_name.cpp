#include "speech/person_name.hpp"

#include <algorithm>
#include <array>

#include "speech/conjugation.hpp"
#include "speech/lexicon.hpp"
#include "speech/word_sets.hpp"
#include "text/analyzer.hpp"

namespace vigie::speech {
namespace {

constexpr size_t kWordsMax = 12;  // of a name; what is behind is not looked at

bool is_particle(std::string_view word) {
  return is_one_of(word, {"le",  "la",  "de", "du", "des", "d",  "van", "von", "der", "den", "ter", "ben", "bin",
                          "ibn", "abu", "al", "el", "di",  "da", "dos", "del", "o",   "mac", "mc",  "st",  "saint"});
}

// First names of which another is part: "Jean Paul" is not a "Jean" with a middle name.
bool is_half(std::string_view word) { return is_one_of(word, {"jean", "marie", "anne", "pierre"}); }

// One first name that languages write in ways no rule covers.
std::string_view first_name_key(std::string_view word) {
  struct Row {
    std::string_view key;
    std::array<std::string_view, 5> others;
  };
  static constexpr Row kRows[] = {
      {"vladimir", {"volodymyr", "wladimir", "volodimir"}},
      {"sergei", {"sergey", "serguei", "serhiy", "serhii"}},
      {"alexandre", {"alexander", "aleksandr", "oleksandr", "aleksander"}},
      {"alexei", {"alexey", "aleksei", "aleksey", "oleksiy"}},
      {"dmitri", {"dmitry", "dimitri", "dmitriy", "dmytro"}},
      {"mohammed", {"mohamed", "mohammad", "muhammad", "mohamad"}},
      {"youri", {"yuri", "iouri", "yuriy", "juri"}},
      {"evgueni", {"yevgeny", "evgeny", "evgeni", "ievgueni"}},
      {"mikhail", {"michail", "mikhael", "mikhailo", "mykhailo"}},
      {"nikolai", {"nikolay", "nicolai", "mykola"}},
      {"andrei", {"andrey", "andrii", "andriy"}},
      {"oussama", {"osama", "usama"}},
      {"benyamin", {"benjamin", "binyamin"}},
      {"recep", {"rejep"}},
      {"mouammar", {"muammar", "moammar"}},
      {"bachar", {"bashar"}},
  };
  for (auto const& row : kRows) {
    if (word == row.key || std::ranges::find(row.others, word) != row.others.end()) return row.key;
  }
  return word;
}

bool is_initial(std::string_view word) { return word.size() == 1; }

bool same_first_name(std::string_view a, std::string_view b) {
  return a == b || first_name_key(a) == first_name_key(b);
}

bool agrees(std::string_view shorter, std::string_view longer) {
  if (is_initial(shorter)) return longer.starts_with(shorter) || first_name_key(longer).starts_with(shorter);
  return same_first_name(shorter, longer);
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
}

// "saint" of "de saint": what is nearer to the last name stays longer.
bool is_end_of(std::vector<std::string> const& end, std::vector<std::string> const& whole) {
  return end.size() <= whole.size() && std::equal(end.rbegin(), end.rend(), whole.rbegin());
}

// "Ben Laden", "bin Laden"; "el-Assad", "al-Assad".
std::string_view particle_key(std::string_view word) {
  if (word == "bin" || word == "ibn") return "ben";
  return word == "el" ? "al" : word;
}

// How other languages write what one writes so: "Loukachenko", "Lukashenko".
struct Rule {
  std::string_view from, to;
};
constexpr Rule kRules[] = {{"ou", "u"}, {"tsch", "c"}, {"tch", "c"}, {"sch", "s"}, {"sh", "c"},
                           {"ch", "c"}, {"zh", "j"},   {"kh", "k"},  {"gh", "g"},  {"dj", "j"}};
constexpr std::string_view kEndings[] = {"skyy", "skiy", "skij", "skii", "skyi", "sky", "ski"};

std::vector<std::string> words_of(std::string_view name) {
  std::vector<std::string> words(1);
  for (char const c : text::fold(name)) {
    bool const letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c & 0x80) != 0;
    if (letter) {
      words.back() += c;
    } else if (!words.back().empty()) {
      if (words.size() == kWordsMax) break;
      words.emplace_back();
    }
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

}  // namespace

PersonName person_name(std::string_view name) {
  PersonName out;
  auto words = words_of(name);
  if (words.empty()) return out;
  constexpr Facts kNobodys = kFirstName | kOrdinary | kPersonNoun | kPlaceNoun | kGroupNoun | kNever;
  out.first_name_only = words.size() == 1 && (facts_of(lower_latin(name)) & kNobodys) != 0;
  out.last = std::move(words.back());
  words.pop_back();
  size_t given = words.size();
  while (given > 0 && is_particle(words[given - 1])) --given;
  for (size_t i = given; i < words.size(); ++i) out.particles.emplace_back(particle_key(words[i]));
  words.resize(given);
  if (words.size() > 1 && is_half(words[0]) && !is_initial(words[1])) {
    words[0] += words[1];
    words.erase(words.begin() + 1);
  }
  out.given = std::move(words);
  return out;
}

std::string spelling_key(std::string_view folded) {
  std::string key(folded);
  for (auto const ending : kEndings) {
    if (key.size() <= ending.size() || !key.ends_with(ending)) continue;
    key.replace(key.size() - ending.size(), ending.size(), "ski");
    break;
  }
  for (auto const& [from, to] : kRules) replace_all(key, from, to);
  std::ranges::replace(key, 'y', 'i');
  // French writes "-ine" what others write "-in"; only where another trait says that the name is a foreign one.
  if (key.ends_with("ine") && (key != folded || key.ends_with("jine"))) key.pop_back();
  return key;
}

std::vector<std::string> spellings(std::string_view folded) {
  static constexpr Rule kWays[] = {{"ou", "u"},    {"tch", "ch"},   {"ch", "sh"},     {"tsch", "ch"}, {"j", "zh"},
                                   {"sky", "ski"}, {"ski", "skyy"}, {"skyy", "skiy"}, {"ine", "in"},  {"y", "i"}};
  std::string const key = spelling_key(folded);
  std::vector<std::string> ways{std::string(folded)};
  size_t kept = 1;
  for (auto const& [one, other] : kWays) {
    for (size_t i = 0, count = ways.size(); i < count && ways.size() < 4 * kSpellingsMax; ++i) {
      for (auto const& rule : {Rule{one, other}, Rule{other, one}}) {
        std::string way = ways[i];
        if (rule.from.size() == 2 && rule.from == "in" && !way.ends_with("in")) continue;
        replace_all(way, rule.from, rule.to);
        if (std::ranges::find(ways, way) == ways.end()) ways.push_back(std::move(way));
      }
    }
  }
  for (size_t i = 1; i < ways.size() && kept < kSpellingsMax; ++i) {
    if (spelling_key(ways[i]) == key) ways[kept++] = ways[i];
  }
  ways.resize(kept);
  return ways;
}

bool is_form_of(PersonName const& shorter, PersonName const& longer) {
  if (shorter.last.empty() || spelling_key(shorter.last) != spelling_key(longer.last)) return false;
  if (!is_end_of(shorter.particles, longer.particles)) return false;
  if (shorter.given.size() > longer.given.size()) return false;
  bool const same_spelling = shorter.last == longer.last;
  if (!same_spelling && (shorter.bare() || is_initial(shorter.given[0]))) return false;
  for (size_t i = 0; i < shorter.given.size(); ++i) {
    if (!agrees(shorter.given[i], longer.given[i])) return false;
  }
  return true;
}

}  // namespace vigie::speech
