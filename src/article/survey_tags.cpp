#include "article/survey_tags.hpp"

#include <array>
#include <bit>
#include <iterator>

namespace vigie::article {

using page::Atom;

uint8_t heading_level(Atom tag) {
  switch (tag) {
    case Atom::h1:
      return 1;
    case Atom::h2:
      return 2;
    case Atom::h3:
      return 3;
    case Atom::h4:
      return 4;
    case Atom::h5:
      return 5;
    case Atom::h6:
      return 6;
    default:
      return 0;
  }
}

PlaceSet place_of_tag(Atom tag) {
  switch (tag) {
    case Atom::article:
      return bit(Place::article);
    case Atom::main:
      return bit(Place::main);
    case Atom::aside:
      return bit(Place::aside);
    case Atom::nav:
      return bit(Place::nav);
    case Atom::footer:
      return bit(Place::footer);
    case Atom::header:
      return bit(Place::header);
    case Atom::form:
      return bit(Place::form);
    case Atom::figure:
    case Atom::figcaption:
      return bit(Place::figure);
    case Atom::table:
      return bit(Place::table);
    case Atom::ul:
    case Atom::ol:
      return bit(Place::list);
    case Atom::section:
      return bit(Place::section);
    case Atom::blockquote:
      return bit(Place::blockquote);
    case Atom::button:
      return bit(Place::button);
    case Atom::details:
      return bit(Place::details);
    default:
      return 0;
  }
}

PlaceSet place_of_role(std::string_view role) {
  if (role == "main") return bit(Place::main);
  if (role == "navigation" || role == "menu") return bit(Place::nav);
  if (role == "complementary") return bit(Place::aside);
  if (role == "contentinfo") return bit(Place::footer);
  if (role == "banner") return bit(Place::header);
  if (role == "article") return bit(Place::article);
  if (role == "button") return bit(Place::button);
  if (role == "dialog") return bit(Place::hidden);
  return 0;
}

bool is_skipped(Atom tag) {
  switch (tag) {
    case Atom::script:
    case Atom::style:
    case Atom::noscript:
    case Atom::template_:
    case Atom::iframe:
    case Atom::object:
    case Atom::embed:
    case Atom::select:
    case Atom::textarea:
    case Atom::canvas:
    case Atom::audio:
    case Atom::video:
    case Atom::datalist:
    case Atom::svg:
    case Atom::math:
    case Atom::noframes:
    case Atom::rp:
      return true;
    default:
      return false;
  }
}

bool is_leaf_tag(Atom tag) {
  return heading_level(tag) != 0 || tag == Atom::p || tag == Atom::li || tag == Atom::figcaption || tag == Atom::dd ||
         tag == Atom::dt || tag == Atom::pre || tag == Atom::blockquote || tag == Atom::td || tag == Atom::th ||
         tag == Atom::caption || tag == Atom::summary;
}

bool is_author_address(std::string_view href) {
  static constexpr std::string_view kParts[]{
      "author/", "authors/",    "auteur/",   "auteurs/",  "autor/",    "autoren/",   "autore/",
      "autori/", "autores/",    "writer/",   "writers/",  "reporter/", "reporters/", "journalist",
      "staff/",  "contributor", "columnist", "redacteur", "author=",   "newsteam/",  "signature",
      "profil/", "profile/",    "by/",       "people/",   "redakteur"};
  static constexpr auto kFirst = [] {  // by letter, which of them begin with it
    std::array<uint32_t, 26> parts{};
    static_assert(std::size(kParts) <= 32);
    for (size_t i = 0; i < std::size(kParts); ++i) parts[static_cast<size_t>(kParts[i][0] - 'a')] |= uint32_t{1} << i;
    return parts;
  }();
  for (size_t at = 0; at + 2 < href.size(); ++at) {
    if (href[at] != '/' && href[at] != '?') continue;
    auto const letter = static_cast<unsigned char>(href[at + 1] - 'a');
    if (letter >= 26) continue;
    auto const rest = href.substr(at + 1);
    for (uint32_t likely = kFirst[letter]; likely != 0; likely &= likely - 1) {
      auto const part = kParts[std::countr_zero(likely)];
      if (rest[1] == part[1] && rest.size() > part.size() && rest.starts_with(part)) return true;
    }
  }
  return false;
}

}  // namespace vigie::article
