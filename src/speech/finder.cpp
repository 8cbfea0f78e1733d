#include "speech/finder.hpp"

#include <algorithm>

#include "speech/conjugation.hpp"

namespace vigie::speech {
namespace {

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_clitic_subject(Token const& w) { return w.is(kPronoun) && (w.low.starts_with('-') || w.low.starts_with("t-")); }

bool is_infinitive(Token const& w) {
  if (w.shape != Shape::lower || w.points < 4) return false;
  if (w.is(kPersonNoun | kGroupNoun | kReportNoun | kPlaceNoun)) return false;
  return looks_like_infinitive(w.low);
}

}  // namespace

void Finder::find(Reading const& reading, bool english, std::vector<Quote>& quotes) {
  r_ = &reading;
  quotes_ = &quotes;
  english_ = english;
  groups_ = 0;
  claimed_.assign(reading.marked().size(), 0);
  speakers_.begin(reading);
  auto const first = reading.first_body_token();
  first_point_ = reading.first_body_point();
  for (auto const& s : reading.sentences()) {
    if (s.begin >= first && quotes.size() < kQuotesMax) sentence(s);
  }
}

void Finder::sentence(Sentence const& s) {
  auto const& r = *r_;
  sentence_source_ = {};
  sentence_begin_ = s.begin;
  for (auto i = s.begin; i < s.end;) {
    auto const next = r.after(i);
    if (r.inside(i)) {
      i = next;
      continue;
    }
    if (according(i, s)) {
      i = next;
      continue;
    }
    Cue cue;
    if (cue_at(i, cue)) {
      bool const no = negated(cue);
      if (inversion(cue, s) || (!no && (that_clause(cue, s) || colon(cue, s) || infinitive(cue, s) || phrase(cue, s) ||
                                        (english_ && english_clause(cue, s))))) {
        i = std::max(next, cue.end);
        continue;
      }
    }
    i = next;
  }
  leftovers(s);
}

// A reporting verb in a form that reports: finite, a participle behind its auxiliary or behind another report ("a
// accusé ... et assuré"), a gerund, or an infinitive.
bool Finder::cue_at(uint32_t i, Cue& cue) const {
  auto const& r = *r_;
  auto const& w = r[i];
  if (!w.is(kReporting) || !w.is(kVerbForm) || w.shape != Shape::lower || r.name_at(i) != nullptr) return false;
  if (!w.is(english_ ? kEnglish : kFrench)) return false;
  cue.verb = i;
  cue.begin = i;
  cue.end = i + 1;
  cue.facts = w.facts;
  bool auxiliary = false, reflexive = false, passive = false;
  // Back over adverbs and set phrases ("pour sa part") to the auxiliary, then over what leans on it ("l'a", "s'est").
  auto j = i;
  for (int n = 0; n < 8 && j > 0 && !r.inside(j - 1); ++n) {
    auto const& p = r[j - 1];
    if (p.shape == Shape::sign) break;
    if (p.is(kHave | kBe)) {
      (p.is(kHave) ? auxiliary : passive) = true;
      cue.begin = --j;
      break;
    }
    bool const set_phrase =
        is_one_of(p.low, {"pour", "part",    "sa",    "par",  "quant", "lui",      "elle",    "eux",   "en",   "effet",
                          "à",    "de",      "son",   "côté", "tour",  "leur",     "d'abord", "après", "coup", "dans",
                          "un",   "premier", "temps", "fois", "outre", "revanche", "nouveau", "ce"});
    if (!p.is(kAdverb | kNegation) && !is_clitic_subject(p) && !set_phrase) break;
    --j;
  }
  if (!auxiliary && !passive) j = i;
  for (int n = 0; n < 5 && j > 0 && !r.inside(j - 1); ++n) {
    auto const& p = r[j - 1];
    bool const leans = p.is(kClitic) && !(p.is(kDeterminer) && j > 1 && r[j - 2].is(kPreposition));
    if (!leans || p.shape == Shape::sign || r.name_at(j - 1) != nullptr) break;
    if (p.is(kDeterminer) && !p.low.ends_with('\'') && !auxiliary && !passive && w.is(kWeak)) break;
    reflexive |= is_one_of(p.low, {"se", "s'", "me", "m'"});
    --j;
    if (!is_one_of(p.low, {"ne", "n'"})) cue.begin = j;
  }
  if (w.is(kReflexive) && !reflexive) return false;
  bool const finite = w.is(kFinite), past = w.is(kPast);
  if (english_) {
    if (w.is(kGerund) || finite) return !passive;
    return past && auxiliary;
  }
  if (past && auxiliary) return true;
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
    return (p.low == "et" || p.low == "puis") && static_cast<bool>(sentence_source_);
  }
  if (w.is(kGerund)) return true;
  if (w.is(kInfinitive)) {
    auto const& p = i > 0 ? r[i - 1] : w;
    return is_one_of(p.low, {"de", "d'", "pour", "va", "à", "tient", "vient", "avant"}) || p.is(kClitic);
  }
  return false;
}

bool Finder::negated(Cue const& cue) const {
  auto const& r = *r_;
  for (auto j = cue.verb; j > 0 && j + 8 > cue.verb && !r.inside(j - 1); --j) {
    auto const& p = r[j - 1];
    if (is_one_of(p.low, {"n'", "ne", "not", "didn't", "doesn't", "never"})) return true;
    if (!p.is(kClitic | kAdverb | kHave | kBe | kNegation) && !is_clitic_subject(p)) break;
  }
  return false;
}

bool Finder::has_mark(uint32_t begin, uint32_t end) const {
  for (auto i = begin; i < end; ++i) {
    if (r_->inside(i)) return true;
  }
  return false;
}

// The mark that [begin, end) consists of, but for signs and one conjunction; kNone where there is more.
uint32_t Finder::only_mark(uint32_t begin, uint32_t end) const {
  auto const& r = *r_;
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

void Finder::claim_marks(uint32_t begin, uint32_t end) {
  for (auto i = begin; i < end; i = r_->after(i)) {
    if (r_->inside(i)) claimed_[r_->mark_of(i)] = 1;
  }
}

void Finder::add(QuoteType type, uint32_t begin, uint32_t end, Source const& source, Speaker const& speaker,
                 uint32_t cue_begin, uint32_t cue_end, bool join_last) {
  auto const& r = *r_;
  while (begin < end && r[begin].shape == Shape::sign && !r.inside(begin) && r[begin].sign != '(') ++begin;
  while (end > begin && r[end - 1].shape == Shape::sign &&
         (type == QuoteType::direct
              ? r[end - 1].sign == ',' || is_quote_mark(r[end - 1].sign)
              : !r.inside(end - 1) && r[end - 1].sign != ')' && r[end - 1].sign != '%' && r[end - 1].sign != 0x20AC)) {
    --end;
  }
  if (begin >= end || quotes_->size() >= kQuotesMax) return;
  Quote q;
  q.type = type;
  q.text = r.text(begin, end);
  q.begin = r[begin].point - first_point_;
  q.end = r[end - 1].point + r[end - 1].points - first_point_;
  q.speaker = speaker.name;
  if (source) q.speaker_surface = std::string(r.text(source.begin, source.end));
  if (q.speaker_surface && (q.speaker_surface->starts_with("-t-"))) q.speaker_surface->erase(0, 3);
  if (q.speaker_surface && q.speaker_surface->starts_with("-")) q.speaker_surface->erase(0, 1);
  if (cue_begin < cue_end) q.cue = std::string(r.text(cue_begin, cue_end));
  if (!join_last || quotes_->empty()) ++groups_;
  q.group = groups_ - 1;
  for (auto const& other : *quotes_) {
    if (other.begin == q.begin && other.end == q.end) return;
    if (quotes_->size() > 64) break;
  }
  quotes_->push_back(std::move(q));
}

void Finder::add_clause(uint32_t begin, uint32_t end, Source const& source, uint32_t cue_begin, uint32_t cue_end) {
  if (end < begin + 2) return;
  bool const marked = has_mark(begin, end);
  claim_marks(begin, end);
  add(marked ? QuoteType::mixed : QuoteType::indirect, begin, end, source, speakers_.resolve(source), cue_begin,
      cue_end);
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
  auto const i = verb + 1;
  bool const opens = i + 1 < end && (r.name_at(i) != nullptr || r[i].is(kHonorific | kDeterminer) ||
                                     is_one_of(r[i].low, {"à", "au", "auprès"}));
  if (!opens || is_one_of(r[i].low, {"que", "du", "des"})) return source;
  source = source_behind(r, i, end, r.mark_of(verb));
  bool const somebody =
      source.kind == Source::Kind::named
          ? r.named(source.named).kind != NameKind::place
          : source.kind == Source::Kind::described && r[source.noun].is(kPersonNoun | kMediaNoun | kGroupNoun);
  return somebody && source.start < i + 5 ? source : Source{};
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
    while (start > m.first() && (r[start - 1].is(kHave | kClitic | kAdverb) || is_clitic_subject(r[start - 1])))
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
    auto const speaker = speakers_.resolve(source);
    claimed_[mark] = 1;
    add(QuoteType::direct, m.first(), start, source, speaker, start, cue_end, join_last);
    if (resume + 1 < end) add(QuoteType::direct, resume + 1, end, source, speaker, start, cue_end, true);
    return true;
  }
  return false;
}

// A free-standing quote.
void Finder::add_direct(uint32_t mark, Source const& given, uint32_t cue_begin, uint32_t cue_end, bool join_last) {
  auto const& r = *r_;
  auto const& m = r.marked()[mark];
  claimed_[mark] = 1;
  if (split_by_cue(mark, join_last)) return;
  auto const end = std::min(m.close, r.size());
  add(QuoteType::direct, m.first(), end, given, given ? speakers_.resolve(given) : speakers_.last(), cue_begin, cue_end,
      join_last);
}

// "explique-t-on au ministère": the body named behind speaks.
Source Finder::body_behind(uint32_t i, uint32_t end) const {
  auto const& r = *r_;
  Source source;
  for (auto j = i; j < end && j < i + 8; ++j) {
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
Source Finder::inverted_subject(Cue& cue, uint32_t end, bool& clitic) const {
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
  auto source = source_behind(r, cue.end, end);
  if (source.kind == Source::Kind::pronoun && !r[source.begin].low.starts_with("ce")) return {};
  return source;
}

// CONTENT, a déclaré X: the verb stands before its subject.
bool Finder::inversion(Cue& cue, Sentence const& s) {
  auto const& r = *r_;
  if (!(cue.facts & (kQuotes | kAfter)) || !r[cue.verb].is(kFinite | kPast)) return false;
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
  auto const source = inverted_subject(cue, s.end, clitic);
  if (!clitic && !after_mark && !after_comma && !as) return false;
  if (!source && !clitic) return false;
  auto const end = std::max(cue.end, source.end);
  auto content_begin = sentence_begin_;
  auto const content_end = after_comma ? previous : begin;
  // Only what follows a colon is quoted, where there is one.
  for (auto j = content_begin; j < content_end; j = r.after(j)) {
    if (!r.inside(j) && r[j].sign == ':' && j + 1 < content_end && r.inside(j + 1)) content_begin = j + 1;
  }
  // "Elle modère son propos "Où est ...", s'interroge-t-elle": a mark that ends the content and holds whole sentences.
  if (has_mark(content_begin, content_end)) {
    auto const last_item = r.before(content_end);
    auto const tail = last_item != kNone && r.inside(last_item) ? last_item : kNone;
    if (tail != kNone && tail > content_begin && only_mark(content_begin, content_end) == kNone) {
      auto const& m = r.marked()[r.mark_of(tail)];
      bool const whole = r[m.first()].is_capital() && m.close > m.open + 8 && r.name_at(m.first()) == nullptr &&
                         !r[tail - 1].is(kDeterminer | kPreposition | kConjunction);
      if (whole && !has_mark(content_begin, m.open)) content_begin = m.open;
    }
  }
  bool const little =
      content_end <= content_begin || (content_end < content_begin + 4 && !has_mark(content_begin, content_end));
  bool const plain = !little && !has_mark(content_begin, content_end);
  if (little || (as && content_end <= s.begin)) {
    auto comma = end;
    while (comma < s.end && comma < end + 12 && !r.inside(comma) && r[comma].sign != ',') ++comma;
    bool const goes_on = comma + 3 < s.end && r[comma].sign == ',';
    if ((as || after_comma) && goes_on && (cue.facts & kAfter) && sentence_begin_ < begin + 1) {
      auto const stop = clause_end(comma + 1, s.end);  // "En clair, explique X, la société a ..."
      add_clause(comma + 1, stop, source, cue.begin, cue.end);
      sentence_source_ = source;
      sentence_begin_ = std::max(sentence_begin_, stop);
      return true;
    }
    // What another report already claimed is told by a medium: "X parle de "...", rapporte Le Parisien".
    if (!after_comma || content_end < s.begin + 4 || !(cue.facts & kAfter) || source.kind != Source::Kind::named)
      return false;
    if (r.named(source.named).kind != NameKind::organisation) return false;
    add(QuoteType::indirect, s.begin, content_end, source, speakers_.resolve(source), cue.begin, cue.end);
    sentence_source_ = source;
    sentence_begin_ = end;
    cue.end = end;
    return true;
  }
  if (plain) {
    if (!(cue.facts & kAfter)) return false;
    auto const object = over_adjuncts(cue.verb + 1, s.end);
    if (!clitic && object < s.end && !r.inside(object) &&
        (is_infinitive(r[object]) || r[object].low == "que" || r[object].low == "qu'")) {
      return false;
    }
    add_clause(content_begin, content_end, source, cue.begin, cue.end);
  } else if (auto const mark = only_mark(content_begin, content_end); mark != kNone) {
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
    add(QuoteType::mixed, content_begin, content_end, source, speakers_.resolve(source), cue.begin, cue.end);
    continuation(end, s, source, cue);
  }
  sentence_source_ = source;
  sentence_begin_ = end;
  cue.end = end;
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

Source Finder::subject(Cue const& cue, Sentence const& s) {
  auto const& r = *r_;
  if (r[cue.verb].is(kGerund) || (r[cue.verb].is(kPast) && !r[cue.verb].is(kFinite) && cue.begin == cue.verb)) {
    if (sentence_source_) return sentence_source_;
    auto const comma = r.before(cue.begin);
    auto source = source_before(r, comma != kNone && comma > s.begin ? comma : cue.begin, s.begin);
    if (!source) source = source_behind(r, s.begin, cue.begin);
    return source;
  }
  auto begin = cue.begin;
  if (r[cue.verb].is(kInfinitive) && !r[cue.verb].is(kFinite)) {
    while (begin > s.begin && is_one_of(r[begin - 1].low, {"de", "d'", "pour", "à", "avant"})) --begin;
    auto source = source_before(r, begin, s.begin);
    return source ? source : sentence_source_;
  }
  auto source = source_before(r, begin, s.begin);
  if (!source && begin > s.begin && is_one_of(r[begin - 1].low, {"et", "and", "puis"})) {
    if (sentence_source_) return sentence_source_;
    auto first = main_source(s.begin, begin);
    return first ? first : source;
  }
  return source;
}

// Behind adverbs, dates and phrases with prepositions ("à l'AFP", "dans un communiqué", "mardi") to the word the verb
// governs: "que", an infinitive, "de" and one, a noun phrase, a mark, a colon.
uint32_t Finder::over_adjuncts(uint32_t i, uint32_t end) const {
  auto const& r = *r_;
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
    if (w.is(kTime) || w.shape == Shape::number || (w.is(kAdverb) && !w.is(kDeterminer)) || w.is(kNegation)) continue;
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

bool Finder::relays(uint32_t comma, uint32_t end) const {
  auto const& r = *r_;
  auto i = comma + 1;
  while (i < end && (r[i].is(kHave) || r[i].is(kClitic) || r[i].is(kAdverb) || is_clitic_subject(r[i]))) ++i;
  if (i >= end || r.inside(i)) return false;
  auto const& w = r[i];
  if (w.shape != Shape::lower || !w.is(kReporting)) {
    auto const& next = r[comma + 1];
    if (next.is(kHave | kBe | kVerbLike) && next.shape == Shape::lower) return true;  // behind a relative clause
    if (next.low == "à")
      return comma + 2 < end && is_one_of(r[comma + 2].low, {"l'image", "l'"}) && comma + 3 < end &&
             r[comma + 3].low == "image";
    if (next.low == "alors") return comma + 2 < end && is_one_of(r[comma + 2].low, {"que", "qu'"});
    if (next.low == "tout") return comma + 2 < end && r[comma + 2].low == "en";
    return is_one_of(next.low,
                     {"selon", "avant", "lors", "faisant", "confirmant", "tandis", "citant", "évoquant", "où"});
  }
  if (w.is(kGerund)) return true;
  if (w.is(kFinite) || (w.is(kPast) && i > comma + 1)) {
    if (i + 1 < end && is_clitic_subject(r[i + 1])) return true;
    return static_cast<bool>(source_behind(r, i + 1, std::min(end, i + 8))) && !w.is(kWeak);
  }
  return false;
}

// Where a reported clause that begins at `from` ends: before another report, or with the sentence.
uint32_t Finder::clause_end(uint32_t from, uint32_t end) const {
  auto const& r = *r_;
  int depth = 0;
  for (auto i = from; i < end; i = r.after(i)) {
    if (r.inside(i)) continue;
    auto const& w = r[i];
    if (w.sign == '(') ++depth;
    if (w.sign == ')' && --depth < 0) return i;
    if (depth > 0) continue;
    if (w.sign == ';') return i;
    if (w.low == "mais" && i > from && r.inside(i - 1)) return i;
    if (is_stop(w.sign) && i + 1 >= end) return i;
    if (w.sign == ',' && i + 1 < end && relays(i, end)) return i;
    if ((w.low == "et" || w.low == "and") && i + 1 < end) {
      auto j = i + 1;
      while (j < end && (r[j].is(kHave | kBe | kClitic | kAdverb))) ++j;
      if (j < end && r[j].shape == Shape::lower && r[j].is(kReporting) && r[j].is(kVerbForm) && !r[j].is(kWeak) &&
          !r[j].is(kInfinitive) && j + 1 < end && (r[j].is(kPast) || r[j].is(kFinite) || r[j].is(kGerund))) {
        auto const& n = r[j + 1];
        if (n.low == "que" || n.low == "qu'" || is_infinitive(n) || r.inside(j + 1) ||
            (r[j].is(kPhrase) && has_mark(j, std::min(end, j + 8))))
          return i;
      }
    }
  }
  return end;
}

bool Finder::that_clause(Cue const& cue, Sentence const& s) {
  auto const& r = *r_;
  if (!(cue.facts & kThat)) return false;
  auto const that = over_adjuncts(cue.verb + 1, s.end);
  if (that >= s.end || r.inside(that)) return false;
  auto const low = r[that].low;
  bool const asks = (low == "si" || low == "s'" || low == "pourquoi") && r[cue.verb].low.starts_with("demand");
  if (low != "que" && low != "qu'" && low != "that" && !asks) {
    return false;
  }
  auto const source = subject(cue, s);
  if (!source) return false;
  auto const begin = asks ? that : that + 1;
  auto const end = clause_end(begin, s.end);
  if (end < begin + 2 && !has_mark(begin, end)) return false;
  add_clause(begin, end, source, cue.begin, cue.end);
  sentence_source_ = source;
  sentence_begin_ = std::max(sentence_begin_, end);
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
  sentence_source_ = source;
  sentence_begin_ = std::max(sentence_begin_, behind);
  return true;
}

// X affirme avoir ..., X accuse Y de ..., X promet de ...
bool Finder::infinitive(Cue const& cue, Sentence const& s) {
  auto const& r = *r_;
  if (!(cue.facts & (kToDo | kOfToDo))) return false;
  auto i = over_adjuncts(cue.verb + 1, s.end);
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
          found = true;
          break;
        }
      }
      if (r[j].is(kVerbLike | kBe)) break;
    }
    if (found && !(cue.facts & kToDo) &&
        !(r[cue.verb].low.starts_with("accus") || r[cue.verb].low.starts_with("prom")) &&
        !has_mark(begin, clause_end(begin, s.end))) {
      auto const verb_low = r[cue.verb].low;
      bool const directs = verb_low.starts_with("appel") || verb_low.starts_with("conseil") ||
                           verb_low.starts_with("exhort") || verb_low.starts_with("invit") ||
                           verb_low.starts_with("ordonn");
      if (!directs && !(r[cue.verb].low.starts_with("demand") || r[cue.verb].low.starts_with("menac") ||
                        r[cue.verb].low.starts_with("recommand") || r[cue.verb].low.starts_with("reproch")))
        return false;
    }
  }
  if (!found) return false;
  auto const source = subject(cue, s);
  if (!source) return false;
  auto const end = clause_end(begin, s.end);
  if (end < begin + 2) return false;
  add_clause(begin, end, source, cue.begin, cue.end);
  sentence_source_ = source;
  sentence_begin_ = std::max(sentence_begin_, end);
  return true;
}

// X a dénoncé une "honte": the noun phrase with the quoted fragment.
bool Finder::phrase(Cue const& cue, Sentence const& s) {
  auto const& r = *r_;
  if (!(cue.facts & kPhrase)) return false;
  auto const limit = clause_end(cue.verb + 1, s.end);
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
      if (is_one_of(w.low, {"qui", "dont", "où"})) return false;
      if (w.sign == ',' && j + 1 < limit && is_clitic_subject(r[j + 1])) return false;
    } else {
      if (w.sign == ',' && j + 1 < limit && !r.inside(j + 1) &&
          !is_one_of(r[j + 1].low, {"et", "de", "d'", "sans", "ou"}))
        break;
      if (is_one_of(w.low, {"alors", "tandis"})) break;
    }
  }
  if (first == kNone) return false;
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
  if (begin < first && over_adjuncts(cue.verb + 1, first + 1) == first && !r[first - 1].is(kDeterminer | kPreposition))
    begin = first;
  if (begin < first &&
      is_one_of(r[begin].low, {"de", "d'", "sur", "pour", "contre", "comme", "par", "que", "qu'", "of", "as", "for"})) {
    ++begin;
  }
  // Words behind the last mark up to the next comma belong to the phrase.
  auto end = last;
  while (end < limit && !r.inside(end) && r[end].sign != ',' && r[end].sign != ';' && !is_stop(r[end].sign) &&
         !is_one_of(r[end].low, {"qui", "alors", "tandis", "lors", "dans", "avant", "après", "mais", "et"}) &&
         !r[end].is(kTime)) {
    ++end;
  }
  claim_marks(begin, end);
  add(QuoteType::mixed, begin, end, source, speakers_.resolve(source), cue.begin, cue.end);
  sentence_source_ = source;
  sentence_begin_ = std::max(sentence_begin_, end);
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
  auto const end = clause_end(begin, s.end);
  if (end < begin + 4) return false;
  add_clause(begin, end, source, cue.begin, cue.end);
  sentence_source_ = source;
  sentence_begin_ = std::max(sentence_begin_, end);
  return true;
}

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
  auto source = source_behind(r, from, s.end);
  if (!source || source.start > from + 3) return false;
  if (source.kind == Source::Kind::described && !pour && r[source.noun].is(kReportNoun) && false) return false;
  if (pour && source.kind == Source::Kind::pronoun) return false;
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
    if (begin >= s.end) return false;
    auto const stop = clause_end(begin, s.end);
    auto const mark = only_mark(begin, stop);
    if (mark != kNone) {
      add_direct(mark, source, cue_begin, from);
      auto const& name = source;
      Cue cue{i, cue_begin, from, kQuotes};
      continuation(stop, s, name, cue);
    } else if (pour && !has_mark(begin, stop) && (source.plural || source.kind != Source::Kind::described) &&
               !(source.kind == Source::Kind::named && r.named(source.named).kind == NameKind::person) &&
               !(source.noun != kNone && r[source.noun].is(kPersonNoun))) {
      return false;
    } else {
      add_clause(begin, stop, source, cue_begin, from);
    }
    sentence_source_ = source;
    sentence_begin_ = std::max(sentence_begin_, stop);
    return true;
  }
  if (pour) return false;
  auto content_end = cue_begin;
  if (content_end > s.begin && r[content_end - 1].sign == ',') --content_end;
  auto content_begin = sentence_begin_;
  if (content_end <= content_begin + 1) return false;
  auto const mark = only_mark(content_begin, content_end);
  if (mark != kNone) {
    add_direct(mark, source, cue_begin, from);
  } else {
    auto stop = content_end;
    bool const between = !at_end && end + 1 < s.end && r[end].sign == ',' &&
                         (r[end + 1].is(kHave | kBe | kVerbLike | kClitic) && !r[end + 1].is(kDeterminer));
    if (between) stop = clause_end(end + 1, s.end);  // in brackets of commas
    add_clause(content_begin, stop, source, cue_begin, from);
  }
  sentence_source_ = source;
  sentence_begin_ = std::max(sentence_begin_, end);
  return true;
}

// Who a stretch without a known cue is about: its first name or description that no preposition governs.
Source Finder::main_source(uint32_t begin, uint32_t end) const {
  auto const& r = *r_;
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

// Marks no cue claimed: whole sentences and what a colon introduces belong to the speaker beside them; the rest are
// scare quotes and titles.
void Finder::leftovers(Sentence const& s) {
  auto const& r = *r_;
  for (auto i = s.begin; i < s.end; i = r.after(i)) {
    if (!r.inside(i)) continue;
    auto const mark = r.mark_of(i);
    if (claimed_[mark]) continue;
    auto const& m = r.marked()[mark];
    auto const words = m.close - m.open;
    auto const behind = r.after(i);
    uint32_t ordinary = 0;
    for (auto j = m.first(); j < m.close && ordinary < 2; ++j) ordinary += r[j].is(kOrdinary);
    if (ordinary < 2) continue;
    bool const ends = behind >= s.end || (r[behind].shape == Shape::sign && behind + 1 >= s.end);
    if (i > s.begin && r[i - 1].sign == ':' && words > 3) {
      auto source = sentence_source_;
      if (!source) source = main_source(s.begin, i - 1);
      add_direct(mark, source, 0, 0);
    } else if (i == s.begin && ends && words > 4) {
      if (speakers_.last().name) {
        add_direct(mark, {}, 0, 0);
      } else {
        split_by_cue(mark, false);
      }
    }
  }
}

}  // namespace vigie::speech
