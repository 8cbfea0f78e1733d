// context.hpp: what the second classifier is told of a block: what the first one made of it, of its neighbours, of its
// containers and of the blocks that look like it, so that an article stays in one piece and what stands apart stays
// out. (Stacked generalization: Wolpert, 1992.) The order is part of the weights, as in features.hpp.
// Threads: a ContextTable belongs to one thread and keeps its memory. Cost: linear in the blocks.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "article/features.hpp"
#include "article/survey.hpp"

namespace vigie::article {

inline constexpr size_t kContextFeatures = 63;

class ContextTable {
 public:
  // `score`: the first classifier's log odds, one a block. Rows are made of the blocks named in `which` alone.
  void compute(Survey const&, FeatureTable const&, std::vector<float> const& score, std::vector<uint32_t> const& which);
  // Of a block that was named.
  float const* row(size_t block) const { return values_.data() + block * kContextFeatures; }

 private:
  struct Sum {
    double words = 0, kept = 0;  // kept: words weighted by how likely they are the article's
  };
  struct Group {  // of one look
    double words = 0, kept = 0, blocks = 0, likely = 0;
  };
  // Blocks and words between a block and the nearest before or behind it that is surely the article's.
  struct Gap {
    uint32_t blocks = 1000;
    float words = 5000;
  };
  void sum_containers(Survey const&, FeatureTable const&);
  void sum_groups(FeatureTable const&);
  void find_core(Survey const&);
  void find_gaps(FeatureTable const&);
  void fill_row(Survey const&, FeatureTable const&, float score, size_t block, float* out) const;

  std::vector<float> values_, likely_;
  std::vector<Sum> containers_;
  std::vector<Group> groups_;
  std::vector<Gap> before_, behind_;
  std::vector<double> kept_before_;
  std::vector<uint8_t> in_core_;
  uint32_t core_ = 0;
  size_t sure_ = 0;
};

}  // namespace vigie::article
