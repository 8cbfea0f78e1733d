#include "article/selection.hpp"

#include <algorithm>
#include <unordered_set>

#include "article/strings.hpp"

namespace vigie::article {
namespace {

constexpr PlaceSet kOutside = bit(Place::nav) | bit(Place::footer) | bit(Place::hidden) | bit(Place::button) |
                              bit(Place::form) | bit(Place::aside) | bit(Place::figure);

bool near(TextBlock const& b, Hint h, uint8_t within) { return b.hint_distance[static_cast<size_t>(h)] <= within; }

// Points for and against, roughly log odds.
float rule_score(Survey const& survey, FeatureTable const& table, size_t i) {
  auto const& b = survey.blocks[i];
  auto const& f = table.facts[i];
  float score = table.inside_best[b.container] ? 1.5f : -2.0f;
  if (f.prose) score += 1.5f;
  if (b.kind == BlockKind::heading) score -= 0.5f;
  if (b.places & kOutside) score -= 4;
  score -= 4 * f.link_density;
  if (f.role != LineRole::text) score -= 3;
  if (f.words < 3) score -= 1;
  if (f.in_body_claim) score += 4;
  if (b.places & bit(Place::body_mark)) score += 1;
  for (auto const bad : {Hint::related, Hint::share, Hint::comments, Hint::promotion, Hint::consent, Hint::byline,
                         Hint::caption, Hint::sidebar, Hint::meta}) {
    if (near(b, bad, 2)) score -= 1.5f;
  }
  if (table.title_block != SIZE_MAX && i < table.title_block) score -= 2;
  return score;
}

// Subheadings without text of their own below them, and headings at the end.
void drop_bare_headings(Survey const& survey, Selection& out) {
  bool text_follows = false;
  uint8_t level_below = 0;
  for (size_t i = survey.blocks.size(); i-- > 0;) {
    if (!out.keep[i]) continue;
    if (survey.blocks[i].kind == BlockKind::heading) {
      if (!text_follows && (level_below == 0 || level_below <= survey.blocks[i].level)) out.keep[i] = 0;
      if (out.keep[i]) level_below = survey.blocks[i].level;
      text_follows = false;
      if (!out.keep[i]) continue;
    } else {
      text_follows = true;
      level_below = 0;
    }
  }
}

void clean_up(Survey const& survey, FeatureTable const& table, Selection& out) {
  std::unordered_set<uint64_t> said;
  for (size_t i = 0; i < survey.blocks.size(); ++i) {
    if (!out.keep[i]) continue;
    auto const& f = table.facts[i];
    bool const again = f.words >= 6 && !said.insert(f.hash).second;
    if (again || f.is_title || i == table.title_block) out.keep[i] = 0;
  }
  drop_bare_headings(survey, out);
}

}  // namespace

void select_blocks(Survey const& survey, FeatureTable const& table, BlockModel const& model, bool clean,
                   Selection& out) {
  size_t const n = survey.blocks.size();
  out.keep.assign(n, 0);
  out.score.assign(n, 0);
  out.stage = model.empty() ? Stage::rules : Stage::learned;
  for (size_t i = 0; i < n; ++i) {
    out.score[i] = model.empty() ? rule_score(survey, table, i) : model.score(table.row(i));
    out.keep[i] = out.score[i] > 0 && table.facts[i].words > 0;
  }
  if (clean) clean_up(survey, table, out);
}

}  // namespace vigie::article
