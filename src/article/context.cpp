#include "article/context.hpp"

#include <algorithm>
#include <cmath>

namespace vigie::article {
namespace {

float ratio(double a, double b) { return b > 0 ? static_cast<float>(a / b) : 0.0f; }

bool confident(float likely, BlockFacts const& f) { return likely > 0.7f && f.words >= 12; }

}  // namespace

void ContextTable::sum_containers(Survey const& survey, FeatureTable const& table) {
  containers_.assign(survey.containers.size(), {});
  for (size_t i = 0; i < likely_.size(); ++i) {
    auto& c = containers_[survey.blocks[i].container];
    c.words += table.facts[i].words;
    c.kept += table.facts[i].words * static_cast<double>(likely_[i]);
  }
  for (size_t c = containers_.size(); c-- > 1;) {
    auto& up = containers_[survey.containers[c].parent];
    up.words += containers_[c].words;
    up.kept += containers_[c].kept;
  }
}

// The smallest container that holds most of what is likely the article's.
void ContextTable::find_core(Survey const& survey) {
  size_t const n = survey.containers.size();
  double const wanted = containers_[0].kept * 0.8;
  core_ = 0;
  for (uint32_t c = 1; c < n; ++c) {  // parents come before their children: the last that holds enough is the deepest
    if (containers_[c].kept >= wanted && wanted > 0) core_ = c;
  }
  in_core_.assign(n, 0);
  for (uint32_t c = 0; c < n; ++c) in_core_[c] = c == core_ || (c != 0 && in_core_[survey.containers[c].parent]);
}

void ContextTable::sum_groups(FeatureTable const& table) {
  groups_.assign(table.looks, {});
  for (size_t i = 0; i < likely_.size(); ++i) {
    auto& g = groups_[table.look[i]];
    double const words = table.facts[i].words;
    g.words += words;
    g.kept += words * static_cast<double>(likely_[i]);
    g.blocks += 1;
    g.likely += static_cast<double>(likely_[i]);
  }
}

void ContextTable::find_gaps(FeatureTable const& table) {
  size_t const n = likely_.size();
  before_.resize(n);
  behind_.resize(n);
  kept_before_.resize(n);
  sure_ = 0;
  auto const further = [&](Gap const& gap, size_t i) {
    return confident(likely_[i], table.facts[i])
               ? Gap{0, 0}
               : Gap{std::min(1000u, gap.blocks + 1),
                     std::min(5000.0f, gap.words + static_cast<float>(table.facts[i].words))};
  };
  Gap gap;
  double kept = 0;
  for (size_t i = 0; i < n; ++i) {
    before_[i] = gap;
    kept_before_[i] = kept;
    sure_ += confident(likely_[i], table.facts[i]);
    kept += table.facts[i].words * static_cast<double>(likely_[i]);
    gap = further(gap, i);
  }
  gap = {};
  for (size_t i = n; i-- > 0;) behind_[i] = gap = further(gap, i);
}

void ContextTable::compute(Survey const& survey, FeatureTable const& table, std::vector<float> const& score,
                           std::vector<uint32_t> const& which) {
  size_t const n = survey.blocks.size();
  values_.resize(n * kContextFeatures);
  likely_.resize(n);
  for (size_t i = 0; i < n; ++i) likely_[i] = 1 / (1 + std::exp(-score[i]));
  sum_containers(survey, table);
  sum_groups(table);
  find_core(survey);
  find_gaps(table);
  for (auto const i : which) fill_row(survey, table, score[i], i, values_.data() + i * kContextFeatures);
}

void ContextTable::fill_row(Survey const& survey, FeatureTable const& table, float score, size_t i, float* out) const {
  size_t const n = likely_.size();
  double const all_kept = containers_[0].kept;
  auto const& b = survey.blocks[i];
  auto const& f = table.facts[i];
  auto const put = [&](float v) { *out++ = v; };
  bool const here = confident(likely_[i], f);
  put(score);
  for (int const step : {-3, -2, -1, 1, 2, 3}) {
    auto const at = static_cast<int64_t>(i) + step;
    put(at >= 0 && at < static_cast<int64_t>(n) ? likely_[static_cast<size_t>(at)] : -1.0f);
  }
  double around = 0, around_words = 0;
  for (size_t j = i > 5 ? i - 5 : 0; j < std::min(n, i + 6); ++j) {
    if (j == i) continue;
    around += table.facts[j].words * static_cast<double>(likely_[j]);
    around_words += table.facts[j].words;
  }
  put(ratio(around, around_words));
  uint32_t const up = survey.containers[b.container].parent, far = survey.containers[up].parent;
  for (uint32_t const c : {b.container, up, far}) {
    put(ratio(containers_[c].kept, containers_[c].words));
    put(ratio(containers_[c].kept, all_kept));
    put(log1(containers_[c].words));
  }
  // without the block itself
  auto const& box = containers_[b.container];
  put(ratio(box.kept - f.words * static_cast<double>(likely_[i]), box.words - f.words));
  auto const& g = groups_[table.look[i]];
  put(ratio(g.likely, g.blocks));
  put(ratio(g.kept, g.words));
  put(ratio(g.kept, all_kept));
  put(static_cast<float>(std::min(g.blocks, 100.0)));
  put(ratio(kept_before_[i], all_kept));
  put(here ? 0.0f : static_cast<float>(before_[i].blocks));
  put(static_cast<float>(behind_[i].blocks));
  put(here ? 0.0f : before_[i].words);
  put(behind_[i].words);
  put(in_core_[b.container]);
  put(static_cast<float>(survey.containers[b.container].depth) - static_cast<float>(survey.containers[core_].depth));
  put(ratio(containers_[core_].kept, containers_[core_].words));
  put(static_cast<float>(std::min<size_t>(sure_, 200)));
  put(std::log1p(static_cast<float>(all_kept)));
  put(static_cast<float>(f.words));
  put(f.link_density);
  put(static_cast<float>(b.kind));
  put(b.level);
  put(tag_class(b.tag));
  put(static_cast<float>(f.role));
  put(f.in_body_claim);
  put(static_cast<float>(std::min<int>(f.repeats, 20)));
  put(f.begins_description);
  put(f.sentence_end);
  put(f.prose);
  put(b.after_break);
  put(table.title_block == SIZE_MAX
          ? -500.0f
          : std::clamp(static_cast<float>(i) - static_cast<float>(table.title_block), -300.0f, 500.0f));
  for (auto const h : {Hint::lede, Hint::byline, Hint::date, Hint::meta, Hint::caption, Hint::related, Hint::share,
                       Hint::comments, Hint::promotion, Hint::consent, Hint::box, Hint::quote}) {
    put(std::min<float>(b.hint_distance[static_cast<size_t>(h)], 20));
  }
  for (auto const p : {Place::aside, Place::figure, Place::hidden, Place::list, Place::table, Place::blockquote}) {
    put((b.places & bit(p)) != 0);
  }
}

}  // namespace vigie::article
