#include "speech/finder.hpp"

#include "speech/cues.hpp"
#include "speech/grammar.hpp"

namespace vigie::speech {

void Finder::find(Reading const& reading, bool english, std::vector<Claim>& claims) {
  r_ = &reading;
  claims_ = &claims;
  english_ = english;
  claimed_.assign(reading.marked().size(), 0);
  auto const first = reading.first_body_token();
  previous_begin_ = first;
  previous_told_ = false;
  for (auto const& s : reading.sentences()) {
    if (s.begin < first || claims.size() >= kQuotesMax) continue;
    auto const before = claims.size();
    sentence(s);
    previous_told_ = claims.size() > before;
    previous_begin_ = s.begin;
  }
}

void Finder::sentence(Sentence const& s) {
  auto const& r = *r_;
  sentence_source_ = {};
  sentence_begin_ = s.begin;
  for (auto i = s.begin; i < s.end;) {
    auto next = r.after(i);
    Cue cue;
    if (!r[i].lexeme->reports || r.inside(i) || according(i, s)) {
      i = next;
      continue;
    }
    if (cue_at(r, i, english_, static_cast<bool>(sentence_source_), cue) && report(cue, s))
      next = std::max(next, cue.end);
    i = next;
  }
  leftovers(s);
}

bool Finder::report(Cue& cue, Sentence const& s) {
  if (inversion(cue, s) || (english_ && english_tag(cue, s))) return true;
  if (negated(*r_, cue)) return false;
  return that_clause(cue, s) || colon(cue, s) || infinitive(cue, s) || phrase(cue, s) ||
         (english_ && english_clause(cue, s));
}

void Finder::told(Source const& source, uint32_t end) {
  sentence_source_ = source;
  sentence_begin_ = std::max(sentence_begin_, end);
}

void Finder::claim_marks(uint32_t begin, uint32_t end) {
  for (auto i = begin; i < end; i = r_->after(i)) {
    if (r_->inside(i)) claimed_[r_->mark_of(i)] = 1;
  }
}

void Finder::add(Claim claim) {
  if (claim.begin >= claim.end || claims_->size() >= kQuotesMax) return;
  auto const last = claims_->empty() ? 0 : claims_->back().group;
  claim.group = claim.joins && !claims_->empty() ? last : last + 1;
  claims_->push_back(claim);
}

void Finder::add_clause(uint32_t begin, uint32_t end, Source const& source, uint32_t cue_begin, uint32_t cue_end,
                        Lean lean) {
  if (end < begin + 2) return;
  bool const marked = has_mark(*r_, begin, end);
  claim_marks(begin, end);
  add({marked ? QuoteType::mixed : QuoteType::indirect, begin, end, cue_begin, cue_end, source, lean});
}

// A free-standing quote.
void Finder::add_direct(uint32_t mark, Source const& source, uint32_t cue_begin, uint32_t cue_end, bool join_last,
                        Lean lean) {
  auto const& m = r_->marked()[mark];
  claimed_[mark] = 1;
  if (split_by_cue(mark, join_last) || (!source && split_by_credit(mark))) return;
  auto const end = std::min(m.close, r_->size());
  add({QuoteType::direct, m.first(), end, cue_begin, cue_end, source, lean, join_last});
}

}  // namespace vigie::speech
