#include "speech/source_parts.hpp"

namespace vigie::speech {
namespace {

constexpr Facts kSourceNoun = kPersonNoun | kGroupNoun | kMediaNoun | kReportNoun;

bool is_governing(Token const& w) { return w.is(kPreposition) && !is_one_of(w.low, {"selon", "d'après", "pour"}); }

bool is_stop_preposition(std::string_view low) {
  return is_one_of(
      low, {"dans",  "sur",    "lors",  "après",  "avant", "depuis", "pendant", "devant", "auprès", "selon", "par",
            "pour",  "vers",   "via",   "afin",   "dès",   "en",     "à",       "comme",  "on",     "in",    "at",
            "after", "before", "about", "during", "by",    "to",     "with",    "avec",   "from"});
}

bool ends_phrase(Reading const& r, uint32_t i) {
  auto const& w = r[i];
  if (w.shape == Shape::sign) return (w.sign != '-' || w.spaced) && w.sign != '(' && w.sign != '\'';
  if (w.glued) return true;
  return (w.is(kHave | kBe | kVerbLike | kTime) && w.shape == Shape::lower) || w.is(kTime) ||
         is_one_of(w.low, {"que", "qu'", "qui", "dont", "où", "mais", "who", "that", "which", "ce", "si", "lui", "leur",
                           "elle", "eux", "se", "s'", "ne", "n'"}) ||
         (w.is(kVerbForm & ~kPast) && w.is(kReporting) && !w.is(kWeak));
}

// The issuer of a report: "une étude de l'Insee", "un sondage Ifop", "les estimations établies par l'Institut X".
Source issuer(Reading const& r, Source const& report, uint32_t end) {
  auto const limit = std::min(end, report.end + 12);
  for (auto i = report.noun + 1; i < limit; ++i) {
    bool const by = i + 2 < limit && r[i].sign == ',' && r[i + 2].low == "par" && r[i + 1].shape == Shape::lower;
    if (by) continue;  // "une pétition, lancée par X,"
    if (r[i].sign == '.' || r[i].sign == ';' || r[i].sign == ':' || r[i].sign == ',' || r.inside(i)) break;
    if (auto const* place = r.name_at(i); place != nullptr) {
      if (r.named(place->named).kind == NameKind::place) continue;
      auto const& before = r[i - 1];
      auto const& prep = before.is(kDeterminer) && !before.is(kPreposition) ? r[i - 2] : before;
      if (i == report.noun + 1 || is_one_of(prep.low, {"de", "du", "d'", "des", "par", "by", "of", "from"})) {
        auto s = name_source(r, *place);
        s.begin = report.begin;
        return s;
      }
      break;
    }
  }
  return report;
}

// Whether only adjectives stand between a noun and the name at `j`: "le quotidien régional X".
bool follows(Reading const& r, uint32_t noun, uint32_t j) {
  for (auto k = noun + 1; k < j; ++k) {
    if (!r[k].is(kNationality) && !is_one_of(r[k].low, {"régional", "régionale", "national", "nationale", "local",
                                                        "locale", "public", "publique", "privé", "privée"}))
      return false;
  }
  return true;
}

// "début avril", "le 16 septembre" behind a noun.
bool tells_when(Reading const& r, uint32_t j, uint32_t end) {
  if (j + 1 >= end) return false;
  if (is_one_of(r[j].low, {"début", "fin", "courant"}) && r[j + 1].is(kTime)) return true;
  return r[j].low == "le" && r[j + 1].shape == Shape::number;
}

// "au journal", "à l'AFP", "au micro de X": to whom it was said.
bool is_addressee(Reading const& r, uint32_t j, uint32_t end) {
  if (!is_one_of(r[j].low, {"à", "au", "aux"}) || j + 1 >= end) return false;
  auto k = j + 1;
  if (r[k].is(kDeterminer) && k + 1 < end) ++k;
  if (auto const* place = r.name_at(k); place != nullptr) return r.named(place->named).medium;
  return r[k].is(kMediaNoun) || is_one_of(r[k].low, {"micro", "sujet", "cours", "lendemain", "moment", "téléphone",
                                                     "sortir", "terme", "journaliste", "journalistes"});
}

bool may_be_noun(Token const& w) {
  constexpr Facts kOther =
      kDeterminer | kPreposition | kPronoun | kConjunction | kAdverb | kTime | kHave | kBe | kNegation | kVerbLike;
  return w.shape == Shape::lower && w.points > 2 && !w.is(kOther) && !w.glued;
}

// Whether an unknown noun has the form of one that names people: "la jardinière", "un apiculteur".
bool may_be_person(Token const& w) {
  if (!may_be_noun(w) || w.points < 6) return false;
  auto low = w.low;
  if (low.ends_with('s')) low.remove_suffix(1);
  if (is_one_of(low,
                {"affaire",  "salaire",      "anniversaire", "commentaire", "rumeur",    "valeur",  "erreur",
                 "dossier",  "calendrier",   "quartier",     "papier",      "premier",   "dernier", "dernière",
                 "première", "manière",      "carrière",     "lumière",     "frontière", "matière", "moteur",
                 "secteur",  "facteur",      "ordinateur",   "formulaire",  "scanner",   "couleur", "chaleur",
                 "auteur",   "hauteur",      "ampleur",      "courrier",    "janvier",   "février", "questionnaire",
                 "bannière", "dictionnaire", "dialogue",     "catalogue"}))
    return false;
  for (std::string_view tail :
       {"eur", "euse", "trice", "ier", "ière", "iste", "ien", "ienne", "aire", "logue", "mestre"}) {
    if (low.ends_with(tail)) return true;
  }
  return false;
}

// "le président du club, Nasser Al-Khelaïfi", "un élu joint par l'AFP, Jean Morel.", "sa veuve, l'actrice Jeanne
// Morel": the person's name behind the comma that ends a description which stops at `j`.
NamePlace const* name_in_apposition(Reading const& r, uint32_t j, uint32_t end, uint32_t mark) {
  auto comma = j;
  for (; comma < end && comma < j + 12 && r[comma].sign != ','; ++comma) {
    auto const& w = r[comma];
    if ((w.shape == Shape::sign && w.sign != '(' && w.sign != ')') || r.mark_of(comma) != mark) return nullptr;
    if (w.is(kPersonNoun) && comma > j && r[comma - 1].is(kDeterminer)) return nullptr;
    if (w.is(kHave | kBe | kVerbLike | kPronoun | kConjunction) || (w.is(kReporting) && w.is(kFinite))) return nullptr;
  }
  if (comma + 1 >= end || r[comma].sign != ',' || r.mark_of(comma) != mark) return nullptr;
  auto k = comma + 1;
  if (r[k].is(kDeterminer) && k + 2 < end && r[k + 1].is(kPersonNoun)) k += 2;
  if (r[k].is(kHonorific)) ++k;
  if (k < end && r[k].sign == '.') ++k;
  auto const* place = k < end ? r.name_at(k) : nullptr;
  if (place == nullptr || r.named(place->named).kind != NameKind::person) return nullptr;
  // Further off, only where the name is marked off behind as well.
  auto const behind = place->end;
  bool const closed = behind >= r.size() || r[behind].shape == Shape::sign;
  return comma == j || closed ? place : nullptr;
}

}  // namespace

Source description(Reading const& r, uint32_t i, uint32_t end, uint32_t mark, bool loose) {
  Source s;
  auto noun = i + 1;
  while (noun < end && noun < i + 4 && r[noun].is_word() && !r[noun].is(kSourceNoun) && !is_governing(r[noun]) &&
         r.name_at(noun) == nullptr && !r[noun].glued) {
    ++noun;
  }
  if (noun >= end || noun >= i + 4 || !r[noun].is(kSourceNoun) || r[noun].glued) {
    noun = i + 1;
    if (noun >= end || r.name_at(noun) != nullptr) return s;
    if (!may_be_person(r[noun]) && !(loose && may_be_noun(r[noun]))) return s;
  }
  if (auto const* place = r.name_at(noun); place != nullptr) {
    return place->begin == i + 1 ? name_source(r, *place) : s;
  }
  // "ancien", "premier", "jeune" only lead to the noun.
  while (
      noun + 1 < end &&
      is_one_of(r[noun].low, {"ancien", "ancienne", "anciens", "nouveau", "nouvelle", "futur", "future", "actuel",
                              "actuelle", "jeune", "premier", "première", "dernier", "dernière", "grand", "célèbre"}) &&
      r[noun + 1].is(kSourceNoun)) {
    ++noun;
  }
  if (is_one_of(r[noun].low, {"nouvelle", "future", "actuelle", "première", "premier", "nouveau", "actuel", "futur"}))
    return s;
  s.kind = Source::Kind::described;
  s.begin = s.start = i;
  s.noun = noun;
  s.gender = r[noun].is(kFeminine) == r[noun].is(kMasculine) ? Gender::unknown
             : r[noun].is(kFeminine)                         ? Gender::woman
                                                             : Gender::man;
  if (r[i].low == "la" || r[i].low == "cette" || r[i].low == "une") s.gender = Gender::woman;
  if (r[i].low == "le" || r[i].low == "ce" || r[i].low == "cet" || r[i].low == "un") s.gender = Gender::man;
  for (auto j = i + 1; j < noun && s.gender == Gender::unknown; ++j) {  // "l'ancienne ministre"
    if (is_one_of(r[j].low, {"ancienne", "nouvelle", "actuelle", "première", "toute", "seule"}))
      s.gender = Gender::woman;
    if (is_one_of(r[j].low, {"ancien", "nouvel", "actuel", "premier"})) s.gender = Gender::man;
  }
  s.plural = is_one_of(r[i].low, {"les", "des", "ces", "ses", "leurs", "plusieurs", "certains", "certaines", "quelques",
                                  "deux", "trois", "nos", "vos", "these", "those", "some", "several"});
  auto j = noun + 1;
  for (; j < end && j < i + kReachMax; ++j) {
    if (auto const* place = r.name_at(j); place != nullptr) {
      bool const free = !governed(r, place->begin, i) && !r[place->begin - 1].is(kDeterminer);
      auto const kind = r.named(place->named).kind;
      bool const title = r[noun].is(kGroupNoun | kMediaNoun | kReportNoun) || !r[noun].is(kPersonNoun);
      if ((free && kind == NameKind::person && !r[noun].is(kReportNoun)) ||
          (free && kind == NameKind::organisation && title && follows(r, noun, j))) {
        return name_source(r, *place, i);
      }
      j = place->end - 1;
      continue;
    }
    if (r[j].sign == '(') {
      auto const close = skip_bracket(r, j, end);
      if (close == j) break;
      j = close;
      continue;
    }
    if (ends_phrase(r, j) || r.mark_of(j) != mark || tells_when(r, j, end) || is_addressee(r, j, end)) break;
    if (is_stop_preposition(r[j].low) && !(r[j].low == "à" || (r[j].low == "en" && r[noun].is(kPersonNoun)) ||
                                           (r[j].low == "pour" && r[noun].is(kPersonNoun))))
      break;
    if (r[j].low == "à" && !(j + 1 < end && is_one_of(r[j + 1].low, {"la", "l'"}))) break;
    if (r[j].low == "et" && j + 1 < end && (r[j + 1].is(kHave | kReporting) || r[j + 1].is(kPronoun))) break;
  }
  s.end = std::max(j, noun + 1);
  while (s.end > noun + 1 &&
         (r[s.end - 1].is(kPreposition | kDeterminer) || is_one_of(r[s.end - 1].low, {"et", "d'", "l'"})))
    --s.end;
  if (!s.plural && r[noun].is(kPersonNoun)) {
    if (auto const* place = name_in_apposition(r, j, end, mark); place != nullptr) return name_source(r, *place, i);
  }
  if (r[noun].is(kReportNoun) && !r[noun].is(kPersonNoun)) return issuer(r, s, end);
  return s;
}

}  // namespace vigie::speech
