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
    {"auteur", FieldKind::author},
    {"auteure", FieldKind::author},
    {"author", FieldKind::author},
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
    {"personne", FieldKind::later},
    {"person", FieldKind::later},
    {"lieu", FieldKind::later},
    {"place", FieldKind::later},
    {"org", FieldKind::later},
    {"organisation", FieldKind::later},
    {"organization", FieldKind::later},
    {"dit", FieldKind::later},
    {"said", FieldKind::later},
    {"par", FieldKind::later},
    {"speaker", FieldKind::later},
    {"histoire", FieldKind::later},
    {"story", FieldKind::later},
    {"locuteur", FieldKind::later},
}};

}  // namespace

FieldName const* find_field(std::string_view name) {
  std::string lower(name);
  for (char& c : lower) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  auto const at = std::ranges::find(kNames, lower, &FieldName::name);
  return at == kNames.end() ? nullptr : &*at;
}

}  // namespace vigie::query
