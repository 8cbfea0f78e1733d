// selection.hpp: which of a page's blocks are its article. Two judges: rules over the container that holds most prose,
// and the learned classifier over every block; and what neither may let through (the headline again, repeats, calls to
// subscribe). Threads: pure but for its output. Cost: linear in the blocks.
#pragma once

#include <cstdint>
#include <vector>

#include "article/block_model.hpp"
#include "article/context.hpp"
#include "article/features.hpp"
#include "article/survey.hpp"

namespace vigie::article {

enum class Stage : uint8_t { rules, learned };

struct Selection {
  std::vector<uint8_t> keep;  // by block
  std::vector<float> score;   // by block: log odds of the classifier, or of the rules
  Stage stage = Stage::rules;
};

// Log odds a block must have. With 0.5, out of fold, the French sets gain .004 and .005 (49 pages, within their spread)
// and fundus .001, but the 990 pages of trafilatura_eval lose .005 and two more of them have no text at all.
inline constexpr float kKeepAbove = 0;

// An empty classifier leaves the decision to the rules. `clean` false leaves out the last step (for ablation).
void select_blocks(Survey const&, FeatureTable const&, BlockClassifier const&, ContextTable&, float keep_above,
                   bool clean, Selection&);

}  // namespace vigie::article
