#include "speech/arrange.hpp"

#include <algorithm>

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

// The marks of a claim that holds whole sentences in marks and nothing between them but "et", "ou encore" and commas;
// empty where it is anything else.
std::vector<uint32_t> whole_sentences(Reading const& r, Claim const& c) {
  constexpr uint32_t kWordsMin = 5;
  std::vector<uint32_t> marks;
  if (c.type != QuoteType::mixed || !r.inside(c.begin)) return marks;
  for (auto i = c.begin; i < c.end; i = r.after(i)) {
    if (!r.inside(i)) {
      if (r[i].sign == ',' || is_one_of(r[i].low, {"et", "ou", "encore", "puis", "and", "or"})) continue;
      return {};
    }
    auto const& m = r.marked()[r.mark_of(i)];
    if (i != m.open || m.close >= c.end + 1 || !r[m.first()].is_capital()) return {};
    if (words_in(r, m.first(), m.close) < kWordsMin) return {};
    marks.push_back(r.mark_of(i));
  }
  return marks;
}

// tweeting "A." or "B.": an entry each, of one group.
void part_sentences(Reading const& r, std::vector<Claim>& claims) {
  for (size_t i = claims.size(); i-- > 0;) {
    auto const marks = whole_sentences(r, claims[i]);
    if (marks.size() < 2) continue;
    std::vector<Claim> parts(marks.size(), claims[i]);
    for (size_t part = 0; part < parts.size(); ++part) {
      auto const& m = r.marked()[marks[part]];
      parts[part].type = QuoteType::direct;
      parts[part].begin = m.first(), parts[part].end = std::min(m.close, r.size());
    }
    claims.erase(claims.begin() + static_cast<ptrdiff_t>(i));
    claims.insert(claims.begin() + static_cast<ptrdiff_t>(i), parts.begin(), parts.end());
  }
}

// "a répondu en disant que B" and "a dénoncé A et appelé à B": what another cue reports is not said twice.
void cut_at_inner_cues(Reading const& r, std::vector<Claim>& claims) {
  constexpr size_t kNear = 4;
  for (size_t i = 0; i < claims.size(); ++i) {
    for (size_t j = i + 1; j < claims.size() && j <= i + kNear; ++j) {
      auto& outer = claims[i];
      auto const& inner = claims[j];
      bool const tells = inner.cue_begin < inner.cue_end && inner.cue_end <= inner.begin;
      if (!tells || inner.end != outer.end || inner.cue_begin < outer.begin || outer.type == QuoteType::direct)
        continue;
      auto cut = inner.cue_begin;
      if (cut == outer.begin + 1 && r[outer.begin].is(kClitic | kPreposition)) --cut;  // "se disant"
      if (cut == outer.begin) {
        outer.end = cut;
      } else if (is_one_of(r[cut - 1].low, {"et", "puis", "mais", "and"})) {
        outer.end = cut - 1;
        if (!has_mark(r, outer.begin, outer.end)) outer.type = QuoteType::indirect;
        trim(r, outer);
      }
    }
  }
}

}  // namespace

void arrange(Reading const& r, std::vector<Claim>& claims) {
  auto const empty = [](Claim const& c) { return c.begin >= c.end; };
  for (auto& c : claims) trim(r, c);
  std::erase_if(claims, empty);
  part_sentences(r, claims);
  std::stable_sort(claims.begin(), claims.end(), [](Claim const& a, Claim const& b) {
    return a.begin != b.begin ? a.begin < b.begin : a.end != b.end ? a.end < b.end : a.group < b.group;
  });
  cut_at_inner_cues(r, claims);
  std::erase_if(claims, empty);
  auto const same = [](Claim const& a, Claim const& b) { return a.begin == b.begin && a.end == b.end; };
  claims.erase(std::unique(claims.begin(), claims.end(), same), claims.end());
}

}  // namespace vigie::speech
