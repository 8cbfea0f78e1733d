#include "kinship/evidence.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace vigie::kinship {
namespace {

constexpr float kUnit = 16;  // a term's weight in natural logarithms

// The sum of the N greatest values seen, and more.
template <size_t N>
class Greatest {
 public:
  void add(float value) {
    if (value <= kept_[N - 1]) return;
    size_t at = N - 1;
    for (; at > 0 && kept_[at - 1] < value; --at) kept_[at] = kept_[at - 1];
    kept_[at] = value;
  }
  float sum(size_t from, size_t to) const {
    float total = 0;
    for (size_t i = from; i < to; ++i) total += kept_[i];
    return total;
  }

 private:
  std::array<float, N> kept_{};
};

std::array<float, 17> const kCounts = [] {  // square roots
  std::array<float, 17> roots{};
  for (size_t n = 0; n < roots.size(); ++n) roots[n] = std::sqrt(static_cast<float>(n));
  return roots;
}();

float ratio(float part, float whole) { return whole > 0 ? std::min(1.0f, part / whole) : 0; }
float cosine(float dot, float a, float b) { return a > 0 && b > 0 ? std::min(1.0f, dot / (a * b)) : 0; }

struct Shared {
  float all = 0, lead = 0, title = 0, names = 0, top_a = 0, top_b = 0, title_a = 0, title_b = 0, prefix_a = 0,
        prefix_b = 0, rarest_title = 0, top = 0;
  Greatest<8> words;
  Greatest<4> rare_names;
  Greatest<3> lead_names;

  void add(Term const& a, Term const& b) {
    float const value_a = value_of(a), value_b = value_of(b);
    auto const weight_a = static_cast<float>(a.weight), weight_b = static_cast<float>(b.weight);
    float const weight = std::min(weight_a, weight_b);
    uint8_t const both = a.flags & b.flags;
    bool const lead_a = a.flags & (kInTitle | kInLede), lead_b = b.flags & (kInTitle | kInLede);
    all += value_a * value_b;
    if (lead_a && lead_b) lead += weight_a * weight_b;
    if (both & kInTitle) title += weight_a * weight_b, rarest_title = std::max(rarest_title, weight);
    if (both & kIsName) names += value_a * value_b, rare_names.add(weight);
    if (a.flags & kIsTop) top_a += value_a;
    if (b.flags & kIsTop) top_b += value_b;
    if (both & kIsTop) top += 1;
    if (a.flags & kInTitle) title_a += weight_a;
    if (b.flags & kInTitle) title_b += weight_b;
    if (a.flags & kInPrefix && lead_b) prefix_a += weight_a;
    if (b.flags & kInPrefix && lead_a) prefix_b += weight_b;
    bool const named_a = a.flags & (kIsName | kInTitle), named_b = b.flags & (kIsName | kInTitle);
    if (named_a && named_b && lead_a && lead_b) lead_names.add(weight);
    words.add(kCounts[std::min<int>(a.count, 4) * std::min<int>(b.count, 4)] * weight);
  }
};

// meet(in list, in others), in the order of the hashes.
template <class Value, class Meet>
void each_shared(std::vector<Value> const& list, Sieve const& sieve, HashHeads const& heads,
                 std::vector<Value> const& others, Meet meet) {
  for (Value const& other : others) {
    if (!sieve.may_hold(other.hash)) continue;
    auto const end = heads.end(other.hash);
    for (auto at = heads.begin(other.hash); at < end; ++at) {
      if (list[at].hash == other.hash) meet(list[at], other);
    }
  }
}

void compare_days(Trace const& a, Trace const& b, float& same, float& none) {
  same = 0.3f, none = 1;  // nothing said, nothing known
  float together = 0;
  size_t i = 0, j = 0;
  while (i < a.days.size() && j < b.days.size()) {
    if (a.days[i].day < b.days[j].day)
      ++i;
    else if (b.days[j].day < a.days[i].day)
      ++j;
    else
      together += std::sqrt(static_cast<float>(a.days[i++].weight) * b.days[j++].weight), none = 0;
  }
  if (!a.days.empty() && !b.days.empty()) same = together / std::sqrt(a.sum_days * b.sum_days);
}

}  // namespace

Comparison::Comparison(Trace const& trace) : a_(trace), term_heads_(trace.terms), pair_heads_(trace.pairs) {
  for (Term const& term : a_.terms) terms_.add(term.hash);
  for (Pair const& pair : a_.pairs) pairs_.add(pair.hash);
}

Signs Comparison::with(Trace const& b, int64_t seconds_apart) const {
  Trace const& a = a_;
  Shared s;
  each_shared(a.terms, terms_, term_heads_, b.terms, [&](Term const& one, Term const& other) { s.add(one, other); });
  float pairs = 0;
  each_shared(a.pairs, pairs_, pair_heads_, b.pairs,
              [&](Pair const& one, Pair const& other) { pairs += static_cast<float>(one.weight) * other.weight; });
  float const days = static_cast<float>(std::abs(static_cast<double>(seconds_apart)) / 86'400);
  Signs signs{};
  auto const set = [&](Sign sign, float value) { signs[static_cast<size_t>(sign)] = value; };
  float const all = cosine(s.all, a.norm_all, b.norm_all);
  float const lead_names = s.lead_names.sum(0, 3) / kUnit;
  float const title_a = ratio(s.title_a, a.sum_title), title_b = ratio(s.title_b, b.sum_title);
  set(Sign::all_words, all);
  set(Sign::lead_words, cosine(s.lead, a.norm_lead, b.norm_lead));
  set(Sign::title_words, cosine(s.title, a.norm_title, b.norm_title));
  set(Sign::names, cosine(s.names, a.norm_names, b.norm_names));
  set(Sign::pairs, cosine(pairs, a.norm_pairs, b.norm_pairs));
  set(Sign::top_words, (ratio(s.top_a, a.sum_top) + ratio(s.top_b, b.sum_top)) / 2);
  set(Sign::title_less, std::min(title_a, title_b));
  set(Sign::title_more, std::max(title_a, title_b));
  set(Sign::hours, std::log1p(days));
  set(Sign::rare_names, s.rare_names.sum(0, 4) / kUnit);
  set(Sign::rare_words, s.words.sum(0, 3) / kUnit);
  set(Sign::more_words, s.words.sum(3, 8) / kUnit);
  set(Sign::lead_names, lead_names);
  set(Sign::rarest_title, s.rarest_title / kUnit);
  bool const prefixed = a.sum_prefix > 0 || b.sum_prefix > 0;
  set(Sign::prefix, prefixed ? std::max(ratio(s.prefix_a, a.sum_prefix), ratio(s.prefix_b, b.sum_prefix)) : 0.3f);
  float const prefix_weight = std::max(s.prefix_a, s.prefix_b) / kUnit;
  set(Sign::prefix_weight, prefix_weight);
  set(Sign::prefix_days, prefix_weight * days / 7);
  compare_days(a, b, signs[static_cast<size_t>(Sign::same_days)], signs[static_cast<size_t>(Sign::no_day)]);
  set(Sign::days, days / 7);
  set(Sign::days_words, days * all);
  set(Sign::days_names, days * lead_names / 30);
  set(Sign::top_shared, s.top);
  return signs;
}

}  // namespace vigie::kinship
