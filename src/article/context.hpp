// context.hpp: what the second classifier is told of a block: what the first one made of it, of its neighbours, of its
// containers and of the blocks that look like it, so that an article stays in one piece and what stands apart stays
// out. (Stacked generalization: Wolpert, 1992.) The order is part of the weights, as in features.hpp.
// Threads: a ContextTable belongs to one thread and keeps its memory. Cost: linear in the blocks.
#pragma once

#include <cstddef>
#include <vector>

#include "article/features.hpp"
#include "article/survey.hpp"

namespace vigie::article {

inline constexpr size_t kContextFeatures = 63;

class ContextTable {
 public:
  // `score`: the first classifier's log odds, one a block.
  void compute(Survey const&, FeatureTable const&, std::vector<float> const& score);
  float const* row(size_t block) const { return values_.data() + block * kContextFeatures; }

 private:
  struct Sum {
    double words = 0, kept = 0;  // kept: words weighted by how likely they are the article's
  };
  void sum_containers(Survey const&, FeatureTable const&);
  void find_core(Survey const&);

  std::vector<float> values_, likely_;
  std::vector<Sum> containers_;
  std::vector<uint8_t> in_core_;
  uint32_t core_ = 0;
};

}  // namespace vigie::article
