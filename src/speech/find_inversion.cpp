#include "speech/finder.hpp"

#include "speech/grammar.hpp"
#include "speech/source_parts.hpp"

namespace vigie::speech {

// "explique-t-on au ministère": the body named behind speaks.
Source Finder::body_behind(uint32_t i, uint32_t end) const {
  auto const& r = *r_;
  Source source;
  for (auto j = i; j < end && j < i + 8; ++j) {
    if (j > i && is_one_of(r[j].low, {"source", "sources"}) && r[j - 1].low == "de" && r[j].is(kPersonNoun)) {
      source = description(r, j - 1, end);  // "a-t-on appris de source policière"
      source.begin = source.start = j;
      source.plural = true;  // nobody the article names
      return source;
    }
    auto const* place = r.name_at(j);
    if (place == nullptr || place->begin != j) continue;
    if (!is_one_of(r[j - 1].low, {"à", "au", "chez", "l'", "la", "de", "du", "les"})) break;
    source.kind = Source::Kind::named;
    source.named = place->named;
    source.begin = place->begin;
    source.end = place->end;
    break;
  }
  return source;
}

// Who stands behind a verb that comes before its subject; none where the verb does not.
Source Finder::inverted_subject(Cue& cue, uint32_t end, bool& clitic, bool loose) const {
  auto const& r = *r_;
  clitic = false;
  for (auto j = cue.begin; j <= cue.verb + 1 && j < end; ++j) {
    if (!is_clitic_subject(r[j])) continue;
    clitic = true;
    cue.end = std::max(cue.end, j + 1);
    auto source = source_behind(r, j, j + 1);
    return source.kind == Source::Kind::people ? body_behind(cue.end, end) : source;
  }
  if (cue.end >= end || is_one_of(r[cue.end].low, {"que", "qu'", "that", "par", "by"}) || r[cue.end].sign == ':')
    return {};
  auto source = source_behind(r, cue.end, end, kNone, loose);
  if (source.kind == Source::Kind::pronoun && !r[source.begin].low.starts_with("ce")) return {};
  if (source.kind == Source::Kind::people && english_) return {};  // "wrote on ..."
  return source;
}

namespace {

// "La présidente du parti, Jeanne Morel, a proposé": a name between commas is the verb's subject.
bool ends_with_person(Reading const& r, uint32_t comma, uint32_t begin) {
  if (comma <= begin) return false;
  auto const* place = r.name_at(comma - 1);
  if (place == nullptr || place->end != comma || r.named(place->named).kind != NameKind::person) return false;
  return place->begin <= begin + 2 || r[place->begin - 1].sign == ',';
}

}  // namespace

// CONTENT, a déclaré X: the verb stands before its subject.
bool Finder::inversion(Cue& cue, Sentence const& s) {
  auto const& r = *r_;
  if (!(cue.facts & (kQuotes | kAfter)) || !(cue.facts & (kFinite | kPast))) return false;
  auto begin = cue.begin;
  while (begin > s.begin && r[begin - 1].is(kAdverb) && !r.inside(begin - 1)) --begin;
  bool as = false;  // "comme l'a dit X"
  if (begin > s.begin && is_one_of(r[begin - 1].low, {"comme", "as"})) {
    as = true;
    --begin;
  }
  if (begin == s.begin && !as) return false;
  auto const previous = begin > s.begin ? r.before(begin) : begin;
  bool const after_mark = begin > s.begin && r.inside(previous);
  bool const after_comma =
      begin > s.begin && (r[previous].sign == ',' || r[previous].sign == 0x2013 || r[previous].sign == 0x2014);
  bool clitic = false;
  auto const source = inverted_subject(cue, s.end, clitic, after_mark || (after_comma && r.inside(r.before(previous))));
  if (!clitic && !after_mark && !after_comma && !as) return false;
  if (!source && !clitic) return false;
  auto const end = std::max(cue.end, source.end);
  if (after_comma && !clitic && !as && source.start > cue.end && ends_with_person(r, previous, s.begin)) return false;
  auto content_begin = sentence_begin_;
  auto const content_end = after_comma ? previous : begin;
  // Only what follows a colon is quoted, where there is one.
  for (auto j = content_begin; j < content_end; j = r.after(j)) {
    if (!r.inside(j) && r[j].sign == ':' && j + 1 < content_end && r.inside(j + 1)) content_begin = j + 1;
  }
  // "Elle modère son propos "Où est ...", s'interroge-t-elle": a mark that ends the content and holds whole sentences.
  if (has_mark(r, content_begin, content_end)) {
    auto const last_item = r.before(content_end);
    auto const tail = last_item != kNone && r.inside(last_item) ? last_item : kNone;
    if (tail != kNone && tail > content_begin && only_mark(r, content_begin, content_end) == kNone) {
      auto const& m = r.marked()[r.mark_of(tail)];
      bool const whole = r[m.first()].is_capital() && m.close > m.open + 8 && r.name_at(m.first()) == nullptr &&
                         !r[tail - 1].is(kDeterminer | kPreposition | kConjunction);
      if (whole && !has_mark(r, content_begin, m.open)) content_begin = m.open;
    }
  }
  bool const little =
      content_end <= content_begin || (content_end < content_begin + 4 && !has_mark(r, content_begin, content_end));
  bool const plain = !little && !has_mark(r, content_begin, content_end);
  if (little || (as && content_end <= s.begin)) {
    auto comma = end;
    while (comma < s.end && comma < end + 12 && !r.inside(comma) && r[comma].sign != ',') ++comma;
    bool const goes_on =
        comma + 3 < s.end && r[comma].sign == ',' && !is_one_of(r[comma + 1].low, {"qui", "dont", "où", "que", "qu'"});
    if ((as || after_comma) && goes_on && (cue.facts & kAfter) && sentence_begin_ < begin + 1) {
      auto const stop = clause_end(r, comma + 1, s.end);  // "En clair, explique X, la société a ..."
      add_clause(comma + 1, stop, source, cue.begin, cue.end);
      told(source, stop);
      return true;
    }
    // What another report already claimed is told by a medium: "X parle de "...", rapporte Le Parisien".
    if (!after_comma || content_end < s.begin + 4 || !(cue.facts & kAfter) || source.kind != Source::Kind::named)
      return false;
    if (r.named(source.named).kind != NameKind::organisation) return false;
    add({QuoteType::indirect, s.begin, content_end, cue.begin, cue.end, source});
    told(source, end);
    cue.end = end;
    return true;
  }
  if (plain) {
    if (!(cue.facts & kAfter)) return false;
    auto const object = over_adjuncts(r, cue.verb + 1, s.end);
    if (!clitic && object < s.end && !r.inside(object) &&
        (is_infinitive(r[object]) || r[object].low == "que" || r[object].low == "qu'")) {
      return false;
    }
    add_clause(content_begin, content_end, source, cue.begin, cue.end);
  } else if (auto const mark = only_mark(r, content_begin, content_end); mark != kNone) {
    add_direct(mark, source, cue.begin, cue.end);
    continuation(end, s, source, cue);
  } else {
    // "..., une "honte" a dénoncé X": only the noun phrase behind the last comma.
    for (auto j = content_begin; after_mark && j + 2 < content_end; j = r.after(j)) {
      if (!r.inside(j) && r[j].sign == ',' && r[j + 1].is(kDeterminer) && r.inside(j + 2) &&
          r.after(j + 2) == content_end) {
        content_begin = j + 1;
      }
    }
    claim_marks(content_begin, content_end);
    add({QuoteType::mixed, content_begin, content_end, cue.begin, cue.end, source});
    continuation(end, s, source, cue);
  }
  told(source, end);
  cue.end = end;
  return true;
}

// "...," X said: English leaves the subject before the verb.
bool Finder::english_tag(Cue& cue, Sentence const& s) {
  constexpr uint32_t kSubjectMax = 30;
  auto const& r = *r_;
  if (!(cue.facts & kQuotes) || !(cue.facts & (kFinite | kPast))) return false;
  auto i = cue.begin;
  while (i > s.begin && i + kSubjectMax > cue.begin && !r.inside(i - 1)) --i;
  if (i == cue.begin || i <= s.begin || !r.inside(i - 1)) return false;
  auto const mark = r.mark_of(i - 1);
  auto const& m = r.marked()[mark];
  if (claimed_[mark] || m.close != i - 1) return false;
  if (r[i].sign == ',') ++i;
  auto const source = source_before(r, cue.begin, i);
  if (!source || source.start > i + 1) return false;
  add_direct(mark, source, cue.begin, cue.end);
  continuation(cue.end, s, source, cue);
  told(source, cue.end);
  return true;
}

// "...", VERB X: a verb nobody listed, but where only a report can stand: right behind a mark that holds several words,
// with its subject right behind it.
bool Finder::unknown_inversion(uint32_t mark, Sentence const& s) {
  auto const& r = *r_;
  auto const& m = r.marked()[mark];
  if (m.close >= r.size() || words_in(r, m.first(), m.close) < 4) return false;
  auto i = m.close + 1;
  bool const comma = i < s.end && (r[i].sign == ',' || is_dash(r[i].sign));
  if (comma) ++i;
  auto const floor = i;
  bool auxiliary = false, clitic = false, determined = false;
  Cue cue;
  while (i < s.end && i < floor + 7 && !r.inside(i)) {
    auto const& w = r[i];
    if (w.is(kHave)) {
      auxiliary = true;
    } else if (is_clitic_subject(w)) {
      clitic = true;
    } else if (w.is(kClitic) && w.is(kDeterminer)) {
      determined = true;  // "le jeune homme", unless an auxiliary or "-t-il" says that it is a verb
    } else if (!w.is(kClitic | kAdverb | kNegation) && !is_one_of(w.low, {"s'est", "a", "été"})) {
      break;
    }
    ++i;
  }
  if (i >= s.end || r.inside(i)) return false;
  bool const follows = i + 1 < s.end && is_clitic_subject(r[i + 1]);
  auto const& w = r[i];
  constexpr Facts kOther = kDeterminer | kPreposition | kPronoun | kConjunction | kTime | kBe;
  if (w.shape != Shape::lower || w.points < 4 || (w.is(kOther) && !follows) || r.name_at(i) != nullptr) return false;
  bool const participle = w.low.ends_with("é") || w.low.ends_with("i") || w.low.ends_with("u") ||
                          w.low.ends_with("is") || w.low.ends_with("it");
  bool const finite = w.low.ends_with("e") || w.low.ends_with("ent") || w.low.ends_with("t") || w.low.ends_with("d");
  if (auxiliary ? !participle : !finite) return false;
  if (!comma && !clitic && !follows) return false;
  if (determined && !auxiliary && !follows) return false;
  cue.begin = floor;
  cue.verb = i;
  cue.end = i + 1;
  while (is_one_of(r[cue.verb].low, {"fait", "font", "faisait", "met", "mettent", "mis", "mettait", "botté"}) &&
         cue.end < s.end && cue.end < i + 4 && (r[cue.end].shape == Shape::lower) && !r[cue.end].is(kDeterminer)) {
    ++cue.end;  // "fait valoir", "met en garde"
  }
  bool by_clitic = false;
  auto const source = inverted_subject(cue, s.end, by_clitic, true);
  if (!source || (!by_clitic && source.start > cue.end + 4)) return false;
  if (!by_clitic && source.kind == Source::Kind::pronoun && !is_one_of(r[source.begin].low, {"celui", "celle"}))
    return false;
  if (source.kind == Source::Kind::named && r.named(source.named).kind == NameKind::place) return false;
  add_direct(mark, source, cue.begin, cue.end);
  continuation(std::max(cue.end, source.end), s, source, cue);
  told(source, std::max(cue.end, source.end));
  return true;
}

// The quote goes on behind its cue: "...", a dit X, "...".
void Finder::continuation(uint32_t from, Sentence const& s, Source const& source, Cue const& cue) {
  auto const& r = *r_;
  for (auto j = from; j < s.end; j = r.after(j)) {
    if (r.inside(j)) {
      auto const before = j > 0 ? r[j - 1].sign : 0;
      auto const& m = r.marked()[r.mark_of(j)];
      bool const whole = before == ':' || m.close > m.open + 5 || (m.first() < r.size() && r[m.first()].is_capital());
      if ((before == ',' || before == ':') && whole)
        add_direct(r.mark_of(j), source, cue.begin, cue.end, before == ',');
      return;
    }
    if (r[j].is(kReporting) && r[j].is(kVerbForm) && !r[j].is(kWeak)) return;
  }
}

}  // namespace vigie::speech
