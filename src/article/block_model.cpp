#include "article/block_model.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cstring>
#include <numeric>
#include <string>

#include "article/context.hpp"
#include "article/features.hpp"

namespace vigie::article {
namespace {

constexpr std::string_view kTable =
#include "article/block_weights.inc"
    ;

constexpr size_t kFirstTrees = 31;
constexpr float kClearLoser = -5;

class Words {
 public:
  explicit Words(std::string_view s) : s_(s) {}
  std::string_view next() {
    size_t const begin = s_.find_first_not_of(" \n", at_);
    if (begin == s_.npos) return {};
    at_ = std::min(s_.find_first_of(" \n", begin), s_.size());
    return s_.substr(begin, at_ - begin);
  }
  template <class T>
  bool number(T& out) {
    auto const w = next();
    return !w.empty() && std::from_chars(w.data(), w.data() + w.size(), out).ec == std::errc();
  }

 private:
  std::string_view s_;
  size_t at_ = 0;
};

// Strikes out, for each of eight values, the leaves behind the conditions it fails. Thresholds rise: past the greatest
// value, none fails.
template <class Condition>
[[gnu::always_inline]] inline void strike_out_lanes(float const* values, Condition const* c, Condition const* end,
                                                    uint32_t* remain) {
  using Floats [[gnu::vector_size(32)]] = float;
  using Bits [[gnu::vector_size(32)]] = uint32_t;
  Floats x;
  std::memcpy(&x, values, sizeof x);
  float const greatest = *std::max_element(values, values + 8);
  for (; c != end && c->threshold < greatest; ++c) {
    Bits bits;
    auto* const at = remain + size_t{c->tree} * 8;
    std::memcpy(&bits, at, sizeof bits);
    bits &= ~reinterpret_cast<Bits>(x > c->threshold) | c->remain;
    std::memcpy(at, &bits, sizeof bits);
  }
}

#if defined(__x86_64__)
template <class Condition>
[[gnu::target("avx2")]] void strike_out_avx2(float const* values, Condition const* c, Condition const* end,
                                             uint32_t* remain) {
  strike_out_lanes(values, c, end, remain);
}
bool const kHasAvx2 = __builtin_cpu_supports("avx2");
#endif

template <class Condition>
void strike_out(float const* values, Condition const* c, Condition const* end, uint32_t* remain) {
#if defined(__x86_64__)
  if (kHasAvx2) return strike_out_avx2(values, c, end, remain);
#endif
  strike_out_lanes(values, c, end, remain);
}

}  // namespace

BlockClassifier const& BlockClassifier::built_in() {
  static BlockClassifier const classifier = [] {
    auto parsed = parse(kTable);
    return parsed ? std::move(*parsed) : BlockClassifier();
  }();
  return classifier;
}

Result<BlockClassifier> BlockClassifier::parse(std::string_view tables) {
  BlockClassifier out;
  size_t const second = tables.find("features", tables.find("features") + 1);
  VIGIE_TRY(out.first, BlockModel::parse(tables.substr(0, second), kFeatures));
  if (second != tables.npos) {
    VIGIE_TRY(out.second, BlockModel::parse(tables.substr(second), kContextFeatures));
  }
  return out;
}

Result<BlockModel> BlockModel::parse(std::string_view table, size_t features) {
  BlockModel model;
  Words words(table);
  if (words.next() != "features" || !words.number(model.features_) || words.next() != "base" ||
      !words.number(model.base_)) {
    return fail(Errc::invalid_input, "block model: no header");
  }
  if (model.features_ != features) return fail(Errc::invalid_input, "block model: made for other features");
  std::vector<TableNode> tree;
  std::array<std::vector<std::vector<Condition>>, 2> by_feature;
  for (auto& list : by_feature) list.resize(features);
  for (auto word = words.next(); !word.empty(); word = words.next()) {
    uint16_t count = 0;
    if (word != "tree" || !words.number(count) || count == 0) return fail(Errc::invalid_input, "block model: no tree");
    if (count > 2 * kLeavesMax - 1) return fail(Errc::invalid_input, "block model: a tree of too many leaves");
    tree.assign(count, {});
    for (uint16_t i = 0; i < count; ++i) {
      auto& node = tree[i];
      if (!words.number(node.feature) || !words.number(node.right) || !words.number(node.value)) {
        return fail(Errc::invalid_input, "block model: short tree");
      }
      bool const leaf = node.feature == kLeaf;
      if (!leaf && (node.feature >= features || node.right <= i + 1 || node.right >= count)) {
        return fail(Errc::invalid_input, "block model: bad node");
      }
    }
    bool const early = model.trees_++ < kFirstTrees;
    add_tree(tree, early ? model.first_ : model.second_, by_feature[early ? 0 : 1]);
  }
  Stage* stage = &model.first_;
  for (auto& list : by_feature) {
    for (auto& conditions : list) {
      std::sort(conditions.begin(), conditions.end(),
                [](Condition const& a, Condition const& b) { return a.threshold < b.threshold; });
      stage->begin.push_back(static_cast<uint32_t>(stage->conditions.size()));
      stage->conditions.insert(stage->conditions.end(), conditions.begin(), conditions.end());
    }
    stage->begin.push_back(static_cast<uint32_t>(stage->conditions.size()));
    stage = &model.second_;
  }
  return model;
}

// Nodes stand before both their children, left ones first: the leaves come in the order of the table.
void BlockModel::add_tree(std::vector<TableNode> const& tree, Stage& stage,
                          std::vector<std::vector<Condition>>& by_feature) {
  std::vector<uint32_t> leaves_before(tree.size() + 1, 0);
  for (size_t i = 0; i < tree.size(); ++i) leaves_before[i + 1] = leaves_before[i] + (tree[i].feature == kLeaf);
  stage.leaves.resize((stage.trees + 1) * kLeavesMax, 0.0f);
  for (size_t i = 0; i < tree.size(); ++i) {
    if (tree[i].feature == kLeaf) {
      stage.leaves[stage.trees * kLeavesMax + leaves_before[i]] = tree[i].value;
      continue;
    }
    uint64_t const from = leaves_before[i + 1], to = leaves_before[tree[i].right];  // of the left child
    uint64_t const left = ((uint64_t{1} << to) - 1) & ~((uint64_t{1} << from) - 1);
    by_feature[tree[i].feature].push_back(
        {tree[i].value, static_cast<uint32_t>(stage.trees), static_cast<uint32_t>(~left)});
  }
  ++stage.trees;
}

void BlockModel::run(Stage const& stage, float const* rows, std::vector<uint32_t> const& which, float* sums) const {
  std::vector<uint32_t> remain(stage.trees * kLanes);
  float values[kLanes];
  for (size_t at = 0; at < which.size(); at += kLanes) {
    size_t const lanes = std::min(kLanes, which.size() - at);
    std::fill(remain.begin(), remain.end(), ~uint32_t{0});
    for (size_t f = 0; f < features_; ++f) {
      auto const* c = stage.conditions.data() + stage.begin[f];
      auto const* const end = stage.conditions.data() + stage.begin[f + 1];
      if (c == end) continue;
      for (size_t k = 0; k < kLanes; ++k) values[k] = rows[which[at + std::min(k, lanes - 1)] * features_ + f];
      strike_out(values, c, end, remain.data());
    }
    for (size_t k = 0; k < lanes; ++k) {
      float& sum = sums[which[at + k]];
      for (size_t t = 0; t < stage.trees; ++t) {
        sum += stage.leaves[t * kLeavesMax + static_cast<size_t>(std::countr_zero(remain[t * kLanes + k]))];
      }
    }
  }
}

void BlockModel::score(float const* rows, size_t count, float* out) const {
  std::fill(out, out + count, base_);
  std::vector<uint32_t> which(count);
  std::iota(which.begin(), which.end(), 0u);
  run(first_, rows, which, out);
  std::erase_if(which, [&](uint32_t i) { return out[i] < kClearLoser; });
  run(second_, rows, which, out);
}

}  // namespace vigie::article
