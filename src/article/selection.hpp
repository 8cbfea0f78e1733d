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

// Log odds a block must have. Out of fold, against 0: trafilatura_eval gains .0015 and wcxb .001, fundus loses .002,
// the French sets stay. With 0.5 trafilatura_eval loses .005 and two more of its pages have no text at all.
inline constexpr float kKeepAbove = -0.3f;

// An empty classifier leaves the decision to the rules. `clean` false leaves out the last step (for ablation).
void select_blocks(Survey const&, FeatureTable const&, BlockClassifier const&, ContextTable&, float keep_above,
                   bool clean, Selection&);

}  // namespace vigie::article
