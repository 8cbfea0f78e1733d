// ranking.hpp: the numbers of the ranking formula; how they were chosen: docs/query.md, "Ranking".
#pragma once

#include <cstddef>

namespace vigie::query {

inline constexpr size_t kLifted = 30, kBest = 20;

struct Ranking {
  // BM25F (Zaragoza et al., TREC 2004): each field's count is divided by its own length norm, weighted, summed,
  // saturated.
  double k1 = 2;
  double title = 8, kicker = 3, lede = 2, body = 1;  // weights
  double title_b = 0.5, lede_b = 0.4,
         body_b = 0.6;  // length norms (the kicker's is the title's)
  // Recency: score x (floor + (1 - floor) x 2^(-age / half life)). 0 days: no decay.
  double half_life_days = 30;
  double recency_floor = 0.9;
  // Preferences, as shares of a word's own score, and of the whole score for words close together.
  double exact_form = 0.1;
  double accented_form = 0.1;
  double proximity = 0.3;
  // The first kLifted are put in order once more: score x (1 + names x share of names in common with the best kBest of
  // them; names_in_common.hpp). Those behind them earn nothing by their names, and so stay behind.
  double names = 1;
};

}  // namespace vigie::query
