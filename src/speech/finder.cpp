#include "speech/finder.hpp"

#include <algorithm>

namespace vigie::speech {
namespace {

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_clitic_subject(Token const& w) { return w.is(kPronoun) && (w.low.starts_with('-') || w.low.starts_with("t-")); }

bool is_infinitive(Token const& w) {
  if (w.shape != Shape::lower || w.points < 4) return false;
  if (w.is(kPersonNoun | kGroupNoun | kReportNoun | kPlaceNoun)) return false;
  return w.low.ends_with("er") || w.low.ends_with("ir") || w.low.ends_with("re");
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
  first_point_ = first < reading.size() ? reading[first].point : 0;
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
  if (w.is(kEnglish) != english_ && !(w.is(kEnglish) && english_)) return false;
  cue.verb = i;
  cue.begin = i;
  cue.end = i + 1;
  cue.facts = w.facts;
  bool auxiliary = false, reflexive = false, passive = false;
  auto j = i;
  for (int n = 0; n < 6 && j > 0 && !r.inside(j - 1); ++n) {
    auto const& p = r[j - 1];
    bool const helper = p.is(kHave | kBe) || p.is(kClitic | kNegation) || (p.is(kAdverb)) || is_clitic_subject(p) ||
                        is_one_of(p.low, {"pour", "part", "sa"});
    if (!helper || p.shape == Shape::sign) break;
    if (is_one_of(p.low, {"la", "le", "les", "l'"}) && j - 1 > 0 && r[j - 2].is(kPreposition)) break;
    --j;
    auxiliary |= p.is(kHave);
    passive |= p.is(kBe);
    reflexive |= p.low == "se" || p.low == "s'" || p.low == "me" || p.low == "m'";
    if (p.is(kHave | kBe) || reflexive || is_one_of(p.low, {"l'", "lui", "leur", "y", "en"})) cue.begin = j;
    if (is_clitic_subject(p)) cue.begin = std::min(cue.begin, j);
    if (p.is(kHave | kBe) && !passive) {
      if (j > 0 && (r[j - 1].low == "s'" || r[j - 1].low == "l'" || r[j - 1].low == "n'")) --cue.begin;
      break;
    }
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
  for (auto j = cue.begin; j > 0 && j + 4 > cue.begin; --j) {
    auto const& p = r[j - 1];
    if (p.low == "n'" || p.low == "ne" || p.low == "not" || p.low == "didn't" || p.low == "doesn't") return true;
    if (!p.is(kClitic | kAdverb | kHave | kBe | kNegation)) break;
  }
  for (auto j = cue.begin; j < cue.end; ++j) {
    if (r[j].low == "pas" || r[j].low == "jamais") return true;
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

// A free-standing quote. A cue inside it ("..., explique la jeune femme. ...") cuts it in two entries of one group.
void Finder::add_direct(uint32_t mark, Source const& given, uint32_t cue_begin, uint32_t cue_end, bool join_last) {
  auto const& r = *r_;
  auto const& m = r.marked()[mark];
  claimed_[mark] = 1;
  auto const end = std::min(m.close, r.size());
  for (auto i = m.first() + 2; i + 1 < end; ++i) {
    auto const& w = r[i];
    auto start = i;
    if (!w.is(kQuotes) || !w.is(kFinite | kPast) || w.shape != Shape::lower || w.is(kEnglish) != english_) continue;
    while (start > m.first() && (r[start - 1].is(kHave) || r[start - 1].low == "s'" || r[start - 1].low == "se" ||
                                 r[start - 1].is(kAdverb) || is_clitic_subject(r[start - 1])))
      --start;
    if (r[start - 1].sign != ',' && r[start - 1].sign != '!' && r[start - 1].sign != '?') continue;
    bool const clitic = i + 1 < end && is_clitic_subject(r[i + 1]) && r[i + 1].low != "-je" && r[i + 1].low != "-on";
    bool const clitic_before = start < i && is_clitic_subject(r[i - 1]);
    Source source;
    if (clitic) {
      source = source_behind(r, i + 1, i + 2);
    } else if (clitic_before) {
      source = source_behind(r, i - 1, i);
    } else if (w.is(kFinite) || start < i) {
      auto const& n = r[i + 1];
      bool const noun =
          r.name_at(i + 1) != nullptr || n.is(kHonorific) || (n.is(kDeterminer) && !n.is(kPossessive) && i + 3 < end);
      if (!noun || n.is(kPreposition)) continue;
      Tokens const* unused = nullptr;
      (void)unused;
      // Inside a mark the phrase reader sees nothing marked off: read it by hand.
      if (auto const* place = r.name_at(i + 1 + (n.is(kHonorific) ? 1 + (r[i + 2].sign == '.') : 0));
          place != nullptr) {
        source.kind = Source::Kind::named;
        source.named = place->named;
        source.begin = i + 1;
        source.end = place->end;
      } else if (r[i + 2].is(kPersonNoun) || (i + 3 < end && r[i + 3].is(kPersonNoun))) {
        source.kind = Source::Kind::described;
        source.begin = i + 1;
        source.noun = r[i + 2].is(kPersonNoun) ? i + 2 : i + 3;
        source.end = source.noun + 1;
        source.gender = n.low == "la" || n.low == "cette" ? Gender::woman
                        : n.low == "le" || n.low == "ce"  ? Gender::man
                                                          : Gender::unknown;
      } else {
        continue;
      }
    }
    if (!source) {
      if (!clitic && !clitic_before) continue;
      auto const low = r[clitic ? i + 1 : i - 1].low;
      source.kind = Source::Kind::pronoun;
      source.begin = clitic ? i + 1 : i - 1;
      source.end = source.begin + 1;
      source.gender = low.find("elle") != std::string_view::npos ? Gender::woman : Gender::man;
      source.plural = low.ends_with('s');
    }
    auto resume = source.end > i ? source.end : i + 1;
    while (resume < end && !is_stop(r[resume].sign) && r[resume].sign != ',') ++resume;
    if (resume >= end) continue;
    auto const speaker = speakers_.resolve(source);
    add(QuoteType::direct, m.first(), start, source, speaker, start, std::max(i + 1, clitic ? i + 2 : i + 1),
        join_last);
    add(QuoteType::direct, resume + 1, end, source, speaker, start, std::max(i + 1, clitic ? i + 2 : i + 1), true);
    return;
  }
  add(QuoteType::direct, m.first(), end, given, given ? speakers_.resolve(given) : speakers_.last(), cue_begin, cue_end,
      join_last);
}

// CONTENT, a déclaré X: the verb stands before its subject.
bool Finder::inversion(Cue& cue, Sentence const& s) {
  auto const& r = *r_;
  if (!(cue.facts & (kQuotes | kAfter))) return false;
  if (!r[cue.verb].is(kFinite | kPast)) return false;
  bool clitic = false;
  for (auto j = cue.begin; j <= cue.verb + 1 && j < s.end; ++j) {
    if (is_clitic_subject(r[j])) {
      clitic = true;
      cue.end = std::max(cue.end, j + 1);
    }
  }
  auto begin = cue.begin;
  while (begin > s.begin && (r[begin - 1].is(kAdverb) || r[begin - 1].is(kClitic)) && !r.inside(begin - 1)) --begin;
  if (begin <= sentence_begin_) return false;
  auto const previous = r.before(begin);
  if (previous == kNone || previous < sentence_begin_) return false;
  bool const after_mark = r.inside(previous);
  bool const after_comma = r[previous].sign == ',' || r[previous].sign == 0x2013 || r[previous].sign == 0x2014;
  if (!clitic && !after_mark && !after_comma) return false;
  auto content_end = after_comma ? previous : begin;
  auto content_begin = sentence_begin_;
  if (content_end <= content_begin) return false;
  if (!clitic && cue.end < s.end && (r[cue.end].low == "que" || r[cue.end].low == "qu'" || r[cue.end].sign == ':'))
    return false;
  Source source;
  if (clitic) {
    for (auto j = cue.begin; j < cue.end; ++j) {
      if (is_clitic_subject(r[j])) source = source_behind(r, j, j + 1);
    }
    if (source.kind == Source::Kind::people) {  // "explique-t-on au ministère": the body named behind speaks
      for (auto j = cue.end; j < s.end && j < cue.end + 8; ++j) {
        if (auto const* place = r.name_at(j);
            place != nullptr && is_one_of(r[j - 1].low, {"à", "au", "chez", "l'", "la"})) {
          source.kind = Source::Kind::named;
          source.named = place->named;
          source.begin = place->begin;
          source.end = place->end;
          break;
        }
      }
    }
  } else {
    source = source_behind(r, cue.end, s.end);
    if (!source) return false;
    if (source.kind == Source::Kind::pronoun && !r[source.begin].low.starts_with("ce")) return false;
  }
  // Only what follows a colon is quoted, where there is one.
  for (auto j = content_begin; j < content_end; j = r.after(j)) {
    if (!r.inside(j) && r[j].sign == ':' && j + 1 < content_end && r.inside(j + 1)) content_begin = j + 1;
  }
  auto const mark = only_mark(content_begin, content_end);
  if (mark != kNone) {
    add_direct(mark, source, cue.begin, cue.end);
  } else if (has_mark(content_begin, content_end)) {
    // Marks that open the sentence and words without cue behind: one quote around both.
    claim_marks(content_begin, content_end);
    add(QuoteType::mixed, content_begin, content_end, source, speakers_.resolve(source), cue.begin, cue.end);
  } else {
    if (!(cue.facts & kAfter) || content_end < content_begin + 3) return false;
    add_clause(content_begin, content_end, source, cue.begin, cue.end);
  }
  sentence_source_ = source;
  auto end = std::max(cue.end, source.end);
  // The quote goes on behind its cue.
  for (auto j = end; j < s.end; j = r.after(j)) {
    if (r.inside(j)) {
      auto const before = r[j - 1].sign;
      if ((before == ',' || before == ':') && mark != kNone)
        add_direct(r.mark_of(j), source, cue.begin, cue.end, before == ',');
      break;
    }
    if (r[j].is(kReporting) && r[j].is(kVerbForm)) break;
  }
  sentence_begin_ = end;
  cue.end = end;
  return true;
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
  if (!source && begin > s.begin && r[begin - 1].low == "et") return sentence_source_;
  return source;
}

// Behind adverbs, dates and phrases with prepositions ("à l'AFP", "dans un communiqué", "mardi").
uint32_t Finder::over_adjuncts(uint32_t i, uint32_t end) const {
  auto const& r = *r_;
  end = std::min(end, i + 30);
  bool in_phrase = false;
  for (auto j = i; j < end; ++j) {
    auto const& w = r[j];
    if (r.inside(j) || w.sign == ':') return j;
    if (w.sign == '(') {
      while (j < end && r[j].sign != ')') ++j;
      continue;
    }
    if (w.low == "que" || w.low == "qu'" || w.low == "that") return j;
    if (w.sign == ',') {
      in_phrase = false;
      continue;
    }
    if (w.shape == Shape::sign) return j;
    if (w.is(kTime) || w.shape == Shape::number || (w.is(kAdverb) && !w.is(kDeterminer)) || w.is(kNegation)) continue;
    if (is_one_of(w.low, {"de", "d'"}) && !in_phrase) return j;
    if (w.is(kPreposition)) {
      if (is_infinitive(r[std::min(j + 1, r.size() - 1)]) ||
          (is_one_of(w.low, {"à", "sur", "pour", "contre", "avec", "par"}) && !in_phrase && j == i &&
           !(j + 1 < end && (r.name_at(j + 1) != nullptr || r[j + 1].low == "l'" || r[j + 1].low == "la"))))
        return j;
      in_phrase = true;
      continue;
    }
    if (in_phrase &&
        (w.is(kDeterminer) || r.name_at(j) != nullptr ||
         (w.shape == Shape::lower && !w.is(kPronoun) && !is_infinitive(w) && !(w.is(kHave | kBe | kVerbLike)))))
      continue;
    if (w.is(kTime)) continue;
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
    return is_one_of(r[comma + 1].low,
                     {"selon", "tout", "alors", "avant", "lors", "faisant", "confirmant", "en", "tandis"});
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
  if (j + 1 >= s.end || j >= cue.verb + 40 || !r.inside(j + 1)) return false;
  auto const mark = r.mark_of(j + 1);
  auto const behind = r.after(j + 1);
  if (behind < s.end && r[behind].is_word() && r[behind].shape == Shape::lower) return false;
  auto source = subject(cue, s);
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
      if (!(r[cue.verb].low.starts_with("demand") || r[cue.verb].low.starts_with("menac") ||
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
      if (w.sign == ':' || (w.is(kVerbLike | kHave | kBe) && !r.inside(j))) return false;
      if (j > cue.verb + 26) return false;
      if (w.low == "qui" || w.low == "dont" || w.low == "où") return false;
    } else {
      if (w.sign == ',' && j + 1 < limit && !r.inside(j + 1) && r[j + 1].low != "et") break;
      if (w.low == "qui" || w.low == "alors" || w.low == "tandis") break;
    }
  }
  if (first == kNone) return false;
  auto const source = subject(cue, s);
  if (!source) return false;
  auto begin = over_adjuncts(cue.verb + 1, s.end);
  if (begin > first) begin = first;
  while (begin < first &&
         is_one_of(r[begin].low, {"de", "d'", "sur", "à", "pour", "contre", "comme", "par", "avec", "of", "as", "for"}))
    ++begin;
  // Words behind the last mark up to the next comma belong to the phrase.
  auto end = last;
  while (end < limit && !r.inside(end) && r[end].sign != ',' && r[end].sign != ';' && !is_stop(r[end].sign) &&
         !is_one_of(r[end].low, {"qui", "alors", "tandis", "lors", "dans", "avant", "après", "mais"})) {
    ++end;
  }
  claim_marks(begin, end);
  auto const mark = only_mark(begin, end);
  auto const speaker = speakers_.resolve(source);
  (void)mark;
  add(QuoteType::mixed, begin, end, source, speaker, cue.begin, cue.end);
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
    if (from < s.end && (r[from].low == "que" || r[from].low == "qu'")) return false;
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
  if (!source || source.begin > from + 3) return false;
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
  bool const front = cue_begin <= s.begin + 2;
  bool const at_end = end >= s.end || (is_stop(r[end].sign) && end + 1 >= s.end);
  if (front && !at_end) {
    auto begin = end;
    if (!r.inside(begin)) ++begin;
    if (begin >= s.end) return false;
    auto const stop = clause_end(begin, s.end);
    auto const mark = only_mark(begin, stop);
    if (mark != kNone) {
      add_direct(mark, source, cue_begin, from);
    } else if (pour && !has_mark(begin, stop) && source.kind == Source::Kind::named &&
               r.named(source.named).kind == NameKind::place) {
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
    if (!at_end && end < s.end && r[end].sign == ',') stop = clause_end(end + 1, s.end);  // in brackets of commas
    add_clause(content_begin, stop, source, cue_begin, from);
  }
  sentence_source_ = source;
  sentence_begin_ = std::max(sentence_begin_, end);
  return true;
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
    bool const ends = behind >= s.end || (r[behind].shape == Shape::sign && behind + 1 >= s.end);
    if (i > s.begin && r[i - 1].sign == ':' && words > 3) {
      auto source = sentence_source_;
      if (!source) source = source_behind(r, s.begin, i - 1);
      add_direct(mark, source, 0, 0);
    } else if (i == s.begin && ends && words > 4) {
      if (speakers_.last().name) add_direct(mark, {}, 0, 0);
    }
  }
}

}  // namespace vigie::speech
