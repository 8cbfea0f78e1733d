// block_model.hpp: gradient-boosted trees over the features of a block: how likely it is the article's. The weights are
// a table remade by tools/train_blocks (block_weights.inc names the command). Method: Friedman, "Greedy function
// approximation: a gradient boosting machine", 2001; logistic loss, histogram splits.
// Threads: immutable once built. Cost: trees x depth comparisons a block; a clear loser is left early.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace vigie::article {

class BlockModel {
 public:
  struct Node {
    uint16_t feature = 0;  // kLeaf: a leaf
    uint16_t right = 0;    // index of the right child in its tree; the left one stands behind its parent
    float value = 0;       // threshold (left: <=), or the leaf's weight
  };
  static constexpr uint16_t kLeaf = 0xFFFF;

  // As tools/train_blocks writes it: "features N base B", then per tree "tree K" and K lines "feature right value".
  // Errors: invalid_input, also for another N than `features`.
  static Result<BlockModel> parse(std::string_view table, size_t features);

  bool empty() const { return roots_.empty(); }
  size_t features() const { return features_; }
  // The log odds. `row` holds features() values.
  float score(float const* row) const;

 private:
  size_t features_ = 0;
  float base_ = 0;
  std::vector<Node> nodes_;
  std::vector<uint32_t> roots_;
};

// The two judges in a row: one for the block (features.hpp), one for the block in its context (context.hpp). Without
// the second, the first decides; without the first, rules do.
struct BlockClassifier {
  BlockModel first, second;

  static BlockClassifier const& built_in();  // the committed weights
  // Both tables, one behind the other. Errors: invalid_input.
  static Result<BlockClassifier> parse(std::string_view tables);
};

}  // namespace vigie::article
