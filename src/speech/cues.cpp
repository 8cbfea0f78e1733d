#include "speech/cues.hpp"

#include "speech/grammar.hpp"

namespace vigie::speech {

namespace {

// "fait savoir", "a mis en garde": the form is that of the light verb, what it governs that of the whole.
uint32_t light_verb(Reading const& r, uint32_t i) {
  auto const& w = r[i];
  if (is_one_of(w.low, {"savoir", "valoir"}) && i > 0) {
    if (is_one_of(r[i - 1].low, {"fait", "font", "faisait", "faisaient", "faisant", "fera", "fit", "faire"}))
      return i - 1;
  } else if (w.low == "garde" && i > 1 && r[i - 1].low == "en") {
    if (is_one_of(r[i - 2].low, {"met", "mettent", "mis", "mettait", "mettaient", "mettant", "mettre", "mit"}))
      return i - 2;
  }
  return kNone;
}

// Sets the cue to a light verb with its noun or infinitive; whether there is one whose form reports.
bool set_phrase_at(Reading const& r, uint32_t i, Cue& cue) {
  auto const light = light_verb(r, i);
  if (light == kNone) return false;
  auto const low = r[light].low;
  auto j = light;
  bool auxiliary = false;
  for (int n = 0; n < 4 && j > 0 && !r.inside(j - 1); ++n) {
    auto const& p = r[j - 1];
    if (p.is(kHave)) {
      auxiliary = true;
      --j;
      break;
    }
    if (!is_adverb(p) && !p.is(kNegation) && !is_clitic_subject(p)) break;
    --j;
  }
  if (!auxiliary) j = light;
  while (j > 0 && !r.inside(j - 1) && r[j - 1].is(kClitic) && r[j - 1].shape != Shape::sign) --j;
  cue.verb = i;
  cue.begin = j;
  cue.end = i + 1;
  cue.facts = kQuotes | kThat | kAfter | kFrench | (r[i].low == "garde" ? kPhrase : 0);
  bool const infinite = low == "faire" || low == "mettre";
  cue.facts |= infinite ? kInfinitive : low.ends_with("ant") ? kGerund : auxiliary ? kPast : kFinite;
  return auxiliary || low != "mis";
}

}  // namespace

namespace {

// "X explique l'avoir écrite": what the verb before reports.
bool follows_report(Reading const& r, uint32_t i) {
  while (i > 0 && !r.inside(i - 1) && r[i - 1].is(kClitic | kNegation) && !r[i - 1].is(kPreposition)) --i;
  return i > 0 && !r.inside(i - 1) && r[i - 1].is(kReporting) && r[i - 1].is(kToDo) && r[i - 1].is(kFinite | kPast);
}

// "a, plus tard dans la journée, précisé": the auxiliary before what stands between commas; kNone without.
uint32_t over_insertion(Reading const& r, uint32_t i) {
  constexpr uint32_t kWordsMax = 10;
  if (i < 3 || r[i - 1].sign != ',') return kNone;
  for (auto j = i - 2; j > 1 && j + kWordsMax > i && !r.inside(j); --j) {
    if (r[j].sign == ',') {
      auto const& have = r[j - 1];
      return have.is(kHave) && have.shape == Shape::lower && !r.inside(j - 1) ? j - 1 : kNone;
    }
    if (r[j].shape == Shape::sign || r[j].is(kHave | kBe | kVerbLike)) return kNone;
  }
  return kNone;
}

}  // namespace

bool cue_at(Reading const& r, uint32_t i, bool english, bool told, Cue& cue) {
  auto const& w = r[i];
  if (!english && w.shape == Shape::lower && set_phrase_at(r, i, cue)) return true;
  bool const opens = w.shape == Shape::capital && w.is(kGerund) && (i == 0 || w.glued || r[i - 1].shape == Shape::sign);
  if (!w.is(kReporting) || !w.is(kVerbForm) || r.name_at(i) != nullptr) return false;
  if (w.shape != Shape::lower && !opens) return false;
  if (!w.is(english ? kEnglish : kFrench)) return false;
  cue.verb = i;
  cue.begin = i;
  cue.end = i + 1;
  cue.facts = w.facts;
  bool auxiliary = false, reflexive = false, passive = false, infinite = false;
  // Back over adverbs and set phrases ("pour sa part") to the auxiliary, then over what leans on it ("l'a", "s'est").
  auto j = i;
  for (int n = 0; n < 8 && j > 0 && !r.inside(j - 1); ++n) {
    auto const& p = r[j - 1];
    if (p.shape == Shape::sign) break;
    if (p.is(kHave | kBe)) {
      (p.is(kHave) ? auxiliary : passive) = true;
      infinite = p.low == "avoir";
      cue.begin = --j;
      break;
    }
    bool const set_phrase =
        is_one_of(p.low, {"pour", "part", "sa",      "par",   "quant", "lui",   "elle",     "eux",     "en",    "effet",
                          "à",    "de",   "son",     "côté",  "tour",  "leur",  "d'",       "abord",   "après", "coup",
                          "dans", "un",   "premier", "temps", "fois",  "outre", "revanche", "nouveau", "ce"});
    if (!is_adverb(p) && !p.is(kNegation) && !is_clitic_subject(p) && !set_phrase) break;
    --j;
  }
  if (!auxiliary && !passive) {
    j = i;
    if (auto const have = over_insertion(r, i); w.is(kPast) && have != kNone) {
      auxiliary = true;
      cue.begin = j = have;
    }
  }
  for (int n = 0; n < 5 && j > 0 && !r.inside(j - 1); ++n) {
    auto const& p = r[j - 1];
    bool const leans = p.is(kClitic) && !(p.is(kDeterminer) && j > 1 && r[j - 2].is(kPreposition));
    if (!leans || p.shape == Shape::sign || r.name_at(j - 1) != nullptr) break;
    if (p.is(kDeterminer) && !p.low.ends_with('\'') && !auxiliary && !passive && w.is(kWeak)) break;
    reflexive |= is_one_of(p.low, {"se", "s'", "me", "m'"});
    --j;
    if (!is_one_of(p.low, {"ne", "n'"})) cue.begin = j;
  }
  if (w.is(kReflexive) && !reflexive) {
    if (!w.low.starts_with("défend")) return false;
    cue.facts &= kPhrase | kVerbForm | kFrench;  // "a défendu un "bon" texte"
  }
  if (reflexive && w.low.starts_with("trouv")) return false;  // "il se trouve que"
  bool const finite = w.is(kFinite), past = w.is(kPast);
  if (english) {
    if (w.is(kGerund) || finite) return !passive;
    return past && auxiliary;
  }
  if (past && auxiliary) return !infinite || !follows_report(r, cue.begin);
  if (past && passive) return reflexive;
  if (finite) {
    if (passive || auxiliary) return false;
    auto const& p = i > 0 ? r[i - 1] : w;
    bool const determined = p.is(kDeterminer) && (!p.is(kClitic) || p.is(kPossessive));
    if (p.is(kPreposition) && !p.is(kClitic)) return false;
    if (w.is(kWeak)) {
      if (determined || is_one_of(p.low, {"le", "la", "l'", "les", "de", "d'", "en", "sans", "sur"})) return false;
      if (p.is(kNationality) && p.shape == Shape::lower && !p.is(kAdverb)) return false;
    }
    return !determined;
  }
  if (past) {  // coordinated: "et assuré", ", dénoncé"
    auto k = i;
    while (k > 0 && r[k - 1].is(kAdverb) && k + 2 > i) --k;
    auto const& p = k > 0 ? r[k - 1] : w;
    return (p.low == "et" || p.low == "puis") && told;
  }
  if (w.is(kGerund)) return true;
  if (w.is(kInfinitive)) {
    auto const& p = i > 0 ? r[i - 1] : w;
    return is_one_of(p.low, {"de", "d'", "pour", "va", "à", "tient", "vient", "avant", "par"}) || p.is(kClitic);
  }
  return false;
}

bool negated(Reading const& r, Cue const& cue) {
  for (auto j = cue.verb; j > 0 && j + 8 > cue.verb && !r.inside(j - 1); --j) {
    auto const& p = r[j - 1];
    if (is_one_of(p.low, {"n'", "ne", "not", "didn't", "doesn't", "never"})) return true;
    if (!p.is(kClitic | kAdverb | kHave | kBe | kNegation) && !is_clitic_subject(p)) break;
  }
  return false;
}

}  // namespace vigie::speech
