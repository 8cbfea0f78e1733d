// block_model.hpp: gradient-boosted trees over the features of a block: how likely it is the article's. The weights are
// a table remade by tools/train_blocks (block_weights.inc names the command). Method: Friedman, "Greedy function
// approximation: a gradient boosting machine", 2001; logistic loss, histogram splits.
// Evaluation takes eight blocks at a time through a tree without a branch, as in Lucchese et al., "Exploiting CPU SIMD
// extensions to speed-up document scoring with tree ensembles", SIGIR 2016: each condition that fails strikes out the
// leaves left of it, and the first leaf that remains is the tree's answer. Trees are asked in stages, and a block that
// is decided after one does not see the next: most of a page's blocks are clear losers after a few trees (Cambazoglu et
// al., "Early exit optimizations for additive machine learned ranking systems", WSDM 2010). Threads: immutable once
// built. Cost: one comparison a condition and eight blocks.
#pragma once

#include <cstdint>
#include <span>
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

  bool empty() const { return trees_.empty(); }
  size_t features() const { return features_; }
  // The log odds of the blocks named in `which`, by block; of one decided early, +-kDecided. `rows` holds features()
  // values for each block of the page, one behind the other; those of blocks not named are not looked at.
  void score(float const* rows, std::span<uint32_t const> which, float* out) const;

  static constexpr float kDecided = 5;

 private:
  struct Condition {
    float threshold;
    uint32_t first_value;  // of the eight rows', laid side by side
    uint32_t remain;       // the leaves that remain where a value is greater
  };
  struct Tree {
    uint32_t begin, end;  // of conditions_
  };
  static constexpr size_t kLanes = 8;
  struct TableNode {
    uint16_t feature = 0;
    uint16_t right = 0;
    float value = 0;
  };

  void add_tree(std::vector<TableNode> const&);
  // Adds the trees from `first` to `end` to the sums of the blocks named.
  void run(size_t first, size_t end, float const* rows, std::span<uint32_t const> which, float* sums) const;
  // Of eight rows laid side by side.
  void ask(size_t first, size_t end, float const* values, float* sums) const;
  void ask_avx2(size_t first, size_t end, float const* values, float* sums) const;

  size_t features_ = 0;
  float base_ = 0;
  std::vector<Tree> trees_;
  std::vector<Condition> conditions_;
  std::vector<float> leaves_;  // kLeavesMax a tree, from left to right
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
