#include "speech/attribution.hpp"

#include <algorithm>

#include "speech/arrange.hpp"

namespace vigie::speech {

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
