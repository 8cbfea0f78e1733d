#include "speech/pronoun_chain.hpp"

#include <algorithm>

#include "speech/word_sets.hpp"

namespace vigie::speech {
namespace {

Gender gender_of(Token const& w) {
  auto low = w.low;
  while (low.starts_with('-')) low.remove_prefix(1);
  if (low.starts_with("t-")) low.remove_prefix(2);
  if (is_one_of(low, {"il", "he"})) return Gender::man;
  return is_one_of(low, {"elle", "she"}) ? Gender::woman : Gender::unknown;
}

// "il y a", "il faut", "il s'agit": nobody is meant.
bool is_impersonal(Reading const& r, uint32_t i) {
  if (i + 1 >= r.size()) return true;
  return is_one_of(r[i + 1].low, {"y", "faut", "fallait", "faudra", "faudrait", "s'", "n'", "ne", "pleut", "semble",
                                  "existe", "reste", "suffit"}) &&
         !(i + 2 < r.size() && is_one_of(r[i + 2].low, {"est", "était", "a", "avait"}));
}

enum class Found : uint8_t { nothing, pronoun, name };

// The first pronoun of `gender` in the sentence before `end`, outside marks; `name` where somebody who may be meant is
// named before it.
Found first_pronoun(Reading const& r, Sentence const& s, uint32_t end, Gender gender, uint32_t& at) {
  bool named = false;
  for (auto i = s.begin; i < std::min(s.end, end); i = r.after(i)) {
    if (r.inside(i)) continue;
    if (auto const* place = r.name_at(i); place != nullptr) {
      auto const& n = r.named(place->named);
      named |= n.kind == NameKind::person && (n.gender == gender || n.gender == Gender::unknown);
    } else if (r[i].is(kPronoun) && gender_of(r[i]) == gender && !is_impersonal(r, i)) {
      at = i;
      return named ? Found::name : Found::pronoun;
    }
  }
  return named ? Found::name : Found::nothing;
}

}  // namespace

uint32_t chain_begin(Reading const& r, Source const& source, uint32_t here) {
  auto anchor = source.begin;
  if (source.gender == Gender::unknown) return anchor;
  auto const& all = r.sentences();
  for (uint32_t n = 0; n <= kChainMax && n <= here; ++n) {
    auto const& s = all[here - n];
    if (s.end <= r.first_body_token()) break;
    auto at = anchor;
    auto const found = first_pronoun(r, s, source.begin, source.gender, at);
    if (found == Found::nothing && n > 0) break;
    anchor = std::min(anchor, at);
    if (found == Found::name) break;
  }
  return anchor;
}

}  // namespace vigie::speech
