#include "speech/grammar.hpp"

#include "speech/conjugation.hpp"

namespace vigie::speech {

bool is_clitic_subject(Token const& w) { return w.is(kPronoun) && (w.low.starts_with('-') || w.low.starts_with("t-")); }

bool is_infinitive(Token const& w) {
  if (w.shape != Shape::lower || w.points < 4) return false;
  if (w.is(kPersonNoun | kGroupNoun | kReportNoun | kPlaceNoun)) return false;
  return looks_like_infinitive(w.low);
}

bool is_adverb(Token const& w) {
  if (w.is(kAdverb)) return true;
  if (w.shape != Shape::lower || w.points < 8 || !w.low.ends_with("ment")) return false;
  if (w.is(kGroupNoun | kPlaceNoun | kReportNoun | kPersonNoun | kOrgHead | kVerbForm)) return false;
  for (std::string_view tail :
       {"amment", "emment", "quement", "lement", "vement", "rement", "tement", "sement", "nement"}) {
    if (w.low.ends_with(tail)) {
      return !is_one_of(w.low, {"parlement",      "règlement",    "supplément",    "mouvement",     "traitement",
                                "département",    "appartement",  "comportement",  "versement",     "gouvernement",
                                "événement",      "évènement",    "environnement", "abonnement",    "stationnement",
                                "fonctionnement", "entraînement", "financement",   "établissement", "développement",
                                "investissement", "lancement",    "licenciement",  "enlèvement",    "prélèvement",
                                "virement",       "recrutement",  "isolement",     "harcèlement",   "renouvellement",
                                "effondrement",   "enterrement",  "avertissement", "rassemblement", "renversement",
                                "soulèvement",    "vêtement",     "raisonnement",  "logement"});
    }
  }
  return w.low.ends_with("ément");
}

bool is_dash(char32_t sign) { return sign == '-' || sign == 0x2013 || sign == 0x2014; }

bool has_mark(Reading const& r, uint32_t begin, uint32_t end) {
  for (auto i = begin; i < end; ++i) {
    if (r.inside(i)) return true;
  }
  return false;
}

uint32_t only_mark(Reading const& r, uint32_t begin, uint32_t end) {
  uint32_t mark = kNone, words = 0;
  for (auto i = begin; i < end; i = r.after(i)) {
    if (r.inside(i)) {
      if (mark != kNone) return kNone;
      mark = r.mark_of(i);
    } else if (r[i].is_word() || r[i].shape == Shape::number) {
      ++words;
      if (mark != kNone || words > 1 || !r[i].is(kConjunction | kAdverb)) return kNone;
    }
  }
  return mark;
}

uint32_t words_in(Reading const& r, uint32_t begin, uint32_t end) {
  uint32_t words = 0;
  for (auto i = begin; i < end && i < r.size(); ++i) words += r[i].is_word();
  return words;
}

namespace {

// "la semaine dernière", "fin mars", "il y a quelques jours": where it ends; `i` where no time begins there.
uint32_t time_end(Reading const& r, uint32_t i, uint32_t end) {
  auto const& w = r[i];
  auto const is_span = [&](uint32_t j) {
    return is_one_of(r[j].low, {"semaine", "semaines", "année", "années", "mois", "an", "ans", "jour", "jours",
                                "heures", "veille", "lendemain", "nuit", "journée", "soirée", "matinée", "minutes"});
  };
  if (w.low == "il" && i + 4 < end && r[i + 1].low == "y" && r[i + 2].low == "a") {
    for (auto j = i + 3; j < end && j < i + 8; ++j) {
      if (is_span(j)) return j + 1;
    }
    return i;
  }
  if (i + 1 >= end) return i;
  if (is_one_of(w.low, {"début", "fin", "courant"}) && r[i + 1].is(kTime)) return i + 1;
  if (!w.is(kDeterminer) || !is_span(i + 1)) return i;
  auto j = i + 2;
  while (j < end && is_one_of(r[j].low, {"dernier", "dernière", "derniers", "dernières", "suivant", "suivante",
                                         "prochain", "prochaine", "passé", "passée", "même"}))
    ++j;
  return j;
}

}  // namespace

uint32_t over_adjuncts(Reading const& r, uint32_t i, uint32_t end) {
  end = std::min(end, i + 30);
  bool in_phrase = false;
  int words = 0;  // of the phrase since its last preposition
  for (auto j = i; j < end; ++j) {
    auto const& w = r[j];
    if (r.inside(j) || w.sign == ':') return j;
    if (w.sign == '(') {
      while (j < end && r[j].sign != ')') ++j;
      continue;
    }
    if (is_one_of(w.low, {"que", "qu'", "that"})) return j;
    if (w.low == "le" && j + 1 < end && r[j + 1].low == "fait") {
      ++j;
      continue;
    }
    if (w.sign == ',') {
      in_phrase = false;
      continue;
    }
    if (w.shape == Shape::sign) return j;
    if (w.is(kDeterminer) && j + 1 < end && r[j + 1].is(kTime)) continue;  // "ce mardi"
    if (auto const behind = time_end(r, j, end); behind != j) {
      j = behind - 1;
      continue;
    }
    if (w.is(kTime) || w.shape == Shape::number || (is_adverb(w) && !w.is(kDeterminer)) || w.is(kNegation)) continue;
    bool const noun_place = in_phrase && words == 0 && j > i && r[j - 1].is(kDeterminer);
    if (!noun_place &&
        (is_infinitive(w) || (w.is(kGerund) && w.is(kReporting)) || w.is(kPronoun | kVerbLike | kBe | kHave)))
      return j;
    if (is_one_of(w.low, {"de", "d'", "du"}) && !in_phrase) return j;
    if (w.is(kPreposition)) {
      if (j + 1 < end && is_infinitive(r[j + 1])) return j;
      in_phrase = true;
      words = 0;
      continue;
    }
    if (in_phrase && r.name_at(j) != nullptr) {
      j = r.name_at(j)->end - 1;
      words = 3;
      continue;
    }
    if (in_phrase && (words == 0 || !w.is(kDeterminer)) && words < 3) {
      words += !w.is(kDeterminer);
      continue;
    }
    return j;
  }
  return end;
}

namespace {

// ", les ténors de la droite estiment que": another subject with a report of its own.
bool opens_report(Reading const& r, uint32_t i, uint32_t end) {
  auto const limit = std::min(end, i + 12);
  if (i + 2 < limit && is_one_of(r[i].low, {"il", "elle"}) && r[i + 1].is(kReporting) && r[i + 1].is(kFinite) &&
      r[i + 1].is(kThat) && is_one_of(r[i + 2].low, {"que", "qu'"}))
    return true;
  if (i + 2 >= limit || !(r[i].is(kDeterminer | kHonorific) || r.name_at(i) != nullptr)) return false;
  for (auto j = i + 1; j + 1 < limit; ++j) {
    auto const& w = r[j];
    if (r.inside(j) || w.shape == Shape::sign || w.is(kPronoun | kBe | kVerbLike) ||
        is_one_of(w.low, {"qui", "que", "qu'"}))
      return false;
    if (w.shape != Shape::lower || !w.is(kReporting) || !w.is(kThat) || w.is(kWeak)) continue;
    if (w.is(kFinite) || (w.is(kPast) && r[j - 1].is(kHave))) return is_one_of(r[j + 1].low, {"que", "qu'"});
  }
  return false;
}

}  // namespace

bool relays(Reading const& r, uint32_t comma, uint32_t end, bool closes) {
  auto i = comma + 1;
  while (i < end && (r[i].is(kHave) || r[i].is(kClitic) || r[i].is(kAdverb) || is_clitic_subject(r[i]))) ++i;
  if (i >= end || r.inside(i)) return false;
  auto const& w = r[i];
  if (w.shape != Shape::lower || !w.is(kReporting)) {
    auto const& next = r[comma + 1];
    if (opens_report(r, comma + 1, end)) return true;
    if (next.is(kHave | kBe | kVerbLike) && next.shape == Shape::lower) return !closes;  // behind a relative clause
    if (next.low == "à")
      return comma + 2 < end && is_one_of(r[comma + 2].low, {"l'image", "l'"}) && comma + 3 < end &&
             r[comma + 3].low == "image";
    if (next.low == "alors") return comma + 2 < end && is_one_of(r[comma + 2].low, {"que", "qu'"});
    if (next.low == "tout") return comma + 2 < end && r[comma + 2].low == "en";
    return is_one_of(next.low,
                     {"selon", "avant", "lors", "faisant", "confirmant", "tandis", "citant", "évoquant", "où"});
  }
  if (w.is(kGerund)) return true;
  if (!closes && w.is(kPast) && !w.is(kFinite) && r[comma + 1].is(kHave | kBe) &&
      !source_behind(r, i + 1, std::min(end, i + 4))) {
    return true;  // behind a relative clause
  }
  if (w.is(kFinite) || (w.is(kPast) && i > comma + 1)) {
    if (i + 1 < end && (is_clitic_subject(r[i + 1]) || r[i + 1].sign == ':')) return true;
    return static_cast<bool>(source_behind(r, i + 1, std::min(end, i + 8))) && !w.is(kWeak);
  }
  return false;
}

namespace {

// "mais [il] juge que ...": a report of its own behind the conjunction.
bool reports_behind(Reading const& r, uint32_t i, uint32_t end) {
  auto const limit = std::min(end, i + 5);
  while (i < limit && (r[i].is(kHave | kBe | kClitic | kPronoun) || is_adverb(r[i]))) ++i;
  if (i + 1 >= end || r.inside(i) || r[i].shape != Shape::lower) return false;
  if (!r[i].is(kReporting) || !r[i].is(kFinite | kPast)) return false;
  auto const& next = r[i + 1];
  return is_one_of(next.low, {"que", "qu'", "de", "à"}) || is_infinitive(next) || r.inside(i + 1);
}

}  // namespace

namespace {

bool opens_aside(Reading const& r, uint32_t i) {
  auto const& w = r[i];
  if (is_one_of(w.low, {"qui", "dont", "où", "lequel", "laquelle", "lui", "elle"})) return true;
  constexpr Facts kNoNoun = kDeterminer | kPreposition | kPronoun | kConjunction | kAdverb | kTime | kHave | kBe |
                            kVerbLike | kClitic | kNegation | kReporting;
  if (w.shape == Shape::lower && w.points > 3 && !w.is(kNoNoun) && i + 1 < r.size() && !w.low.ends_with("ant") &&
      is_one_of(r[i + 1].low, {"de", "d'", "du", "des"}))
    return true;  // ", enfants de jihadistes,"
  return w.shape == Shape::lower && ((w.is(kPersonNoun) && !w.is(kAdverb | kDeterminer)) || w.low.ends_with("é") ||
                                     w.low.ends_with("ée") || w.low.ends_with("és") || w.low.ends_with("ées"));
}

}  // namespace

uint32_t clause_end(Reading const& r, uint32_t from, uint32_t end) {
  int depth = 0;
  bool aside = false;  // behind a comma that opened a relative clause or an apposition
  for (auto i = from; i < end; i = r.after(i)) {
    if (r.inside(i)) continue;
    auto const& w = r[i];
    if (w.sign == '(') ++depth;
    if (w.sign == ')' && --depth < 0) return i;
    if (depth > 0) continue;
    if (w.sign == ';') return i;
    if (w.low == "mais" && i > from && r.inside(i - 1)) return i;
    if (is_stop(w.sign) && i + 1 >= end) return i;
    if (w.sign == ',' && i + 1 < end) {
      // "Selon lui, X, est ...": the clause has no verb yet.
      bool const bare = i <= from + 3 && !has_mark(r, from, i) && r[i + 1].is(kHave | kBe | kVerbLike);
      if (!bare && relays(r, i, end, aside)) return i;
      aside = !aside && opens_aside(r, i + 1);
    }
    if (w.low == "mais" && i > from && r[i - 1].sign == ',' && reports_behind(r, i + 1, end)) return i - 1;
    if ((w.low == "et" || w.low == "and") && i + 1 < end) {
      auto j = i + 1;
      while (j < end && (r[j].is(kHave | kBe | kClitic | kAdverb))) ++j;
      if (j < end && r[j].shape == Shape::lower && r[j].is(kReporting) && r[j].is(kVerbForm) &&
          (!r[j].is(kWeak) || (j + 1 < end && is_one_of(r[j + 1].low, {"que", "qu'"})) ||
           (r[j].is(kPast) && !r[j].is(kFinite))) &&
          !r[j].is(kInfinitive) && j + 1 < end && (r[j].is(kPast) || r[j].is(kFinite) || r[j].is(kGerund))) {
        auto const& n = r[j + 1];
        if (n.low == "que" || n.low == "qu'" || n.low == "à" || n.low == "de" || is_infinitive(n) || r.inside(j + 1) ||
            (r[j].is(kPhrase) && has_mark(r, j, std::min(end, j + 8))))
          return i;
      }
    }
  }
  return end;
}

}  // namespace vigie::speech
