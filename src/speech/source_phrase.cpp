#include "speech/source_phrase.hpp"

#include <algorithm>

namespace vigie::speech {
namespace {

constexpr Facts kSourceNoun = kPersonNoun | kGroupNoun | kMediaNoun | kReportNoun;

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_stop_preposition(std::string_view low) {
  return is_one_of(
      low, {"dans",  "sur",    "lors",  "après",  "avant", "depuis", "pendant", "devant", "auprès", "selon", "par",
            "pour",  "vers",   "via",   "afin",   "dès",   "en",     "à",       "comme",  "on",     "in",    "at",
            "after", "before", "about", "during", "by",    "to",     "with",    "avec",   "from"});
}

bool is_governing(Token const& w) { return w.is(kPreposition) && !is_one_of(w.low, {"selon", "d'après", "pour"}); }

bool ends_phrase(Reading const& r, uint32_t i) {
  auto const& w = r[i];
  if (w.shape == Shape::sign) return (w.sign != '-' || w.spaced) && w.sign != '(' && w.sign != '\'';
  if (w.glued) return true;
  return w.is(kHave | kBe | kVerbLike | kTime) ||
         is_one_of(w.low, {"que", "qu'", "qui", "dont", "où", "mais", "who", "that", "which", "ce", "si", "lui", "leur",
                           "elle", "eux", "se", "s'", "ne", "n'"}) ||
         (w.is(kVerbForm & ~kPast) && w.is(kReporting) && !w.is(kWeak));
}

// Where a name or phrase that starts at `i` is governed by a preposition: "de la [Maison Blanche]".
bool governed(Reading const& r, uint32_t i, uint32_t floor) {
  auto j = i;
  while (j > floor && (r[j - 1].is(kHonorific) || r[j - 1].sign == '.')) --j;
  if (j > floor && r[j - 1].is(kDeterminer) && !r[j - 1].is(kPreposition)) --j;
  if (j > floor && r[j - 1].low == "de" && j - 1 > floor && r[j - 2].low == "auprès") return true;
  return j > floor && is_governing(r[j - 1]);
}

Source name_source(Reading const& r, NamePlace const& place, uint32_t start = kNone) {
  Source s;
  s.kind = Source::Kind::named;
  s.named = place.named;
  s.begin = place.begin;
  s.end = place.end;
  if (s.begin >= 2 && r[s.begin - 1].sign == '.' && r[s.begin - 2].is(kHonorific))
    s.begin -= 2;
  else if (s.begin >= 1 && r[s.begin - 1].is(kHonorific))
    --s.begin;
  else if (s.begin >= 1 && r[s.begin - 1].is(kDeterminer) && !r[s.begin - 1].is(kPreposition))
    --s.begin;
  s.start = start == kNone ? s.begin : start;
  return s;
}

Source pronoun_source(Reading const& r, uint32_t i) {
  auto low = r[i].low;
  while (low.starts_with('-')) low.remove_prefix(1);
  if (low.starts_with("t-")) low.remove_prefix(2);
  Source s;
  s.kind = Source::Kind::pronoun;
  s.begin = s.start = i;
  s.end = i + 1;
  if (is_one_of(low, {"il", "lui", "celui-ci", "lui-même", "he", "him"}))
    s.gender = Gender::man;
  else if (is_one_of(low, {"elle", "celle-ci", "elle-même", "she", "her"}))
    s.gender = Gender::woman;
  else if (is_one_of(low, {"ils", "elles", "eux", "ceux-ci", "celles-ci", "they", "them"}))
    s.plural = true;
  else if (is_one_of(low, {"on", "we", "nous"}))
    s.kind = Source::Kind::people;
  else
    s.kind = Source::Kind::none;
  return s;
}

uint32_t skip_bracket(Reading const& r, uint32_t i, uint32_t end) {
  for (auto j = i; j < end && j < i + kReachMax; ++j) {
    if (r[j].sign == ')') return j;
  }
  return i;
}

// The issuer of a report: "une étude de l'Insee", "un sondage Ifop", "les estimations établies par l'Institut X".
Source issuer(Reading const& r, Source const& report, uint32_t end) {
  auto const limit = std::min(end, report.end + 12);
  for (auto i = report.noun + 1; i < limit; ++i) {
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
NamePlace const* name_in_apposition(Reading const& r, uint32_t j, uint32_t end) {
  auto comma = j;
  for (; comma < end && comma < j + 12 && r[comma].sign != ','; ++comma) {
    auto const& w = r[comma];
    if ((w.shape == Shape::sign && w.sign != '(' && w.sign != ')') || r.inside(comma)) return nullptr;
    if (w.is(kHave | kBe | kVerbLike | kPronoun | kConjunction) || (w.is(kReporting) && w.is(kFinite))) return nullptr;
  }
  if (comma + 1 >= end || r[comma].sign != ',' || r.inside(comma)) return nullptr;
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

// A description that begins with the determiner at `i`. Its end is where the noun phrase ends; a name that stands in it
// without preposition is who is described.
Source description(Reading const& r, uint32_t i, uint32_t end, uint32_t mark = kNone, bool loose = false) {
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
  if (!s.plural && r[noun].is(kPersonNoun)) {
    if (auto const* place = name_in_apposition(r, j, end); place != nullptr) return name_source(r, *place, i);
  }
  if (r[noun].is(kReportNoun) && !r[noun].is(kPersonNoun)) return issuer(r, s, end);
  return s;
}

}  // namespace

Source source_behind(Reading const& r, uint32_t i, uint32_t end, uint32_t mark, bool loose) {
  end = std::min(end, i + kReachMax);
  bool under_preposition = false;
  for (auto j = i; j < end; ++j) {
    if (r.mark_of(j) != mark) break;
    auto const& w = r[j];
    if (w.sign == '(') {
      j = skip_bracket(r, j, end);
      continue;
    }
    if (w.is(kHonorific) && w.is_capital()) continue;
    if (w.shape == Shape::sign) {
      if (w.sign == '.' && j > i && r[j - 1].is(kHonorific)) continue;
      if (w.sign == ',' && j + 1 < end && j < i + 14) {
        under_preposition = false;
        continue;
      }
      break;
    }
    if (w.low == "que" || w.low == "qu'" || w.low == "that") break;
    if (auto const* place = r.name_at(j); place != nullptr) {
      auto const kind = r.named(place->named).kind;
      if (!under_preposition && !(j > i && governed(r, place->begin, i))) {
        if (kind != NameKind::place || j <= i + 1) return name_source(r, *place);
      }
      under_preposition = false;
      j = place->end - 1;
      continue;
    }
    if (w.is(kPronoun) || is_one_of(w.low, {"lui", "eux", "him", "her", "them"})) {
      if (auto s = pronoun_source(r, j); s && !under_preposition) return s;
    }
    if (is_one_of(w.low, {"celui", "celle"}) && j + 1 < end && !under_preposition) {  // "celle qui présidait le club"
      Source s;
      s.kind = Source::Kind::pronoun;
      s.begin = s.start = j;
      s.end = j + 1;
      s.gender = w.low == "celui" ? Gender::man : Gender::woman;
      return s;
    }
    if (is_one_of(w.low, {"ce", "cette", "ces"}) && j + 1 < end &&
        is_one_of(r[j + 1].low, {"dernier", "dernière", "derniers", "dernières"})) {
      Source s;
      s.kind = Source::Kind::pronoun;
      s.begin = j;
      s.end = j + 2;
      s.plural = w.low == "ces";
      s.gender = s.plural ? Gender::unknown : w.low == "ce" ? Gender::man : Gender::woman;
      return s;
    }
    bool const determiner = w.is(kDeterminer) && !is_one_of(w.low, {"du", "au", "aux"}) && !(w.low == "des" && j > i);
    if (determiner && !under_preposition) {
      if (auto s = description(r, j, end, mark, loose)) return s;
      continue;
    }
    if (!determiner && w.is(kPersonNoun) && !under_preposition && w.shape == Shape::lower && j == i) {
      if (auto s = description(r, j == 0 ? j : j - 1, end, mark)) {  // "prévient ministre X": no determiner
        if (s.kind == Source::Kind::named) return s;
      }
    }
    if (w.is(kPreposition)) {
      under_preposition = true;
    } else if (w.shape == Shape::number || w.is(kTime)) {
      under_preposition = false;
    } else if (!w.is(kDeterminer | kNationality)) {
      // "au magazine Variety": the name behind the noun is governed with it.
      bool const titled = under_preposition && w.is(kMediaNoun | kGroupNoun | kPersonNoun) && j + 1 < end &&
                          r.name_at(j + 1) != nullptr;
      if (titled) j = r.name_at(j + 1)->end - 1;
      under_preposition = under_preposition && w.is(kAdverb);
      if (w.is(kHave | kBe | kVerbLike | kConjunction)) break;
    }
  }
  return {};
}

namespace {

// The first token of the stretch that ends before `last` and holds the subject.
uint32_t stretch_begin(Reading const& r, uint32_t last, uint32_t begin) {
  auto i = last;
  for (uint32_t n = 0; i > begin && n < kReachMax; ++n) {
    auto const previous = r.before(i);
    if (previous == kNone || previous < begin) break;
    auto const& w = r[previous];
    if (w.sign == ')') {
      auto j = previous;
      while (j > begin && r[j].sign != '(') --j;
      i = j;
      continue;
    }
    if (r.inside(previous)) {
      i = previous;
      continue;
    }
    if (w.shape == Shape::sign && w.sign != '-' && w.sign != '\'' &&
        !(w.sign == '.' && previous > begin && (r[previous - 1].is(kHonorific) || r[previous - 1].points == 1)))
      break;
    if (r.name_at(previous) == nullptr) {
      if (is_one_of(w.low, {"que",     "qu'",     "mais", "ou",   "car",     "donc",  "or",     "si",
                            "quand",   "lorsque", "où",   "dont", "puisque", "comme", "tandis", "that",
                            "because", "while",   "when", "if",   "but",     "where", "alors"}))
        break;
      if (w.is(kHave | kBe | kVerbLike) && !w.is(kPersonNoun)) break;
      if (w.is(kVerbForm & ~kPast) && w.is(kReporting) && !w.is(kWeak) && !w.is(kPersonNoun) && w.shape == Shape::lower)
        break;
      if ((w.low == "et" || w.low == "and") &&
          !(previous > begin && r.name_at(previous - 1) != nullptr && r.name_at(previous + 1) != nullptr))
        break;
    }
    i = previous;
  }
  return i;
}

Source source_in(Reading const& r, uint32_t begin, uint32_t end, bool loose) {
  // Left to right: the first name or description no preposition governs; a person's name inside a description wins.
  bool under_preposition = false;
  Source fallback;
  for (auto j = begin; j < end; ++j) {
    if (r.inside(j)) continue;
    auto const& w = r[j];
    if (w.sign == '(') {
      j = skip_bracket(r, j, end);
      continue;
    }
    if (auto const* place = r.name_at(j); place != nullptr) {
      auto s = name_source(r, *place);
      auto const kind = r.named(place->named).kind;
      bool const free = !under_preposition && !(j > begin && governed(r, place->begin, begin));
      if (free && (kind != NameKind::place || j <= begin + 1)) return s;
      if (!fallback && kind != NameKind::place && !free) fallback = {};
      under_preposition = false;
      j = std::max(place->end, j + 1) - 1;
      continue;
    }
    if (w.is(kHonorific) || w.shape == Shape::sign) continue;
    if (w.is(kPronoun)) {
      if (auto s = pronoun_source(r, j)) return s;
      continue;
    }
    bool const determiner = w.is(kDeterminer) && !is_one_of(w.low, {"du", "au", "aux"});
    if (determiner && !under_preposition) {
      if (auto s = description(r, j, end, kNone, loose)) return s;
    } else if (w.is(kPersonNoun | kMediaNoun | kReportNoun) && !under_preposition && w.shape != Shape::sign &&
               j == begin) {
      if (auto s = description(r, j > 0 ? j - 1 : j, end); s && j > 0) {
        if (s.kind == Source::Kind::described) s.begin = j;
        return s;
      }
    }
    if (w.is(kPreposition))
      under_preposition = true;
    else if (!w.is(kDeterminer | kNationality | kAdverb | kTime) && w.shape != Shape::number && !w.is(kConjunction))
      under_preposition = false;
  }
  return fallback;
}

bool is_verb_helper(Token const& w) {
  return w.is(kHave | kBe | kClitic | kNegation) || (w.is(kAdverb) && !w.is(kPronoun)) ||
         is_one_of(w.low, {"lui-même", "elle-même", "eux-mêmes"});
}

}  // namespace

namespace {

// "... avec une femme qui a évoqué": who stands right before "qui", whatever governs it.
Source antecedent(Reading const& r, uint32_t begin, uint32_t end) {
  for (auto j = end; j > begin && j + 10 > end; --j) {
    auto const i = j - 1;
    if (r.inside(i) || (r[i].shape == Shape::sign && r[i].sign != ')')) break;
    if (auto const* place = r.name_at(i); place != nullptr) {
      if (place->end == end && r.named(place->named).kind != NameKind::place) return name_source(r, *place);
      continue;
    }
    if (!r[i].is(kDeterminer) && !is_one_of(r[i].low, {"au", "du"})) continue;
    if (auto s = description(r, i, end); s && s.end >= end) return s;
  }
  return {};
}

}  // namespace

Source source_before(Reading const& r, uint32_t verb, uint32_t begin, bool loose) {
  auto last = verb;
  // Over auxiliaries, adverbs and small pronouns, and over phrases between commas.
  for (int commas = 0; last > begin;) {
    auto const previous = r.before(last);
    if (previous == kNone || previous < begin) return {};
    auto const& w = r[previous];
    if (is_verb_helper(w) && r.name_at(previous) == nullptr && !w.is(kHonorific)) {
      last = previous;
      continue;
    }
    if (w.sign == ',' && commas < 3) {
      ++commas;
      auto i = previous;  // back to the comma before
      uint32_t n = 0;
      while (i > begin && n++ < kReachMax) {
        auto const j = r.before(i);
        if (j == kNone || j < begin || r[j].sign == ',' || r[j].sign == ':' || r[j].sign == ';') break;
        i = j;
      }
      auto const j = i > begin ? r.before(i) : kNone;
      auto bare = previous;  // over "(LR)"
      if (r[bare - 1].sign == ')') {
        for (auto k = bare - 1; k > i && bare == previous; --k) {
          if (r[k - 1].sign == '(') bare = k - 1;
        }
      }
      if (auto const* place = r.name_at(i + (r[i].is(kHonorific) ? 1 + (r[i + 1].sign == '.') : 0));
          place != nullptr && place->end == bare && r.named(place->named).kind == NameKind::person) {
        return name_source(r, *place);  // "le patron du club, X, a dit"
      }
      if (j == kNone || j < begin || r[j].sign != ',') {
        return source_in(r, std::max(begin, i), previous, loose);  // only one comma: the subject stands before it
      }
      // Between two commas: an apposition, unless it is a name or pronoun itself.
      last = j;
      continue;
    }
    break;
  }
  if (last <= begin) return {};
  auto const previous = r.before(last);
  if (previous == kNone || previous < begin) return {};
  auto const& w = r[previous];
  if ((w.low == "qui" || w.low == "who") && previous > begin) {  // the antecedent
    auto end = previous;
    if (r[end - 1].sign == ',' && end - 1 > begin) --end;
    if (is_one_of(r[end - 1].low, {"celui", "celle", "ceux", "celles", "ce", "those"})) return {};
    auto const from = stretch_begin(r, end, begin);
    if (auto const* place = r.name_at(end - 1); place != nullptr && r.named(place->named).kind != NameKind::place) {
      auto s = source_in(r, from, end, loose);
      return s ? s : name_source(r, *place);
    }
    auto s = source_in(r, from, end, loose);
    return s ? s : antecedent(r, begin, end);
  }
  if (w.is(kPronoun) && r.name_at(previous) == nullptr) return pronoun_source(r, previous);
  if (is_one_of(w.low, {"dernier", "dernière", "derniers", "dernières"}) && previous > begin) {
    return source_behind(r, previous - 1, previous + 1);
  }
  auto const from = stretch_begin(r, last, begin);
  auto source = source_in(r, from, last, loose);
  // "X, membre du bureau de Y plaide": an apposition whose second comma is missing.
  if (from > begin + 1 && r[from - 1].sign == ',' && (!source || source.kind == Source::Kind::described)) {
    auto const* place = r.name_at(from - 2);
    if (place != nullptr && r.named(place->named).kind == NameKind::person) return name_source(r, *place);
  }
  return source;
}

}  // namespace vigie::speech
