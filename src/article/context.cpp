#include "article/context.hpp"

#include <algorithm>
#include <cmath>
#include <unordered_map>

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

void ContextTable::compute(Survey const& survey, FeatureTable const& table, std::vector<float> const& score) {
  size_t const n = survey.blocks.size();
  values_.assign(n * kContextFeatures, 0);
  likely_.resize(n);
  for (size_t i = 0; i < n; ++i) likely_[i] = 1 / (1 + std::exp(-score[i]));
  sum_containers(survey, table);
  find_core(survey);
  double const all_kept = containers_[0].kept;
  struct Group {
    double words = 0, kept = 0, blocks = 0, likely = 0;
  };
  std::unordered_map<uint64_t, Group> groups;
  groups.reserve(n);
  size_t sure = 0;
  for (size_t i = 0; i < n; ++i) {
    auto& g = groups[table.look[i]];
    double const words = table.facts[i].words;
    g.words += words;
    g.kept += words * static_cast<double>(likely_[i]);
    g.blocks += 1;
    g.likely += static_cast<double>(likely_[i]);
    sure += confident(likely_[i], table.facts[i]);
  }
  std::vector<uint32_t> next_sure(n + 1, 1000);  // blocks and words up to the next confident one
  std::vector<float> next_words(n + 1, 5000);
  for (size_t i = n; i-- > 0;) {
    bool const here = confident(likely_[i], table.facts[i]);
    next_sure[i] = here ? 0 : std::min(1000u, next_sure[i + 1] + 1);
    next_words[i] = here ? 0 : std::min(5000.0f, next_words[i + 1] + static_cast<float>(table.facts[i].words));
  }
  uint32_t last_sure = 1000;
  float last_words = 5000;
  double kept_before = 0;
  for (size_t i = 0; i < n; ++i) {
    auto const& b = survey.blocks[i];
    auto const& f = table.facts[i];
    float* out = values_.data() + i * kContextFeatures;
    auto const put = [&](float v) { *out++ = v; };
    bool const here = confident(likely_[i], f);
    put(score[i]);
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
      put(std::log1p(static_cast<float>(containers_[c].words)));
    }
    // without the block itself
    auto const& box = containers_[b.container];
    put(ratio(box.kept - f.words * static_cast<double>(likely_[i]), box.words - f.words));
    auto const& g = groups[table.look[i]];
    put(ratio(g.likely, g.blocks));
    put(ratio(g.kept, g.words));
    put(ratio(g.kept, all_kept));
    put(static_cast<float>(std::min(g.blocks, 100.0)));
    put(ratio(kept_before, all_kept));
    put(here ? 0.0f : static_cast<float>(last_sure));
    put(static_cast<float>(next_sure[i]));
    put(here ? 0.0f : last_words);
    put(next_words[i]);
    put(in_core_[b.container]);
    put(static_cast<float>(survey.containers[b.container].depth) - static_cast<float>(survey.containers[core_].depth));
    put(ratio(containers_[core_].kept, containers_[core_].words));
    put(static_cast<float>(std::min<size_t>(sure, 200)));
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
    last_sure = here ? 0 : std::min(1000u, last_sure + 1);
    last_words = here ? 0 : std::min(5000.0f, last_words + static_cast<float>(f.words));
    kept_before += f.words * static_cast<double>(likely_[i]);
  }
}

}  // namespace vigie::article
