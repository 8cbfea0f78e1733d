#include "speech/finder.hpp"

#include "speech/grammar.hpp"

namespace vigie::speech {

namespace {
constexpr uint32_t kFragmentMin = 6;  // words: shorter ones are mostly scare quotes
}

// The source of a cue inside a mark, where nothing is marked off any more: a clitic, a name or a short description.
Source Finder::inner_source(uint32_t verb, uint32_t start, uint32_t end) const {
  auto const& r = *r_;
  Source source;
  auto const clitic = verb + 1 < end && is_clitic_subject(r[verb + 1]) ? verb + 1
                      : start < verb && is_clitic_subject(r[verb - 1]) ? verb - 1
                                                                       : kNone;
  if (clitic != kNone) {
    auto const low = r[clitic].low;
    if (low.ends_with("je") || low.ends_with("on")) return source;
    source.kind = Source::Kind::pronoun;
    source.begin = source.start = clitic;
    source.end = clitic + 1;
    source.gender = low.find("elle") != std::string_view::npos ? Gender::woman : Gender::man;
    source.plural = low.ends_with('s');
    return source;
  }
  auto i = verb + 1;
  if (i + 3 < end && r[i].low == "auprès") {  // "s'est justifié auprès de Z le ministère"
    auto const* place = r.name_at(i + 2);
    i = place != nullptr ? place->end : i + 3 + r[i + 2].is(kDeterminer);
  }
  bool const opens =
      i + 1 < end && (r.name_at(i) != nullptr || r[i].is(kHonorific | kDeterminer) || is_one_of(r[i].low, {"à", "au"}));
  if (!opens || is_one_of(r[i].low, {"que", "du", "des"})) return source;
  source = source_behind(r, i, end, r.mark_of(verb));
  bool const somebody =
      source.kind == Source::Kind::named
          ? r.named(source.named).kind != NameKind::place
          : source.kind == Source::Kind::described && r[source.noun].is(kPersonNoun | kMediaNoun | kGroupNoun);
  return somebody && source.start < i + 5 ? source : Source{};
}

// "..., selon un expert. ..." inside marks that nobody claims.
bool Finder::split_by_credit(uint32_t mark) {
  auto const& r = *r_;
  auto const& m = r.marked()[mark];
  auto const end = std::min(m.close, r.size());
  for (auto i = m.first() + 3; i + 1 < end; ++i) {
    if (r[i].low != "selon" || r[i - 1].sign != ',') continue;
    auto const source = inner_source(i, i, end);
    if (!source || source.kind == Source::Kind::pronoun) continue;
    auto resume = source.end;
    while (resume < end && !is_stop(r[resume].sign) && r[resume].sign != ',') ++resume;
    if (resume >= end || r[resume].sign == ',') continue;
    add({QuoteType::direct, m.first(), i, i, i + 1, source, Lean::none, false});
    if (resume + 1 < end) add({QuoteType::direct, resume + 1, end, i, i + 1, source, Lean::none, true});
    return true;
  }
  return false;
}

// A cue inside the marks ("..., explique la jeune femme. ...") cuts a quote in two entries of one group.
bool Finder::split_by_cue(uint32_t mark, bool join_last) {
  auto const& r = *r_;
  auto const& m = r.marked()[mark];
  auto const end = std::min(m.close, r.size());
  for (auto i = m.first() + 2; i + 1 < end; ++i) {
    auto const& w = r[i];
    if (!w.is(kQuotes) || !w.is(kFinite | kPast) || w.shape != Shape::lower || !w.is(english_ ? kEnglish : kFrench))
      continue;
    auto start = i;
    while (start > m.first() && (r[start - 1].is(kHave | kBe | kClitic | kAdverb) || is_clitic_subject(r[start - 1])))
      --start;
    if (start <= m.first() || !(r[start - 1].sign == ',' || r[start - 1].sign == '!' || r[start - 1].sign == '?'))
      continue;
    if (!w.is(kFinite) && start == i) continue;
    if (w.is(kOpinion) && !is_clitic_subject(r[i + 1]) && r.name_at(i + 1) == nullptr &&
        !r[i + 1].is(kHonorific | kDeterminer))
      continue;
    auto const source = inner_source(i, start, end);
    if (!source) continue;
    auto resume = std::max(source.end, i + 1);
    while (resume < end && !is_stop(r[resume].sign) && r[resume].sign != ',') ++resume;
    if (resume >= end && resume > source.end + 6) continue;
    auto const cue_end = is_clitic_subject(r[i + 1]) ? i + 2 : i + 1;
    claimed_[mark] = 1;
    add({QuoteType::direct, m.first(), start, start, cue_end, source, Lean::none, join_last});
    if (resume + 1 < end) add({QuoteType::direct, resume + 1, end, start, cue_end, source, Lean::none, true});
    return true;
  }
  return false;
}

// A heading that lost its line: no stop at its end and nothing between it and the next sentence.
bool Finder::heads(uint32_t mark) const {
  auto const& r = *r_;
  auto const& m = r.marked()[mark];
  auto const next = m.close + 1;
  if (next >= r.size() || is_stop(r[m.close - 1].sign)) return false;
  return !r[next].spaced && (r[next].is_capital() || is_quote_mark(r[next].sign));
}

// A quote that is a sentence of its own: the person the sentence before is about, if that one reports nothing itself,
// else who spoke last.
void Finder::lone_quote(uint32_t mark, Sentence const& s) {
  if (heads(mark)) return add_direct(mark, {}, 0, 0, false, Lean::ahead);
  Source source;
  if (!previous_told_ && previous_begin_ < s.begin) source = main_source(previous_begin_, s.begin);
  auto const& r = *r_;
  bool const speaks = source.kind == Source::Kind::pronoun ||
                      (source.kind == Source::Kind::named && r.named(source.named).kind == NameKind::person) ||
                      (source.kind == Source::Kind::described && r[source.noun].is(kPersonNoun) && !source.plural);
  add_direct(mark, speaks ? source : Source{}, 0, 0);
}

// Words marked in the journalist's own sentence without a cue: those of the one the sentence is about, or of who spoke
// just before. Charges ("mis en examen pour "...""), titles and slogans are nobody's words.
void Finder::fragment(uint32_t mark, uint32_t i, Sentence const& s) {
  auto const& r = *r_;
  auto const& m = r.marked()[mark];
  auto const words = words_in(r, m.first(), m.close);
  bool const capital = r[m.first()].is_capital();
  if (capital && i == s.begin && words >= 8) return lone_quote(mark, s);
  bool const follows = sentence_source_ && words >= 4;  // "...", a dit X, ou encore "..."
  if (!follows && (words < kFragmentMin || capital)) return;
  auto const& before = i > s.begin ? r[i - 1] : r[i];
  if (is_one_of(before.low,
                {"pour", "intitulé", "intitulée", "intitulés", "intitulées", "baptisé", "baptisée", "baptisés",
                 "surnommé", "surnommée", "dit", "dite", "dits", "dites", "appelé", "appelée", "nommé", "nommée"}))
    return;
  for (auto j = s.begin; j < i; ++j) {
    if (is_one_of(r[j].low,
                  {"plainte", "examen", "poursuivi", "poursuivie", "poursuivis", "enquête", "condamné", "jugé", "jugés",
                   "délit", "mention", "slogan", "pancarte", "banderole", "film", "livre", "album"}))
      return;
  }
  auto source = sentence_source_ ? sentence_source_ : main_source(s.begin, i);
  bool const body = source.kind == Source::Kind::named && r.named(source.named).kind == NameKind::place;
  if (body) source = {};
  if (!source && !previous_told_) return;
  add({QuoteType::mixed, m.open, std::min(m.close + 1, s.end), 0, 0, source, Lean::back});
}

// "Même son de cloche chez X : "..."", "Idem pour X, cité par Y : "..."": no verb, and a preposition before who speaks.
Source Finder::verbless_source(uint32_t begin, uint32_t colon) const {
  auto const& r = *r_;
  auto preposition = kNone;
  for (auto i = begin; i < colon && i < begin + 24; i = r.after(i)) {
    auto const& w = r[i];
    if (r.inside(i) || w.is(kHave | kBe | kVerbLike | kPronoun)) return {};
    if (w.is(kReporting) && w.is(kFinite) && !w.is(kWeak) && !is_one_of(w.low, {"cloche"})) return {};
    if (preposition == kNone && i > begin && is_one_of(w.low, {"pour", "chez"})) preposition = i;
    if (preposition == kNone && i > begin && w.low == "côté" && i + 1 < colon) preposition = i + 1;
  }
  if (preposition == kNone) return {};
  auto const source = source_behind(r, preposition + 1, colon);
  return source.start <= preposition + 2 ? source : Source{};
}

// X "comprend le sentiment" de Y, X a "contesté fermement" Z: the verb stands in the marks.
bool Finder::predicate(uint32_t mark, uint32_t i, Sentence const& s) {
  auto const& r = *r_;
  auto const& m = r.marked()[mark];
  if (i <= s.begin + 1 || english_ || m.first() >= m.close) return false;
  auto const& first = r[m.first()];
  if (first.shape != Shape::lower || first.is(kDeterminer | kPreposition | kPronoun | kConjunction)) return false;
  auto const words = words_in(r, m.first(), m.close);
  auto verb = i;
  bool const auxiliary = r[i - 1].is(kHave) && r[i - 1].shape == Shape::lower;
  if (auxiliary) {
    bool const participle = first.low.ends_with("é") || first.low.ends_with("i") || first.low.ends_with("u") ||
                            (first.is(kPast) && first.is(kReporting));
    if (!participle) return false;
    for (--verb; verb > s.begin && r[verb - 1].is(kClitic | kNegation); --verb) {
    }
  } else {
    bool const finite = first.is(kHave | kBe | kVerbLike) || (first.is(kReporting) && first.is(kFinite));
    if (!finite || words < 4) return false;
  }
  auto const source = source_before(r, verb, s.begin);
  bool const somebody = source.kind == Source::Kind::named ? r.named(source.named).kind != NameKind::place
                        : source.kind == Source::Kind::pronoun
                            ? true
                            : source.noun != kNone && r[source.noun].is(kPersonNoun | kGroupNoun);
  if (!source || !somebody) return false;
  if (words == 1 && auxiliary && first.is(kReporting)) {  // a "dénoncé" une "honte"
    claimed_[mark] = 1;
    return phrase({m.close, verb, std::min(m.close + 1, s.end), first.facts | kPhrase}, s);
  }
  if (words < 2) return false;
  auto const end = clause_end(r, r.after(i), s.end);
  claim_marks(m.open, end);
  add({QuoteType::mixed, m.open, end, 0, 0, source});
  told(source, end);
  return true;
}

// Marks no cue claimed: whole sentences and what a colon introduces belong to the speaker beside them; the rest are
// scare quotes and titles.
void Finder::leftovers(Sentence const& s) {
  auto const& r = *r_;
  for (auto i = s.begin; i < s.end; i = r.after(i)) {
    if (!r.inside(i)) continue;
    auto const mark = r.mark_of(i);
    if (claimed_[mark] || unknown_inversion(mark, s) || predicate(mark, i, s)) continue;
    auto const& m = r.marked()[mark];
    auto const words = m.close - m.open;
    auto const behind = r.after(i);
    uint32_t ordinary = 0;
    for (auto j = m.first(); j < m.close && ordinary < 2; ++j) ordinary += r[j].is(kOrdinary);
    if (ordinary < 2) continue;
    bool const ends = behind >= s.end || (r[behind].shape == Shape::sign && behind + 1 >= s.end);
    if (i > s.begin && r[i - 1].sign == ':' && words > 3) {
      auto source = sentence_source_;
      if (!source) source = verbless_source(s.begin, i - 1);
      if (!source) source = main_source(s.begin, i - 1);
      if (!source && previous_begin_ < s.begin) source = main_source(previous_begin_, s.begin);
      add_direct(mark, source, 0, 0);
    } else if (i == s.begin && ends && words > 4) {
      lone_quote(mark, s);
    } else {
      fragment(mark, i, s);
    }
  }
}

}  // namespace vigie::speech
