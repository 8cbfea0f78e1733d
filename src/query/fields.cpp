#include "query/fields.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace vigie::query {
namespace {

// The kicker is part of the heading: who asks for a word in the title finds it there too.
constexpr std::array<FieldName, 35> kNames = {{
    {"titre", FieldKind::text, kTitle | kKicker},
    {"title", FieldKind::text, kTitle | kKicker},
    {"chapo", FieldKind::text, kLede},
    {"chapô", FieldKind::text, kLede},
    {"chapeau", FieldKind::text, kLede},
    {"lede", FieldKind::text, kLede},
    {"corps", FieldKind::text, kBody},
    {"body", FieldKind::text, kBody},
    {"auteur", FieldKind::name, kAnyField, NameKind::author},
    {"auteure", FieldKind::name, kAnyField, NameKind::author},
    {"author", FieldKind::name, kAnyField, NameKind::author},
    {"source", FieldKind::source},
    {"site", FieldKind::source},
    {"langue", FieldKind::language},
    {"language", FieldKind::language},
    {"lang", FieldKind::language},
    {"date", FieldKind::published},
    {"publié", FieldKind::published},
    {"published", FieldKind::published},
    {"vu", FieldKind::seen},
    {"seen", FieldKind::seen},
    {"personne", FieldKind::name, kAnyField, NameKind::person},
    {"person", FieldKind::name, kAnyField, NameKind::person},
    {"lieu", FieldKind::name, kAnyField, NameKind::place},
    {"place", FieldKind::name, kAnyField, NameKind::place},
    {"org", FieldKind::name, kAnyField, NameKind::organisation},
    {"organisation", FieldKind::name, kAnyField, NameKind::organisation},
    {"organization", FieldKind::name, kAnyField, NameKind::organisation},
    {"dit", FieldKind::text, kSaid},
    {"said", FieldKind::text, kSaid},
    {"par", FieldKind::name, kAnyField, NameKind::speaker},
    {"speaker", FieldKind::name, kAnyField, NameKind::speaker},
    {"histoire", FieldKind::story},
    {"story", FieldKind::story},
    {"locuteur", FieldKind::name, kAnyField, NameKind::speaker},
}};

}  // namespace

FieldName const* find_field(std::string_view name) {
  std::string lower(name);
  for (char& c : lower) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  auto const at = std::ranges::find(kNames, lower, &FieldName::name);
  return at == kNames.end() ? nullptr : &*at;
}

}  // namespace vigie::query
