#include "speech/source_parts.hpp"

namespace vigie::speech {
namespace {

bool is_governing(Token const& w) { return w.is(kPreposition) && !is_one_of(w.low, {"selon", "d'après", "pour"}); }

}  // namespace

bool governed(Reading const& r, uint32_t i, uint32_t floor) {
  auto j = i;
  while (j > floor && (r[j - 1].is(kHonorific) || r[j - 1].sign == '.')) --j;
  if (j > floor && r[j - 1].is(kDeterminer) && !r[j - 1].is(kPreposition)) --j;
  if (j > floor && r[j - 1].low == "de" && j - 1 > floor && r[j - 2].low == "auprès") return true;
  return j > floor && is_governing(r[j - 1]);
}

Source name_source(Reading const& r, NamePlace const& place, uint32_t start) {
  Source s;
  s.kind = Source::Kind::named;
  s.named = place.named;
  s.begin = place.begin;
  s.end = place.end;
  if (s.begin >= 2 && r[s.begin - 1].sign == '.' && r[s.begin - 2].is(kHonorific))
    s.begin -= 2;
  else if (s.begin >= 1 && r[s.begin - 1].is(kHonorific))
    --s.begin;
  else if (s.begin >= 1 && r[s.begin - 1].is(kDeterminer) && !r[s.begin - 1].is(kPreposition))
    --s.begin;
  s.start = start == kNone ? s.begin : start;
  return s;
}

Source pronoun_source(Reading const& r, uint32_t i) {
  auto low = r[i].low;
  while (low.starts_with('-')) low.remove_prefix(1);
  if (low.starts_with("t-")) low.remove_prefix(2);
  Source s;
  s.kind = Source::Kind::pronoun;
  s.begin = s.start = i;
  s.end = i + 1;
  if (is_one_of(low, {"il", "lui", "celui-ci", "lui-même", "he", "him"}))
    s.gender = Gender::man;
  else if (is_one_of(low, {"elle", "celle-ci", "elle-même", "she", "her"}))
    s.gender = Gender::woman;
  else if (is_one_of(low, {"ils", "elles", "eux", "ceux-ci", "celles-ci", "they", "them"}))
    s.plural = true;
  else if (is_one_of(low, {"on", "we", "nous"}))
    s.kind = Source::Kind::people;
  else
    s.kind = Source::Kind::none;
  return s;
}

uint32_t skip_bracket(Reading const& r, uint32_t i, uint32_t end) {
  for (auto j = i; j < end && j < i + kReachMax; ++j) {
    if (r[j].sign == ')') return j;
  }
  return i;
}

}  // namespace vigie::speech
