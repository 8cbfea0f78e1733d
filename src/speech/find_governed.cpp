#include "speech/finder.hpp"

#include <algorithm>

#include "speech/grammar.hpp"

namespace vigie::speech {
namespace {

// Tokens of one sentence; a page without full stops and with a cue in every line must not cost its square.
constexpr uint32_t kLookedThrough = 400;

// "un communiqué saluant", not "des mails invitant": whether the word before a gerund may speak; commas and marks part.
bool describes_somebody(Reading const& r, uint32_t i) {
  auto const& w = r[i];
  if (r.inside(i) || w.shape != Shape::lower || r.name_at(i) != nullptr) return true;
  return w.is(kPersonNoun | kGroupNoun | kMediaNoun | kReportNoun | kPronoun | kClitic | kAdverb | kNationality |
              kTime | kNegation);
}

}  // namespace

Source Finder::subject(Cue const& cue, Sentence const& s, bool loose) {
  auto const& r = *r_;
  if ((cue.facts & kGerund) || ((cue.facts & kPast) && !(cue.facts & kFinite) && cue.begin == cue.verb)) {
    if (sentence_source_) return sentence_source_;
    auto const en = r[cue.begin].low == "en" || (cue.begin > s.begin && r[cue.begin - 1].low == "en");
    if ((cue.facts & kGerund) && en) {  // whoever the sentence is about, not its object
      if (auto source = main_source(s.begin, cue.begin)) return source;
    } else if ((cue.facts & kGerund) && cue.begin > s.begin && !describes_somebody(r, cue.begin - 1)) {
      return {};
    }
    auto const comma = r.before(cue.begin);
    auto source = source_before(r, comma != kNone && comma > s.begin ? comma : cue.begin, s.begin, loose);
    if (!source) source = source_behind(r, s.begin, cue.begin);
    if (!source) source = main_source(s.begin, cue.begin);
    return source;
  }
  auto begin = cue.begin;
  if ((cue.facts & kInfinitive) && !(cue.facts & kFinite)) {
    while (begin > s.begin && is_one_of(r[begin - 1].low, {"de", "d'", "pour", "à", "avant", "par"})) --begin;
    auto source = source_before(r, begin, s.begin);
    return source ? source : sentence_source_;
  }
  auto source = source_before(r, begin, s.begin, loose);
  if (!source && begin > s.begin && is_one_of(r[begin - 1].low, {"et", "and", "puis", "mais"})) {
    if (sentence_source_) return sentence_source_;
    auto first = main_source(s.begin, begin);
    return first ? first : source;
  }
  return source;
}

// Who a stretch without a known cue is about: its first name or description that no preposition governs.
Source Finder::main_source(uint32_t begin, uint32_t end) const {
  auto const& r = *r_;
  end = std::min(end, begin + kLookedThrough);
  for (auto i = begin; i < end; i = r.after(i)) {
    if (r.inside(i)) continue;
    if (auto const* place = r.name_at(i); place != nullptr && place->begin == i) {
      auto const article = i > begin && r[i - 1].is(kDeterminer) && !r[i - 1].is(kPreposition) ? i - 1 : i;
      bool const governed = article > begin && r[article - 1].is(kPreposition);
      if (!governed && r.named(place->named).kind != NameKind::place) return source_behind(r, i, end);
      i = place->end - 1;
    } else if (r[i].is(kDeterminer) && !r[i].is(kPreposition) && !(i > begin && r[i - 1].is(kPreposition))) {
      if (auto source = source_behind(r, i, std::min(end, i + 12));
          source && source.begin <= i + 1 && source.noun != kNone && r[source.noun].is(kPersonNoun | kMediaNoun)) {
        return source;
      }
    } else if (r[i].is(kPronoun) && !r[i].is(kConjunction)) {
      if (auto source = source_behind(r, i, i + 1)) return source;
    }
  }
  return {};
}

// "Rappelant que A, X ...": the comma behind which the subject stands; kNone where the gerund opens no sentence.
uint32_t Finder::leading_gerund(Cue const& cue, Sentence const& s, uint32_t begin) const {
  auto const& r = *r_;
  if (!(cue.facts & kGerund) || cue.begin > s.begin + 2) return kNone;
  for (auto j = begin + 2; j + 2 < s.end; j = r.after(j)) {
    if (r.inside(j) || r[j].sign != ',') continue;
    auto const& next = r[j + 1];
    if (r.name_at(j + 1) != nullptr || next.is(kDeterminer | kHonorific) || is_one_of(next.low, {"il", "elle"}))
      return j;
  }
  return kNone;
}

bool Finder::that_clause(Cue const& cue, Sentence const& s) {
  auto const& r = *r_;
  bool const wishes = !(cue.facts & kThat) && (cue.facts & kPhrase) && (cue.facts & kQuotes);
  if (!(cue.facts & kThat) && !wishes) return false;
  auto that = over_adjuncts(r, cue.verb + 1, s.end);
  if (that + 2 < s.end && !r.inside(that) &&
      is_one_of(r[that].low, {"à", "de", "sur"})) {  // "à ce que", "sur le fait que"
    for (auto j = that + 1; j < that + 4 && j < s.end && !r.inside(j); ++j) {
      if (is_one_of(r[j].low, {"que", "qu'"}) && is_one_of(r[j - 1].low, {"ce", "fait"})) that = j;
    }
  }
  if (that >= s.end || r.inside(that)) return false;
  if (that + 2 < s.end && is_one_of(r[that + 1].low, {"ce"}) && r[that + 2].low == "soit") return false;
  auto const low = r[that].low;
  bool const asks = (low == "si" || low == "s'" || low == "pourquoi") && r[cue.verb].low.starts_with("demand");
  bool const how = low == "comment";
  if (low != "que" && low != "qu'" && low != "that" && !asks && !how) {
    return false;
  }
  auto const begin = asks ? that : that + 1;
  auto source = subject(cue, s, !r[cue.verb].is(kWeak) || (cue.facts & kPast));
  if (!source) source = main_source(s.begin, cue.begin);
  auto end = clause_end(r, begin, s.end);
  if (auto const comma = leading_gerund(cue, s, begin); !source && comma != kNone) {
    source = main_source(comma + 1, s.end);
    end = std::min(end, comma);
  }
  if (tells_itself(cue, source) && !has_mark(r, begin, end)) return false;
  bool const goes_on = !source && cue.begin == s.begin + 1 && is_one_of(r[s.begin].low, {"et", "mais", "puis"});
  if (!source && !goes_on) return false;
  if (end < begin + 2 && !has_mark(r, begin, end)) return false;
  if (wishes && !has_mark(r, begin, end)) return false;
  add_clause(begin, end, source, cue.begin, cue.end, goes_on ? Lean::back : Lean::none);
  told(source, end);
  return true;
}

// X confiait : "..."
bool Finder::colon(Cue const& cue, Sentence const& s) {
  auto const& r = *r_;
  if (!(cue.facts & (kQuotes | kThat | kPhrase))) return false;
  auto j = cue.verb + 1;
  for (; j < s.end && j < cue.verb + 40 && r[j].sign != ':'; ++j) {
    if (r.inside(j) || (r[j].is(kReporting) && r[j].is(kFinite) && !r[j].is(kWeak))) return false;
  }
  if (j + 1 >= s.end || j >= cue.verb + 40) return false;
  if (!r.inside(j + 1)) {  // "X l'a annoncé : ..."
    if (j != cue.verb + 1 || !(cue.facts & kThat) || r[cue.begin].low != "l'") return false;
    auto const source = subject(cue, s);
    if (!source) return false;
    add_clause(j + 1, s.end, source, cue.begin, cue.end);
    sentence_begin_ = s.end;
    return true;
  }
  auto const mark = r.mark_of(j + 1);
  auto const behind = r.after(j + 1);
  if (behind < s.end && r[behind].is_word() && r[behind].shape == Shape::lower) return false;
  auto source = subject(cue, s);
  if (!source) source = main_source(s.begin, j);
  if (!source) source = source_behind(r, cue.verb + 1, j);
  add_direct(mark, source, cue.begin, cue.end);
  told(source, behind);
  return true;
}

// X affirme avoir ..., X accuse Y de ..., X promet de ...
bool Finder::infinitive(Cue const& cue, Sentence const& s) {
  auto const& r = *r_;
  if (!(cue.facts & (kToDo | kOfToDo))) return false;
  auto i = over_adjuncts(r, cue.verb + 1, s.end);
  if (i >= s.end || r.inside(i)) return false;
  auto begin = i;
  auto const skip = [&](uint32_t j) {
    while (j < s.end && !r.inside(j) &&
           (r[j].is(kClitic | kNegation) || is_one_of(r[j].low, {"bien", "même", "mieux"})))
      ++j;
    return j;
  };
  auto const verb = skip(i);
  bool found = (cue.facts & kToDo) && verb < s.end &&
               (is_infinitive(r[verb]) || r[verb].low == "être" || r[verb].low == "avoir");
  if (!found && (cue.facts & kOfToDo)) {
    bool const object = r[cue.verb].low.starts_with("accus") || r[cue.verb].low.starts_with("exhort") ||
                        r[cue.verb].low.starts_with("appel") || r[cue.verb].low.starts_with("invit") ||
                        r[cue.verb].low.starts_with("soup");
    for (auto j = cue.verb + 1; j + 1 < s.end && j < cue.verb + 24; j = r.after(j)) {
      if (r.inside(j)) continue;
      if (r[j].shape == Shape::sign && r[j].sign != ',') break;
      if (r[j].low == "de" || r[j].low == "d'" || r[j].low == "à") {
        auto const k = skip(j + 1);
        if (k < s.end && (is_infinitive(r[k]) || r[k].low == "être" || r[k].low == "avoir")) {
          begin = object ? cue.verb + 1 : j + 1;
          while (begin < j && is_adverb(r[begin]) && !r[begin].is(kDeterminer)) ++begin;
          found = true;
          break;
        }
      }
      if (r[j].is(kVerbLike | kBe)) break;
    }
    if (found && !(cue.facts & kToDo) &&
        !(r[cue.verb].low.starts_with("accus") || r[cue.verb].low.starts_with("prom")) &&
        !has_mark(r, begin, clause_end(r, begin, s.end))) {
      auto const verb_low = r[cue.verb].low;
      bool const directs = verb_low.starts_with("appel") || verb_low.starts_with("conseil") ||
                           verb_low.starts_with("exhort") || verb_low.starts_with("invit") ||
                           verb_low.starts_with("ordonn");
      if (!directs && !(r[cue.verb].low.starts_with("demand") || r[cue.verb].low.starts_with("menac") ||
                        r[cue.verb].low.starts_with("recommand") || r[cue.verb].low.starts_with("reproch") ||
                        r[cue.verb].low.starts_with("targu") || r[cue.verb].low.starts_with("engag")))
        return false;
    }
  }
  if (!found) return false;
  auto const source = subject(cue, s, !r[cue.verb].is(kWeak) || (cue.facts & kPast));
  if (!source) return false;
  auto const end = clause_end(r, begin, s.end);
  if (end < begin + 2 || (tells_itself(cue, source) && !has_mark(r, begin, end))) return false;
  add_clause(begin, end, source, cue.begin, cue.end);
  told(source, end);
  return true;
}

// "X a déclaré qu'il regrettait de ...": a report within one, of the same person.
bool Finder::tells_itself(Cue const& cue, Source const& source) const {
  return cue.begin < sentence_begin_ && source.kind == Source::Kind::pronoun && sentence_source_;
}

namespace {

// "dans un communiqué", "dans Le Monde", "dans les colonnes de": where it was said, not what.
bool places_the_report(Reading const& r, uint32_t in, uint32_t end) {
  for (auto j = in + 1; j < end && j < in + 4; ++j) {
    if (r.name_at(j) != nullptr) return true;
    if (r[j].is(kReportNoun | kMediaNoun)) return true;
    if (is_one_of(r[j].low,
                  {"colonnes", "interview", "entretien", "communiqué", "tweet", "lettre", "tribune", "vidéo", "message",
                   "post", "livre", "émission", "discours", "soirée", "matinée", "journée", "foulée"}))
      return true;
  }
  return false;
}

// "au magazine X", "à l'AFP", "sur BFMTV".
bool names_medium(Reading const& r, uint32_t in, uint32_t end) {
  if (!is_one_of(r[in].low, {"à", "au", "sur", "auprès"})) return false;
  for (auto j = in + 1; j < end && j < in + 4; ++j) {
    auto const* place = r.name_at(j);
    if (place != nullptr) return r.named(place->named).medium;
    if (r[j].is(kMediaNoun) && j + 1 < end && r.name_at(j + 1) != nullptr) return true;
  }
  return false;
}

// "pour sa part", "de son côté", "quant à lui".
uint32_t over_set_phrase(Reading const& r, uint32_t i, uint32_t end) {
  if (i + 3 > end) return i;
  if (is_one_of(r[i + 2].low, {"part", "côté", "tour"}) && r[i + 1].is(kPossessive) && r[i].is(kPreposition))
    return i + 3;
  if (is_one_of(r[i].low, {"quant"}) && is_one_of(r[i + 2].low, {"lui", "elle", "eux"})) return i + 3;
  return i;
}

// "sur Twitter", "à la chaîne X": a preposition that leads to a name.
bool names_behind(Reading const& r, uint32_t preposition) {
  auto const next = preposition + 1;
  if (next + 1 >= r.size()) return false;
  return r.name_at(next) != nullptr || (r[next].is(kDeterminer) && r.name_at(next + 1) != nullptr);
}

// "a écrit à X et en appelle à": the verb at `i` reports what follows itself.
bool opens_report(Reading const& r, uint32_t begin, uint32_t i) {
  auto const& w = r[i];
  if (!w.is(kReporting) || !w.is(kFinite | kPast) || w.shape != Shape::lower) return false;
  while (i > begin && r[i - 1].is(kClitic | kHave | kAdverb)) --i;
  return i > begin && is_one_of(r[i - 1].low, {"et", "puis", "and"});
}

// ", qui "essaye de convaincre" les autres": a relative clause that holds the speaker's words too.
bool marks_in_relative(Reading const& r, uint32_t comma, uint32_t end) {
  if (comma + 2 >= end || !is_one_of(r[comma + 1].low, {"qui", "dont", "où", "que", "qu'"})) return false;
  for (auto j = comma + 2; j < end && j < comma + 14; j = r.after(j)) {
    if (r.inside(j)) return true;
    if (r[j].sign == ',' || r[j].sign == ';') return false;
  }
  return false;
}

}  // namespace

// X a dénoncé une "honte": the noun phrase with the quoted fragment.
bool Finder::phrase(Cue const& cue, Sentence const& s) {
  auto const& r = *r_;
  if (!(cue.facts & kPhrase)) return false;
  auto const limit = clause_end(r, cue.verb + 1, s.end);
  uint32_t last = kNone, first = kNone;
  for (auto j = cue.verb + 1; j < limit && j < cue.verb + 400; j = r.after(j)) {
    if (r.inside(j)) {
      if (first == kNone) first = j;
      last = r.after(j);
      continue;
    }
    auto const& w = r[j];
    if (first == kNone) {
      if (w.sign == ':' || w.sign == ';' || w.is(kVerbLike | kHave | kBe) || j > cue.verb + 26) return false;
      if (is_one_of(w.low, {"qui", "dont", "où"}) || opens_report(r, cue.verb + 1, j)) return false;
      if (w.sign == ',' && j + 1 < limit && is_clitic_subject(r[j + 1])) return false;
    } else {
      if (w.sign == ',' && j + 1 < limit && !r.inside(j + 1) &&
          !is_one_of(r[j + 1].low, {"et", "de", "d'", "sans", "ou"}) && !marks_in_relative(r, j, limit))
        break;
      if (w.sign == ':' || is_one_of(w.low, {"alors", "tandis"})) break;
    }
  }
  if (first == kNone) return false;
  if (cue.verb + 2 < s.end && is_one_of(r[cue.verb + 1].low, {"l'", "les", "la", "cette"}) &&
      is_one_of(r[cue.verb + 2].low, {"information", "informations", "faits", "nouvelle", "affaire", "anecdote"}))
    return false;  // "X, qui rapporte l'information, ..."
  auto const source = subject(cue, s);
  if (!source) return false;
  auto begin = cue.verb + 1;
  for (; begin < first; ++begin) {  // over dates, adverbs and "à l'AFP"
    auto const& w = r[begin];
    if (w.is(kTime) || w.shape == Shape::number || (w.is(kAdverb) && !w.is(kDeterminer)) || w.sign == ',') continue;
    if (w.low == "d'" && begin + 1 < first && r[begin + 1].is(kAdverb)) continue;
    if (is_one_of(w.low, {"à", "au"}) && begin + 2 < first) {
      auto const name = begin + 1 + r[begin + 1].is(kDeterminer);
      if (auto const* place = r.name_at(name); place != nullptr && place->end <= first) {
        begin = place->end - 1;
        continue;
      }
    }
    break;
  }
  begin = over_set_phrase(r, begin, first);
  if (r[cue.verb + 1].sign == ',') {  // "a appelé, sur les réseaux sociaux, au ..."
    for (auto j = cue.verb + 2; j < first; ++j) {
      if (r[j].sign == ',') begin = std::max(begin, j + 1);
    }
  }
  if (auto const behind = over_adjuncts(r, begin, first);
      begin < behind && behind < first && r[begin].is(kPreposition) && names_behind(r, begin))
    begin = behind;
  if (begin < first && over_adjuncts(r, cue.verb + 1, first + 1) == first &&
      !r[first - 1].is(kDeterminer | kPreposition))
    begin = first;
  if (begin < first &&
      is_one_of(r[begin].low, {"de", "d'", "sur", "pour", "contre", "comme", "par", "que", "qu'", "of", "as", "for"})) {
    ++begin;
  }
  if (begin < first && is_one_of(r[begin].low, {"à", "au", "aux"}) && is_one_of(r[first - 1].low, {"de", "d'"}))
    begin = first;  // "a demandé à la journaliste de "garder ...""
  // Words behind the last mark up to the next comma belong to the phrase.
  auto end = last;
  while (end < limit && !r.inside(end) && r[end].sign != ',' && r[end].sign != ';' && !is_stop(r[end].sign) &&
         !is_one_of(r[end].low, {"qui", "alors", "tandis", "lors", "avant", "après", "mais", "et"}) &&
         !(r[end].low == "dans" && places_the_report(r, end, limit)) && !names_medium(r, end, limit) &&
         !r[end].is(kTime)) {
    ++end;
  }
  claim_marks(begin, end);
  add({QuoteType::mixed, begin, end, cue.begin, cue.end, source});
  told(source, end);
  return true;
}

// "X said the plan was dead": English leaves "that" out.
bool Finder::english_clause(Cue const& cue, Sentence const& s) {
  auto const& r = *r_;
  if (!(cue.facts & kThat) || !r[cue.verb].is(kFinite)) return false;
  auto begin = cue.verb + 1;
  while (begin < s.end && r[begin].is(kTime)) ++begin;
  if (begin + 2 >= s.end || r.inside(begin)) return false;
  auto const& w = r[begin];
  bool const clause = w.is(kDeterminer | kPronoun) || r.name_at(begin) != nullptr || w.low == "there";
  if (!clause || w.low == "of") return false;
  auto const source = subject(cue, s);
  if (!source) return false;
  auto const end = clause_end(r, begin, s.end);
  if (end < begin + 4) return false;
  add_clause(begin, end, source, cue.begin, cue.end);
  told(source, end);
  return true;
}

}  // namespace vigie::speech
