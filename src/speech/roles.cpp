#include "speech/roles.hpp"

#include "speech/grammar.hpp"

namespace vigie::speech {

std::string_view role_of(std::string_view noun) {
  struct Role {
    std::string_view noun, role;
  };
  static constexpr Role kRoles[] = {
      {"président", "chef"},
      {"présidente", "cheffe"},
      {"patron", "dirigeant"},
      {"patronne", "dirigeante"},
      {"pdg", "dirigeant"},
      {"directeur", "dirigeant"},
      {"directrice", "dirigeante"},
      {"député", "élu"},
      {"députée", "élue"},
      {"sénateur", "élu"},
      {"sénatrice", "élue"},
      {"maire", "élu"},
      {"parlementaire", "élu"},
      {"édile", "élu"},
      {"comédien", "acteur"},
      {"comédienne", "actrice"},
      {"artiste", "chanteur"},
      {"rockeur", "chanteur"},
      {"rappeur", "chanteur"},
      {"interprète", "chanteur"},
      {"animateur", "présentateur"},
      {"animatrice", "présentatrice"},
      {"footballeur", "joueur"},
      {"attaquant", "joueur"},
      {"défenseur", "joueur"},
      {"milieu", "joueur"},
      {"gardien", "joueur"},
      {"chroniqueur", "journaliste"},
      {"reporter", "journaliste"},
      {"éditorialiste", "journaliste"},
      {"auteur", "écrivain"},
      {"romancier", "écrivain"},
      {"auteure", "écrivaine"},
      {"romancière", "écrivaine"},
      {"coach", "entraîneur"},
      {"technicien", "entraîneur"},
      {"sélectionneur", "entraîneur"},
      {"cinéaste", "réalisateur"},
      {"médecin", "docteur"},
      {"spécialiste", "expert"},
      {"avocat", "conseil"},
      {"magistrat", "procureur"},
  };
  if (noun.starts_with("ex-")) noun.remove_prefix(3);
  for (auto const& r : kRoles) {
    if (r.noun == noun) return r.role;
  }
  return noun;
}

bool is_institution(std::string_view noun) {
  return is_one_of(noun,
                   {"gendarmerie", "préfecture",   "police",  "parquet",  "justice",    "gouvernement", "exécutif",
                    "mairie",      "tribunal",     "cour",    "armée",    "opposition", "majorité",     "direction",
                    "présidence",  "municipalité", "hôpital", "rectorat", "défense",    "accusation",   "entourage",
                    "état",        "ministère",    "cabinet", "préfet",   "procureur",  "sous-préfet",  "maire"});
}

bool is_relation(std::string_view noun) {
  return is_one_of(
      noun,
      {"époux",    "épouse",      "mari",         "femme",   "veuve",      "fils",        "fille",     "père",
       "mère",     "frère",       "sœur",         "soeur",   "oncle",      "tante",       "cousin",    "cousine",
       "ami",      "amie",        "voisin",       "voisine", "avocat",     "avocate",     "proche",    "compagnon",
       "compagne", "entourage",   "porte-parole", "conseil", "conseiller", "conseillère", "directeur", "directrice",
       "membre",   "auteur",      "auteure",      "victime", "procureur",  "préfet",      "patron",    "patronne",
       "gérant",   "responsable", "secrétaire",   "délégué", "déléguée",   "adjoint",     "adjointe"});
}

bool is_thing(Token const& noun) {
  if (!noun.is(kGroupNoun | kMediaNoun | kReportNoun)) return false;
  return !noun.is(kPersonNoun) || !noun.is(kMasculine | kFeminine);
}

bool is_nobody_named(std::string_view noun) {
  return is_one_of(noun, {"source", "couple", "duo", "trio", "famille", "fratrie", "ménage", "tandem"});
}

bool seen_indefinite(Reading const& r, Source const& source) {
  auto const noun = r[source.noun].low;
  auto const floor = std::max(r.first_body_token(), source.begin > 400 ? source.begin - 400 : 0);
  for (auto i = source.begin; i > floor + 2; --i) {
    auto const& w = r[i - 1];
    if (w.low != noun) continue;
    for (auto j = i - 1; j > floor && j + 4 > i; --j) {
      if (is_one_of(r[j - 1].low, {"un", "une", "d'un", "d'une"})) return true;
    }
  }
  return false;
}

bool is_owner(Reading const& r, uint32_t id, Source const& source) {
  if (source.kind != Source::Kind::described) return false;
  for (auto i = source.noun + 1; i < source.end; ++i) {
    auto const* place = r.name_at(i);
    if (place != nullptr && place->named == id) return true;
  }
  return false;
}

bool is_subject(Reading const& r, uint32_t behind) {
  auto j = behind;
  auto const limit = std::min(r.size(), behind + 24);
  if (j < limit && r[j].sign == '(') {
    while (j < limit && r[j].sign != ')') ++j;
    ++j;
  }
  auto const acts = [&](Token const& w) {
    return w.shape == Shape::lower && (w.is(kHave | kBe) || (w.is(kReporting) && w.is(kFinite) && !w.is(kWeak)));
  };
  // Over an apposition; "La patronne du club, X, a promis": the name is one itself.
  if (j + 1 < limit && r[j].sign == ',' && !acts(r[j + 1])) {
    for (++j; j < limit && r[j].sign != ','; ++j) {
      if (is_stop(r[j].sign) || r.inside(j)) return false;
    }
    ++j;
  } else if (j < limit && r[j].sign == ',') {
    ++j;
  }
  while (j < limit && is_adverb(r[j])) ++j;
  if (j >= limit || r.inside(j)) return false;
  auto const& w = r[j];
  if (w.is(kHave | kBe | kVerbLike) || is_one_of(w.low, {"se", "s'", "ne", "n'", "lui", "y", "leur", "l'", "les"}))
    return w.shape == Shape::lower;
  return w.shape == Shape::lower && w.is(kReporting) && w.is(kFinite) && !w.is(kPreposition);
}

bool is_inverted_subject(Reading const& r, uint32_t begin) {
  auto i = begin;
  while (i > 0 && (r[i - 1].is(kHonorific) || (r[i - 1].sign == '.' && i > 1 && r[i - 2].is(kHonorific)))) --i;
  if (i > 0 && r[i - 1].is(kDeterminer) && !r[i - 1].is(kPreposition)) --i;
  if (i == 0) return false;
  auto const& w = r[i - 1];
  return w.shape == Shape::lower && w.is(kReporting) && w.is(kFinite | kPast) && !w.is(kWeak) && !r.inside(i - 1);
}

bool is_governed(Reading const& r, uint32_t i) {
  while (i > 0 && (r[i - 1].is(kHonorific) || (r[i - 1].sign == '.' && i > 1 && r[i - 2].is(kHonorific)))) --i;
  if (i > 0 && r[i - 1].is(kDeterminer) && !r[i - 1].is(kPreposition)) --i;
  return i > 0 && r[i - 1].is(kPreposition) && r.name_at(i - 1) == nullptr;
}

}  // namespace vigie::speech
