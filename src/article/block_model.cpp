#include "article/block_model.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cstring>
#include <string>

#include "article/context.hpp"
#include "article/features.hpp"

namespace vigie::article {
namespace {

constexpr std::string_view kTable =
#include "article/block_weights.inc"
    ;

// Stages end behind so many trees; who is below or above then is decided. Where nobody was, out of fold, no set's
// figure differs by more than .0003: see docs/articles.md.
struct Exit {
  size_t trees;
  float low, high;
};
constexpr std::array<Exit, 3> kExits{{{16, -2.4f, 99}, {31, -3, 3}, {64, -3.5f, 4}}};

class Words {
 public:
  explicit Words(std::string_view s) : at_(s.data()), end_(s.data() + s.size()) {}
  std::string_view next() {
    skip_blanks();
    char const* const begin = at_;
    while (at_ != end_ && !is_blank(*at_)) ++at_;
    return {begin, at_};
  }
  template <class T>
  bool number(T& out) {  // as far as it goes; what stands right behind it is the next word
    skip_blanks();
    auto const [stop, problem] = std::from_chars(at_, end_, out);
    at_ = stop;
    return problem == std::errc();
  }

 private:
  static bool is_blank(char c) { return c == ' ' || c == '\n'; }
  void skip_blanks() {
    while (at_ != end_ && is_blank(*at_)) ++at_;
  }
  char const *at_, *end_;
};

// The values of eight rows, feature by feature: turned four by four.
void lay_across(float const* const* rows, size_t features, float* out) {
  using Four [[gnu::vector_size(16)]] = float;
  size_t f = 0;
  for (; f + 4 <= features; f += 4) {
    for (size_t half = 0; half < 8; half += 4) {
      Four r[4];
      for (size_t k = 0; k < 4; ++k) std::memcpy(&r[k], rows[half + k] + f, sizeof r[k]);
      Four const a = __builtin_shufflevector(r[0], r[1], 0, 4, 1, 5),
                 b = __builtin_shufflevector(r[2], r[3], 0, 4, 1, 5);
      Four const c = __builtin_shufflevector(r[0], r[1], 2, 6, 3, 7),
                 d = __builtin_shufflevector(r[2], r[3], 2, 6, 3, 7);
      Four const columns[4] = {__builtin_shufflevector(a, b, 0, 1, 4, 5), __builtin_shufflevector(a, b, 2, 3, 6, 7),
                               __builtin_shufflevector(c, d, 0, 1, 4, 5), __builtin_shufflevector(c, d, 2, 3, 6, 7)};
      for (size_t k = 0; k < 4; ++k) std::memcpy(out + (f + k) * 8 + half, &columns[k], sizeof columns[k]);
    }
  }
  for (; f < features; ++f) {
    for (size_t k = 0; k < 8; ++k) out[f * 8 + k] = rows[k][f];
  }
}

using EightFloats [[gnu::vector_size(32)]] = float;
using EightBits [[gnu::vector_size(32)]] = uint32_t;

#if defined(__x86_64__)
bool const kHasAvx2 = __builtin_cpu_supports("avx2");
#else
constexpr bool kHasAvx2 = false;
#endif

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
    model.add_tree(tree);
  }
  return model;
}

// Nodes stand before both their children, left ones first: the leaves come in the order of the table.
void BlockModel::add_tree(std::vector<TableNode> const& tree) {
  std::vector<uint32_t> leaves_before(tree.size() + 1, 0);
  for (size_t i = 0; i < tree.size(); ++i) leaves_before[i + 1] = leaves_before[i] + (tree[i].feature == kLeaf);
  size_t const first_leaf = leaves_.size();
  leaves_.resize(first_leaf + kLeavesMax, 0.0f);
  auto const begin = static_cast<uint32_t>(conditions_.size());
  for (size_t i = 0; i < tree.size(); ++i) {
    if (tree[i].feature == kLeaf) {
      leaves_[first_leaf + leaves_before[i]] = tree[i].value;
      continue;
    }
    uint64_t const from = leaves_before[i + 1], to = leaves_before[tree[i].right];  // of the left child
    uint64_t const left = ((uint64_t{1} << to) - 1) & ~((uint64_t{1} << from) - 1);
    conditions_.push_back({tree[i].value, tree[i].feature * uint32_t{kLanes}, static_cast<uint32_t>(~left)});
  }
  trees_.push_back({begin, static_cast<uint32_t>(conditions_.size())});
}

// Compiled twice: for AVX2, and for what every processor has.
[[gnu::always_inline]] inline void BlockModel::ask(size_t first, size_t end, float const* values, float* sums) const {
  for (size_t t = first; t < end; ++t) {
    EightBits remain = ~EightBits{};
    for (auto const* c = conditions_.data() + trees_[t].begin; c != conditions_.data() + trees_[t].end; ++c) {
      EightFloats x;
      std::memcpy(&x, values + c->first_value, sizeof x);
      remain &= reinterpret_cast<EightBits>(x <= c->threshold) | c->remain;
    }
    float const* const leaves = leaves_.data() + t * kLeavesMax;
    for (size_t k = 0; k < kLanes; ++k) sums[k] += leaves[std::countr_zero(remain[k])];
  }
}

#if defined(__x86_64__)
[[gnu::target("avx2,bmi")]]
#endif
void BlockModel::ask_avx2(size_t first, size_t end, float const* values, float* sums) const {
  ask(first, end, values, sums);
}

void BlockModel::run(size_t first, size_t end, float const* rows, std::span<uint32_t const> which, float* sums) const {
  std::vector<float> values(features_ * kLanes);
  for (; !which.empty(); which = which.subspan(std::min(kLanes, which.size()))) {
    float const* row[kLanes];
    float own[kLanes];
    for (size_t k = 0; k < kLanes; ++k) {
      uint32_t const block = which[std::min(k, which.size() - 1)];
      row[k] = rows + size_t{block} * features_;
      own[k] = sums[block];
    }
    lay_across(row, features_, values.data());
    if (kHasAvx2) {
      ask_avx2(first, end, values.data(), own);
    } else {
      ask(first, end, values.data(), own);
    }
    for (size_t k = 0; k < std::min(kLanes, which.size()); ++k) sums[which[k]] = own[k];
  }
}

void BlockModel::score(float const* rows, std::span<uint32_t const> which, float* out) const {
  for (auto const i : which) out[i] = base_;
  std::vector<uint32_t> open(which.begin(), which.end());
  size_t done = 0;
  for (auto const& exit : kExits) {
    if (exit.trees >= trees_.size()) break;
    run(done, exit.trees, rows, open, out);
    done = exit.trees;
    std::erase_if(open, [&](uint32_t i) {
      bool const lost = out[i]<exit.low, won = out[i]> exit.high;
      if (lost || won) out[i] = lost ? -kDecided : kDecided;
      return lost || won;
    });
  }
  run(done, trees_.size(), rows, open, out);
}

}  // namespace vigie::article
