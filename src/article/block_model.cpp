#include "article/block_model.hpp"

#include <charconv>
#include <string>

#include "article/context.hpp"
#include "article/features.hpp"

namespace vigie::article {
namespace {

constexpr std::string_view kTable =
#include "article/block_weights.inc"
    ;

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
  for (auto word = words.next(); !word.empty(); word = words.next()) {
    uint16_t count = 0;
    if (word != "tree" || !words.number(count) || count == 0) return fail(Errc::invalid_input, "block model: no tree");
    model.roots_.push_back(static_cast<uint32_t>(model.nodes_.size()));
    for (uint16_t i = 0; i < count; ++i) {
      Node node;
      if (!words.number(node.feature) || !words.number(node.right) || !words.number(node.value)) {
        return fail(Errc::invalid_input, "block model: short tree");
      }
      bool const leaf = node.feature == kLeaf;
      if (!leaf && (node.feature >= features || node.right <= i || node.right >= count || i + 1 >= count)) {
        return fail(Errc::invalid_input, "block model: bad node");
      }
      model.nodes_.push_back(node);
    }
  }
  return model;
}

float BlockModel::score(float const* row) const {
  float sum = base_;
  for (size_t t = 0; t < roots_.size(); ++t) {
    Node const* tree = nodes_.data() + roots_[t];
    uint32_t at = 0;
    while (tree[at].feature != kLeaf) at = row[tree[at].feature] <= tree[at].value ? at + 1 : tree[at].right;
    sum += tree[at].value;
    if (t == 30 && sum < -5) break;
  }
  return sum;
}

}  // namespace vigie::article
