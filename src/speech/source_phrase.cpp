#include "speech/source_phrase.hpp"

#include "speech/source_parts.hpp"

namespace vigie::speech {

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

}  // namespace vigie::speech
