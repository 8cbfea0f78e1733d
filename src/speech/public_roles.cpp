#include "speech/public_roles.hpp"

#include <string>

#include "speech/conjugation.hpp"
#include "speech/gazetteer.hpp"
#include "speech/word_table.hpp"

namespace vigie::speech {
namespace {

constexpr std::string_view kRoles =
#include "speech/public_roles_table.inc"
    ;

// Calls each(lower-case name, roles) for every line of the table.
template <class Each>
void each_person(Each each) {
  for (auto rest = kRoles; !rest.empty();) {
    auto const end = std::min(rest.find('\n'), rest.size());
    auto const line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    auto const colon = line.find(':');
    if (colon != std::string_view::npos) each(lower_latin(line.substr(0, colon)), line.substr(colon + 1));
  }
}

WordTable<std::string> build() {
  WordTable<std::string> table;
  each_person([&table](std::string const& name, std::string_view roles) {
    std::string key;
    append_key(key, name);
    table[key] = std::string(roles) + " ";
  });
  return table;
}

// By surname the first name, empty where two share it.
WordTable<std::string> build_surnames() {
  constexpr size_t kLettersMin = 5;
  WordTable<std::string> table;
  each_person([&table](std::string const& name, std::string_view) {
    auto const space = name.find(' ');
    if (space == std::string::npos || name.find(' ', space + 1) != std::string::npos) return;
    auto const surname = name.substr(space + 1);
    constexpr Facts kWord = kOrdinary | kPersonNoun | kPlaceNoun | kGroupNoun | kFirstName | kNever;
    if (surname.size() < kLettersMin || (facts_of(surname) & kWord) != 0) return;
    auto& first = table[surname];
    first = first.empty() ? name.substr(0, space) : "?";
  });
  return table;
}

}  // namespace

std::string_view known_by_surname(std::string_view lower) {
  static auto const table = build_surnames();
  auto const* first = table.find(lower);
  return first == nullptr || *first == "?" ? std::string_view{} : std::string_view(*first);
}

std::string_view public_roles(std::string_view key) {
  static auto const table = build();
  auto const* roles = table.find(key);
  return roles == nullptr ? std::string_view{} : std::string_view(*roles);
}

}  // namespace vigie::speech
