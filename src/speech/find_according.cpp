#include "speech/finder.hpp"

#include "speech/grammar.hpp"

namespace vigie::speech {

namespace {

// Behind "selon X,": over "qui révèle les faits," and "avocat de la famille,".
uint32_t over_apposition(Reading const& r, uint32_t begin, uint32_t end) {
  if (begin + 4 >= end || r.inside(begin)) return begin;
  auto const& w = r[begin];
  bool const relative = is_one_of(w.low, {"qui", "dont", "que", "qu'", "où"});
  bool const noun = w.is(kPersonNoun) && w.shape == Shape::lower && !w.is(kAdverb | kDeterminer);
  bool const cited = w.shape == Shape::lower && w.points > 3 && !w.is(kAdverb | kDeterminer) &&
                     (w.low.ends_with("é") || w.low.ends_with("ée") || w.low.ends_with("és") || w.low.ends_with("ées"));
  if (!relative && !noun && !cited) return begin;
  for (auto j = begin + 1; j + 3 < end && j < begin + 30; j = r.after(j)) {
    if (!r.inside(j) && r[j].sign == ',') return j + 1;
  }
  return begin;
}

// Whether the clause goes on right behind the source, with no comma between.
bool stands_inside(Reading const& r, Source const& source) {
  if (source.kind != Source::Kind::pronoun && source.kind != Source::Kind::named) return false;
  auto const& next = r[source.end];
  if (next.low.ends_with("é") || next.low.ends_with("ée") || next.is(kTime)) return false;  // "selon X relayé par Y"
  if (is_one_of(next.low, {"que", "qu'"})) return true;  // "ont montré selon elle qu'ils ..."
  if (source.kind == Source::Kind::pronoun && is_one_of(next.low, {"de", "d'", "du", "des", "par", "à", "au"}))
    return true;
  return (next.is_word() || next.shape == Shape::number || r.inside(source.end)) &&
         !next.is(kConjunction | kPreposition) && next.shape != Shape::capital;
}

// Where the clause before `end` begins: behind "alors que", "qui", or with a participle.
uint32_t clause_begin(Reading const& r, uint32_t begin, uint32_t end) {
  for (auto j = begin + 1; j + 1 < end; j = r.after(j)) {
    if (r.inside(j)) continue;
    auto const& w = r[j];
    bool const comma = r[j - 1].sign == ',';
    if (comma && is_one_of(w.low, {"mais", "car", "qui"})) begin = j + 1;
    if (is_one_of(w.low, {"alors", "tandis"}) && is_one_of(r[j + 1].low, {"que", "qu'"})) begin = j + 2;
    if (comma && w.shape == Shape::lower && w.points > 4 && w.low.ends_with("ant") && !is_adverb(w)) begin = j;
  }
  return begin;
}

}  // namespace

// Selon X, ... ; d'après X ; pour X, "..."; according to X.
bool Finder::according(uint32_t i, Sentence const& s) {
  auto const& r = *r_;
  auto const& w = r[i];
  uint32_t from = i + 1;
  bool pour = false;
  if (w.low == "selon") {
    if (from < s.end && is_one_of(r[from].low, {"que", "qu'", "laquelle", "lequel", "lesquelles", "lesquels"}))
      return false;
  } else if (w.low == "d'" && from < s.end && r[from].low == "après") {
    ++from;
  } else if (w.low == "croire" && i >= s.begin + 2 && r[i - 1].low == "en") {
  } else if (w.low == "pour" && (i == s.begin || (i == s.begin + 1 && r[s.begin].is(kConjunction)))) {
    pour = true;
  } else if (w.low == "according" && from < s.end && r[from].low == "to") {
    ++from;
  } else {
    return false;
  }
  auto source = source_behind(r, from, s.end, kNone, !pour);
  if (!source || source.start > from + (pour ? 0 : 3)) return false;
  if (i < sentence_begin_ && source.kind == Source::Kind::pronoun && sentence_source_) return false;  // said already
  auto end = source.end;
  for (; end < s.end; end = r.after(end)) {  // to the comma behind the source
    if (r.inside(end)) break;
    if (r[end].sign == ',' || r[end].sign == ':' || r[end].sign == ';') break;
    if (is_stop(r[end].sign) && end + 1 >= s.end) break;
  }
  auto cue_begin = i;
  if (w.low == "croire") cue_begin = i >= 2 && r[i - 2].low == "à" ? i - 2 : i - 1;
  auto lead = cue_begin;  // over "mais", "car", "alors que": a clause begins with the cue
  while (lead > sentence_begin_ && r[lead - 1].is(kConjunction | kAdverb)) --lead;
  bool const front = lead <= s.begin + 1 || (lead < cue_begin && r[lead - 1].sign == ',') ||
                     r[cue_begin - 1].sign == ':' || lead <= sentence_begin_ || (r[cue_begin - 1].sign == ';');
  bool const at_end = end >= s.end || (is_stop(r[end].sign) && end + 1 >= s.end);
  if (front && !at_end) {
    auto begin = end;
    if (!r.inside(begin)) ++begin;
    begin = over_apposition(r, begin, s.end);
    if (begin >= s.end) return false;
    auto const stop = clause_end(r, begin, s.end);
    auto const mark = only_mark(r, begin, stop);
    if (mark != kNone) {
      add_direct(mark, source, cue_begin, from);
      auto const& name = source;
      Cue cue{i, cue_begin, from, kQuotes};
      continuation(stop, s, name, cue);
    } else if (pour && !has_mark(r, begin, stop) && (source.plural || source.kind != Source::Kind::described) &&
               !(source.kind == Source::Kind::named && r.named(source.named).kind == NameKind::person) &&
               !(source.noun != kNone && r[source.noun].is(kPersonNoun))) {
      return false;
    } else {
      add_clause(begin, stop, source, cue_begin, from);
    }
    told(source, stop);
    return true;
  }
  if (pour) return false;
  if (source.end < s.end && stands_inside(r, source)) {  // "a gagné selon elle deux sièges": the whole clause
    auto begin = clause_begin(r, sentence_begin_, cue_begin);
    if (cue_begin <= begin + 2 && is_one_of(r[source.end].low, {"que", "qu'"}))
      begin = source.end + 1;                                                          // "Preuve ... que"
    if (cue_begin > begin + 2 && r[cue_begin - 2].sign == ',') begin = cue_begin - 1;  // ", symbole selon eux de ..."
    auto const stop = clause_end(r, source.end, s.end);
    if (stop <= begin + 2) return false;
    add_clause(begin, stop, source, cue_begin, from);
    told(source, stop);
    return true;
  }
  auto content_end = cue_begin;
  if (content_end > s.begin && r[content_end - 1].sign == ',') --content_end;
  auto content_begin = sentence_begin_;
  // "A, mais B, selon X": only B is credited.
  for (auto j = content_begin + 1; j + 2 < content_end; j = r.after(j)) {
    if (!r.inside(j) && r[j - 1].sign == ',' && is_one_of(r[j].low, {"mais", "car", "alors", "tandis"})) {
      content_begin = j + 1 + is_one_of(r[j + 1].low, {"que", "qu'"});
    }
  }
  if (content_end <= content_begin + 1) return false;
  auto const mark = only_mark(r, content_begin, content_end);
  if (mark != kNone) {
    add_direct(mark, source, cue_begin, from);
  } else {
    auto stop = content_end;
    bool const between = !at_end && end + 1 < s.end && r[end].sign == ',' &&
                         ((r[end + 1].is(kHave | kBe | kVerbLike | kClitic) && !r[end + 1].is(kDeterminer)) ||
                          is_one_of(r[end + 1].low, {"par", "de", "d'", "à"}) || r[content_end - 1].is(kHave | kBe));
    if (between) stop = clause_end(r, end + 1, s.end);  // in brackets of commas
    add_clause(content_begin, stop, source, cue_begin, from);
  }
  told(source, end);
  return true;
}

}  // namespace vigie::speech
