#include "speech/attribution.hpp"

#include "speech/grammar.hpp"

namespace vigie::speech {

namespace {

// Signs at the ends belong to the quote only where they say something: a question mark, a bracket, "%".
void trim(Reading const& r, Claim& c) {
  while (c.begin < c.end && r[c.begin].shape == Shape::sign && !r.inside(c.begin) && r[c.begin].sign != '(') ++c.begin;
  auto const drops = [&](Token const& t, uint32_t i) {
    if (t.shape != Shape::sign) return false;
    if (c.type == QuoteType::direct) return t.sign == ',' || is_quote_mark(t.sign);
    return !r.inside(i) && t.sign != ')' && t.sign != '%' && t.sign != 0x20AC;
  };
  while (c.end > c.begin && drops(r[c.end - 1], c.end - 1)) --c.end;
}

}  // namespace

Quote Attribution::quote(Claim const& c) const {
  auto const& r = *r_;
  Quote q;
  q.type = c.type;
  q.text = r.text(c.begin, c.end);
  q.begin = r[c.begin].point - r.first_body_point();
  q.end = r[c.end - 1].point + r[c.end - 1].points - r.first_body_point();
  if (c.source) {
    auto surface = r.text(c.source.begin, c.source.end);
    if (surface.starts_with("-t-")) surface.remove_prefix(3);
    if (surface.starts_with("-")) surface.remove_prefix(1);
    q.speaker_surface = std::string(surface);
  }
  if (c.cue_begin < c.cue_end) q.cue = std::string(r.text(c.cue_begin, c.cue_end));
  return q;
}

void Attribution::arrange(Reading const& reading, std::vector<Claim>& claims) {
  for (auto& c : claims) trim(reading, c);
  std::erase_if(claims, [](Claim const& c) { return c.begin >= c.end; });
  std::stable_sort(claims.begin(), claims.end(), [](Claim const& a, Claim const& b) {
    return a.begin != b.begin ? a.begin < b.begin : a.end != b.end ? a.end < b.end : a.group < b.group;
  });
  auto const same = [](Claim const& a, Claim const& b) { return a.begin == b.begin && a.end == b.end; };
  claims.erase(std::unique(claims.begin(), claims.end(), same), claims.end());
}

void Attribution::attribute(Reading const& reading, std::vector<Claim>& claims, std::vector<Quote>& quotes,
                            Weights weights) {
  r_ = &reading;
  arrange(reading, claims);
  speakers_.begin(reading, weights);
  auto const first = quotes.size();
  std::vector<uint32_t> numbers;  // of the groups, by their first quote
  for (auto const& c : claims) {
    auto q = quote(c);
    if (c.source) {
      q.speaker = speakers_.resolve(c.source).name;
    } else if (c.lean == Lean::back) {
      q.speaker = speakers_.last().name;
    }
    auto const known = std::find(numbers.begin(), numbers.end(), c.group);
    q.group = static_cast<uint32_t>(known - numbers.begin());
    if (known == numbers.end()) numbers.push_back(c.group);
    quotes.push_back(std::move(q));
  }
  // Headings, and quotes before anybody spoke: who speaks next.
  for (auto i = quotes.size(); i-- > first;) {
    auto const lean = claims[i - first].lean;
    if (!quotes[i].speaker && lean != Lean::none && !claims[i - first].source && i + 1 < quotes.size())
      quotes[i].speaker = quotes[i + 1].speaker;
  }
}

}  // namespace vigie::speech
