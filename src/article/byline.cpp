#include "article/byline.hpp"

#include <algorithm>
#include <array>

#include "article/dates.hpp"
#include "article/strings.hpp"

namespace vigie::article {
namespace {

constexpr std::array<std::string_view, 57> kPrefixes{"propos recueillis par",
                                                     "zeige alle beitrage von",
                                                     "alle beitrage von",
                                                     "show all articles of",
                                                     "autorenseite von",
                                                     "ein beitrag von",
                                                     "beitrag von",
                                                     "blog beitrag von",
                                                     "revised edition edited by",
                                                     "updated by",
                                                     "submitted by",
                                                     "gespeichert von",
                                                     "this post was written by",
                                                     "texte par",
                                                     "article par",
                                                     "ecrit par",
                                                     "redige par",
                                                     "publie par",
                                                     "written by",
                                                     "posted by",
                                                     "published by",
                                                     "reported by",
                                                     "reviewed by",
                                                     "edited by",
                                                     "article by",
                                                     "story by",
                                                     "geschrieben von",
                                                     "veroffentlicht von",
                                                     "eingestellt von",
                                                     "publicado por",
                                                     "ein artikel von",
                                                     "alles von",
                                                     "mehr von",
                                                     "alle artikel von",
                                                     "more from",
                                                     "more by",
                                                     "view all posts by",
                                                     "posts by",
                                                     "articles by",
                                                     "erstellt von",
                                                     "verfasst von",
                                                     "ecrit par",
                                                     "vom",
                                                     "interview:",
                                                     "text:",
                                                     "autoren:",
                                                     "texte:",
                                                     "author:",
                                                     "auteur:",
                                                     "autor:",
                                                     "autore:",
                                                     "par",
                                                     "by",
                                                     "von",
                                                     "por",
                                                     "door",
                                                     "di"};
constexpr std::array<std::string_view, 13> kJoints{";",   " et ",   " and ",  " und ", " & ", " y ", " en ",
                                                   " e ", " avec ", " with ", " mit ", ", ",  "; "};
constexpr std::array<std::string_view, 58> kNobody{"your account",
                                                   "my account",
                                                   "account",
                                                   "posted",
                                                   "published",
                                                   "publiziert",
                                                   "read",
                                                   "privacy policy",
                                                   "admin",
                                                   "administrator",
                                                   "wordpressadmin",
                                                   "author",
                                                   "authors",
                                                   "auteur",
                                                   "autor",
                                                   "null",
                                                   "undefined",
                                                   "anonymous",
                                                   "none",
                                                   "user",
                                                   "webmaster",
                                                   "written by",
                                                   "posted by",
                                                   "posted on",
                                                   "published on",
                                                   "published by",
                                                   "by",
                                                   "par",
                                                   "von",
                                                   "log out",
                                                   "log in",
                                                   "login",
                                                   "share",
                                                   "follow",
                                                   "subscribe",
                                                   "editor",
                                                   "updated",
                                                   "updated on",
                                                   "last updated",
                                                   "publiziert am",
                                                   "veroffentlicht am",
                                                   "name",
                                                   "name erforderlich",
                                                   "about the author",
                                                   "article by",
                                                   "about",
                                                   "contributor",
                                                   "read more",
                                                   "comments",
                                                   "no author",
                                                   "welcome",
                                                   "contributors",
                                                   "member login",
                                                   "sign in",
                                                   "sign up",
                                                   "register",
                                                   "print",
                                                   "email"};
// What may stand behind a name and is none of it: the name ends before.
constexpr std::array<std::string_view, 28> kBehind{" Senior ",
                                                   " Staff Writer",
                                                   " Alle Artikel",
                                                   " im Gespr\xC3\xA4"
                                                   "ch",
                                                   " Last updated",
                                                   " Shares",
                                                   " Former ",
                                                   " @",
                                                   " \xE2\x80\x93 ",
                                                   " Chefredakteur",
                                                   " Stand",
                                                   " View all",
                                                   " Published on",
                                                   " Published",
                                                   " Last Updated",
                                                   " Updated",
                                                   " Posted on",
                                                   " Posted",
                                                   " Publi\xC3\xA9 le",
                                                   " on ",
                                                   " am ",
                                                   " le ",
                                                   " Mis \xC3\xA0 jour",
                                                   " Ver\xC3\xB6"
                                                   "ffentlicht",
                                                   " Follow",
                                                   " About the",
                                                   " \xE2\x80\xA2 ",
                                                   " \xC2\xB7 "};

// No-break spaces are spaces between names.
std::string plain_spaces(std::string_view s) {
  std::string out;
  for (size_t i = 0; i < s.size(); ++i) {
    bool const wide = s[i] == '\xC2' && i + 1 < s.size() && s[i + 1] == '\xA0';
    bool const narrow = s.substr(i).starts_with("\xE2\x80\xAF");
    out += wide || narrow ? ' ' : s[i];
    i += wide ? 1 : narrow ? 2 : 0;
  }
  return out;
}

// "Écrit par" begins with a folded prefix: compares letter by letter, spaces as they come.
std::string_view without_prefix(std::string_view line) {
  for (auto const prefix : kPrefixes) {
    bool const colon = prefix.ends_with(':');
    for (size_t end = prefix.size(); end <= std::min(line.size(), prefix.size() + 3); ++end) {
      auto const head = line.substr(0, end);
      bool const glued = prefix.size() > 8 && end < line.size() && line[end] >= 'A' && line[end] <= 'Z';
      bool const boundary = end < line.size() && (is_space(line[end]) || line[end] == ':' || glued);
      if (!boundary && !colon) continue;
      auto const wanted = colon ? prefix.substr(0, prefix.size() - 1) : prefix;
      if (folded(head) != wanted) continue;
      auto rest = trim(line.substr(end));
      while (rest.starts_with(':')) rest = trim(rest.substr(1));
      return rest;
    }
  }
  return line;
}

bool is_capital(std::string_view word) {
  if (word.empty()) return false;
  char const c = word[0];
  return (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0xC3;
}

bool is_agency(std::string_view name) {
  static constexpr std::array<std::string_view, 16> kAgencies{
      "afp", "ap",  "dpa", "reuters", "apa",  "ansa", "efe", "belga",
      "sda", "kna", "epd", "ats",     "lusa", "anp",  "sid", "associated press"};
  auto const plain = folded(name);
  return std::find(kAgencies.begin(), kAgencies.end(), plain) != kAgencies.end();
}

// "several hundred commits": three words and more, none with a capital, is a part of a sentence.
bool is_phrase(std::string_view name) {
  bool const latin = std::all_of(name.begin(), name.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  return latin && count_words(name) >= 3 &&
         std::none_of(name.begin(), name.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

// What stands behind a person's name and a dash, a slash or a comma: an office or an agency.
std::string_view without_office(std::string_view name) {
  for (auto const mark : {" - ", "/", ", "}) {
    size_t const at = name.find(mark);
    if (at == name.npos || !looks_like_person(name.substr(0, at))) continue;
    if (mark[0] != ',' || is_agency(trim(name.substr(at + 2)))) return name.substr(0, at);
  }
  return name;
}

bool can_be_name(std::string_view name) {
  if (name.size() < 2 || name.size() > 90 || count_words(name) > 10) return false;
  if (name.find("://") != name.npos || name.find('@') == 0 || name.find('{') != name.npos) return false;
  if (name.front() == '(' || name.find(": ") != name.npos || name.front() == '[') return false;
  if (find_date(name) || is_phrase(name)) return false;
  if (std::none_of(name.begin(), name.end(),
                   [](char c) { return is_alpha(c) || static_cast<unsigned char>(c) >= 0xC3; }))
    return false;
  auto const plain = folded(name);
  for (auto const part : {"min read", "minute read", "min de lecture", "min lesezeit", "log out", "your account",
                          "creative commons", "symbolbild", "zuletzt ge"}) {
    if (plain.find(part) != plain.npos) return false;
  }
  for (auto const left : {" by", " par", " von", " por"}) {  // the name that was to follow is not there
    if (plain.ends_with(left)) return false;
  }
  return std::find(kNobody.begin(), kNobody.end(), plain) == kNobody.end();
}

void add_one(std::string_view name, std::vector<std::string>& out) {
  name = trim(name);
  while (!name.empty() &&
         (name.back() == ',' || name.back() == ';' || name.back() == '|' || name.back() == ':' || name.back() == '-')) {
    name = trim(name.substr(0, name.size() - 1));
  }
  while (!name.empty() && (name.front() == ',' || name.front() == '|' || name.front() == '-'))
    name = trim(name.substr(1));
  if (name.starts_with("\xE2\x80\xA2")) name = trim(name.substr(3));  // a bullet
  if (name.starts_with("\xC2\xA9")) name = trim(name.substr(2));      // a copyright sign
  for (auto const behind : kBehind) name = trim(name.substr(0, name.find(behind)));
  for (auto const behind : kBehind) {
    if (name.size() >= behind.size() && name.ends_with(trim(behind)) &&
        name[name.size() - trim(behind).size() - 1] == ' ') {
      name = trim(name.substr(0, name.size() - trim(behind).size()));
    }
  }
  if (size_t const open = name.rfind(" ("); open != name.npos && name.size() - open <= 8 && name.back() == ')')
    name = name.substr(0, open);
  name = without_office(name);
  if (!can_be_name(name) || out.size() >= 30) return;
  auto const plain = folded(name);
  for (auto const& known : out) {
    if (folded(known) == plain) return;
  }
  out.emplace_back(name);
}

// Where `line` falls into two sides that both are people (and more); npos where it does not.
size_t joint_at(std::string_view line, size_t& width) {
  for (auto const joint : kJoints) {
    for (size_t at = line.find(joint); at != line.npos; at = line.find(joint, at + 1)) {
      auto rest = line.substr(at + joint.size());
      for (auto const next : kJoints) rest = rest.substr(0, rest.find(next));
      auto const before = line.substr(0, at);
      size_t begin = 0;
      for (auto const previous : kJoints) {
        if (size_t const p = before.rfind(previous); p != before.npos) begin = std::max(begin, p + previous.size());
      }
      bool const comma = joint == ", " || joint == "; ";
      if (looks_like_person(trim(before.substr(begin))) &&
          (looks_like_person(trim(rest)) || (comma && is_agency(trim(rest))))) {
        width = joint.size();
        return at;
      }
    }
  }
  return line.npos;
}

}  // namespace

bool looks_like_person(std::string_view name) {
  size_t words = 0, capitals = 0;
  while (!name.empty()) {
    size_t const end = std::min(name.find(' '), name.size());
    auto const word = name.substr(0, end);
    if (!word.empty()) {
      ++words;
      capitals += is_capital(word);
    }
    name.remove_prefix(std::min(end + 1, name.size()));
  }
  return words >= 2 && words <= 5 && capitals >= 2 && capitals + 2 >= words;
}

void add_authors(std::string_view line, std::vector<std::string>& out) {
  std::string const clean = squeezed(plain_spaces(line.substr(0, 600)));
  std::string_view rest = trim(clean);
  while (!rest.empty() && (rest.front() == '-' || rest.front() == '|')) rest = trim(rest.substr(1));
  rest = without_prefix(rest);
  rest = rest.substr(0, rest.find(" | "));
  for (size_t at = rest.find(';'); at != rest.npos; at = rest.find(';')) {
    if (at > 0) add_authors(rest.substr(0, at), out);
    rest = trim(rest.substr(at + 1));
  }
  for (int i = 0; i < 30; ++i) {
    size_t width = 0;
    size_t const at = joint_at(rest, width);
    if (at == rest.npos) break;
    // The first joint may stand behind others of another kind; what is before it is taken apart first.
    size_t inner_width = 0;
    auto head = rest.substr(0, at);
    for (int j = 0; j < 30; ++j) {
      size_t const inner = joint_at(head, inner_width);
      if (inner == head.npos) break;
      add_one(head.substr(0, inner), out);
      head.remove_prefix(inner + inner_width);
    }
    add_one(head, out);
    rest.remove_prefix(at + width);
  }
  add_one(rest, out);
}

}  // namespace vigie::article
