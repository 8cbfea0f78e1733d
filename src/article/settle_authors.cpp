// settle_authors.cpp: of the people a page names, those who wrote the article.
#include <algorithm>

#include "article/byline.hpp"
#include "article/settle.hpp"
#include "article/strings.hpp"

namespace vigie::article {
namespace {

std::string letters_of(std::string_view plain) {
  std::string out;
  for (char const c : plain) {
    if (c != ' ' && c != '.') out += c;
  }
  return out;
}

// Two to four words, each with a capital, and not a longer form of the desk it would replace.
bool names_person(std::string_view name, std::vector<std::string> const& instead_of) {
  size_t words = 0, capitals = 0;
  for (size_t at = 0; at < name.size();) {
    size_t const end = std::min(name.find(' ', at), name.size());
    if (end > at) {
      ++words;
      capitals += (name[at] >= 'A' && name[at] <= 'Z') || static_cast<unsigned char>(name[at]) >= 0xC3;
    }
    at = end + 1;
  }
  return words >= 2 && words <= 4 && capitals + 1 >= words &&
         folded(name).find(folded(instead_of.front())) == std::string::npos;
}

}  // namespace

// What its own name says to be no person: a company, a club, a publishing house, an address.
bool names_company(std::string_view plain) {
  if (plain.starts_with("www ") || plain.find(" www ") != plain.npos) return true;
  for (auto const form : {" e v", " gmbh", " ag", " inc", " llc", " ltd", " verlag", " stiftung", " magazin"}) {
    if (plain.ends_with(form)) return true;
  }
  return plain.find(" gmbh ") != plain.npos || plain.starts_with("editorial ");
}

// "Ida Marlow" alone on the last line.
std::vector<std::string> read_signature(Evidence const& e, Article const& a) {
  std::vector<std::string> out;
  if (a.blocks.size() < 4 || e.first_kept == SIZE_MAX) return out;  // the latter: text of scripts, no block's
  auto const& last = a.blocks.back();
  if (last.kind != BlockKind::paragraph || last.text.size() > 40 || count_words(last.text) > 3) return out;
  if (e.table.facts[e.last_kept].link_density > 0 || !looks_like_person(last.text)) return out;
  auto const plain = folded(last.text);
  auto const first = std::string_view(plain).substr(0, plain.find(' '));
  for (auto const word :
       {"weitere", "mehr", "more", "read", "plus", "en", "alle", "all", "zum", "zur",  "zu",   "die",  "der",
        "das",     "the",  "la",   "le",   "les",  "el", "los",  "our", "see", "hier", "ihre", "foto", "photo"}) {
    if (first == word) return out;
  }
  add_authors(last.text, out);
  return out;
}

// JSON-LD first, then meta elements, then the byline shown; but an author that is the site itself, or a login, gives
// way to a person named elsewhere.
void settle_authors(Evidence const& e, Article& a) {
  struct Candidate {
    std::vector<std::string> const* names;
    std::string_view origin;
  };
  auto const is_weak = [&](std::vector<std::string> const& names) {
    if (names.size() != 1) return false;
    auto const name = folded(names[0]);
    for (auto const* site : {&e.linked.site_name, &e.head.claims.site_name, &e.linked_page.site_name}) {
      if (!site->empty() && folded(*site) == name) return true;
    }
    auto const bare = letters_of(name);
    bool const host =
        !e.host.empty() && bare.size() >= 3 && letters_of(folded(e.host.substr(0, e.host.rfind('.')))) == bare;
    bool const login = names[0].find(' ') == std::string::npos &&
                       (names[0][0] == lower(names[0][0]) || names[0].find('.') != std::string::npos);
    return host || login || names_company(name) || names[0].find('@') != std::string::npos;
  };
  // What the page shows by its headline may be the desk's name; the data call it an organisation, or the address does.
  std::vector<std::string> shown;
  for (auto const& n : e.visible.authors) {
    bool const desk = std::find(e.linked.desks.begin(), e.linked.desks.end(), folded(n)) != e.linked.desks.end();
    if (!desk && !is_weak({n}) && !folded(n).starts_with("agence ")) shown.push_back(n);
  }
  bool const nick = shown.empty() && e.linked.desks.empty() && e.visible.authors.size() == 1;
  if (nick && letters_of(folded(e.visible.authors[0])) != letters_of(folded(e.host.substr(0, e.host.rfind('.'))))) {
    shown = e.visible.authors;
  }
  if (!shown.empty() && folded(shown.front()).starts_with("agence ")) shown.clear();
  Candidate const candidates[] = {
      {&e.linked.authors, "JSON-LD"}, {&e.head.claims.authors, "a meta element"}, {&shown, "a byline by the headline"}};
  Candidate const* chosen = nullptr;
  for (auto const& c : candidates) {
    if (c.names->empty()) continue;
    if (!chosen || (is_weak(*chosen->names) && !is_weak(*c.names) && names_person(c.names->front(), *chosen->names))) {
      chosen = &c;
    }
  }
  std::vector<std::string> signature;
  if (!chosen && e.visible.signed_far.empty()) signature = read_signature(e, a);
  Candidate const foot{&signature, "the last line"};
  if (!signature.empty()) chosen = &foot;
  Candidate const apart{&e.visible.signed_far, "a signature apart from the headline"};
  if (!chosen && !apart.names->empty()) chosen = &apart;
  if (!chosen) return;
  a.authors = *chosen->names;
  note(a, "authors", chosen->origin);
}

}  // namespace vigie::article
