// block_model.hpp: gradient-boosted trees over the features of a block: how likely it is the article's. The weights are
// a table remade by tools/train_blocks (block_weights.inc names the command). Method: Friedman, "Greedy function
// approximation: a gradient boosting machine", 2001; logistic loss, histogram splits.
// Evaluation goes feature by feature over eight blocks at a time, as in Lucchese et al., "Exploiting CPU SIMD
// extensions to speed-up document scoring with tree ensembles", SIGIR 2016: each condition that fails strikes out the
// leaves left of it, and the first leaf that remains is the tree's answer. No branch depends on a block, so none is
// mispredicted. Threads: immutable once built. Cost: one comparison a condition and eight blocks; clear losers are left
// early.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace vigie::article {

class BlockModel {
 public:
  static constexpr uint16_t kLeaf = 0xFFFF;  // instead of a feature, in the table
  static constexpr size_t kLeavesMax = 32;   // of one tree: a bit each

  // As tools/train_blocks writes it: "features N base B", then per tree "tree K" and K lines "feature right value".
  // The left child stands behind its parent; right is the index of the other one in the tree. A row goes left where its
  // value is no greater. Errors: invalid_input, also for another N than `features` and for more than kLeavesMax leaves.
  static Result<BlockModel> parse(std::string_view table, size_t features);

  bool empty() const { return trees_ == 0; }
  size_t features() const { return features_; }
  // The log odds of `count` blocks. `rows` holds features() values for each, one behind the other.
  void score(float const* rows, size_t count, float* out) const;

 private:
  struct Condition {
    float threshold;
    uint32_t tree;    // within its stage
    uint32_t remain;  // the leaves that remain where a value is greater
  };
  // Trees that are evaluated together; a clear loser of the first stage does not see the second.
  struct Stage {
    size_t trees = 0;
    std::vector<Condition> conditions;  // by feature, thresholds rising
    std::vector<uint32_t> begin;        // by feature, into conditions; one more at the end
    std::vector<float> leaves;          // kLeavesMax a tree, from left to right
  };
  static constexpr size_t kLanes = 8;
  struct TableNode {
    uint16_t feature = 0;
    uint16_t right = 0;
    float value = 0;
  };

  static void add_tree(std::vector<TableNode> const&, Stage&, std::vector<std::vector<Condition>>& by_feature);
  // Adds the stage's trees to the sums of the blocks whose rows are named.
  void run(Stage const&, float const* rows, std::vector<uint32_t> const& which, float* sums) const;

  size_t features_ = 0, trees_ = 0;
  float base_ = 0;
  Stage first_, second_;
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
