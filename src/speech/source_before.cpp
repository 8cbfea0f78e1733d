#include <algorithm>

#include "speech/source_parts.hpp"

namespace vigie::speech {
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
               j == begin &&
               !(w.is(kWeak) && j + 1 < end && r[j + 1].is(kDeterminer))) {  // "note le quotidien qui ..."
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

// "Des élus, dont X et Y, ont dénoncé": the comma before the members, given the one behind them; kNone without.
uint32_t before_members(Reading const& r, uint32_t begin, uint32_t comma) {
  for (auto i = comma; i > begin + 1 && i + 40 > comma; --i) {
    auto const& w = r[i - 1];
    if (r.inside(i - 1) || is_stop(w.sign) || w.is(kHave | kBe | kVerbLike)) return kNone;
    if (w.low == "dont" && r[i - 2].sign == ',') return i - 2;
  }
  return kNone;
}

// Whom a description that begins at `from` stands beside: "X, secrétaire général de Y, qui a estimé", "X, membre du
// bureau de Y plaide", "X, la porte-parole de Y et membre de Z plaide". None where it stands alone.
Source apposed(Reading const& r, uint32_t from, uint32_t begin, Source const& source) {
  if (source && source.kind != Source::Kind::described) return {};
  bool const second = from > begin + 1 && r[from - 1].low == "et" && source && source.noun == from;
  if (second) from = stretch_begin(r, from - 1, begin);
  if (from <= begin + 1 || r[from - 1].sign != ',') return {};
  auto const* place = r.name_at(from - 2);
  bool const person = place != nullptr && r.named(place->named).kind == NameKind::person;
  return person ? name_source(r, *place) : Source();
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
      if (auto const comma = before_members(r, begin, previous); comma != kNone)
        return source_in(r, stretch_begin(r, comma, begin), comma, loose);
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
    if (auto const name = apposed(r, from, begin, s); s && name) return name;
    return s ? s : antecedent(r, begin, end);
  }
  if (w.is(kPronoun) && r.name_at(previous) == nullptr) return pronoun_source(r, previous);
  if (is_one_of(w.low, {"dernier", "dernière", "derniers", "dernières"}) && previous > begin) {
    return source_behind(r, previous - 1, previous + 1);
  }
  auto const from = stretch_begin(r, last, begin);
  auto source = source_in(r, from, last, loose);
  if (auto const name = apposed(r, from, begin, source)) return name;
  return source;
}

}  // namespace vigie::speech
