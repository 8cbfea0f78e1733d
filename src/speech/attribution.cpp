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

namespace {

// "a-t-on ajouté": who spoke before.
bool goes_on(std::string_view cue) {
  for (std::string_view stem : {"ajout", "poursui", "précis"}) {
    if (cue.find(stem) != std::string_view::npos) return true;
  }
  return false;
}

// What two quotes of the same words share: without the first word, whose capital may differ, and signs at the ends.
std::string_view core(std::string_view text) {
  auto const from = text.find(' ');
  if (from == std::string_view::npos) return {};
  text.remove_prefix(from + 1);
  while (!text.empty() && (text.back() == '.' || text.back() == '"' || text.back() == ' ')) text.remove_suffix(1);
  return text;
}

}  // namespace

// A heading says again what somebody says in the text.
void Attribution::echo(std::vector<Claim> const& claims, std::span<Quote> quotes) const {
  constexpr size_t kLettersMin = 12, kNear = 40, kHeadingsMax = 60;
  size_t headings = 0;
  for (size_t i = 0; i < quotes.size() && headings < kHeadingsMax; ++i) {
    auto const& c = claims[i];
    bool const introduced = c.begin > 1 && (*r_)[c.begin - 2].sign == ':';
    if (c.cue_begin < c.cue_end || c.lean == Lean::none || (c.source && introduced)) continue;
    ++headings;
    auto const words = core(quotes[i].text);
    if (words.size() < kLettersMin) continue;
    for (auto j = i > kNear ? i - kNear : 0; j < quotes.size() && j < i + kNear; ++j) {
      if (j == i || claims[j].cue_begin == claims[j].cue_end || !quotes[j].speaker ||
          quotes[j].text.find(words) == std::string::npos)
        continue;
      quotes[i].speaker = quotes[j].speaker;
      break;
    }
  }
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
      if (c.source.kind == Source::Kind::people && q.cue && goes_on(*q.cue)) q.speaker = speakers_.last().name;
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
  echo(claims, std::span(quotes).subspan(first));
}

}  // namespace vigie::speech
