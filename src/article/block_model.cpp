#include "article/block_model.hpp"

#include <charconv>
#include <string>

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

BlockModel const& BlockModel::built_in() {
  static BlockModel const model = [] {
    auto parsed = parse(kTable);
    return parsed ? std::move(*parsed) : BlockModel();
  }();
  return model;
}

Result<BlockModel> BlockModel::parse(std::string_view table) {
  BlockModel model;
  Words words(table);
  if (words.next() != "features" || !words.number(model.features_) || words.next() != "base" ||
      !words.number(model.base_)) {
    return fail(Errc::invalid_input, "block model: no header");
  }
  if (model.features_ != kFeatures) return fail(Errc::invalid_input, "block model: made for other features");
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
      if (!leaf && (node.feature >= kFeatures || node.right <= i || node.right >= count || i + 1 >= count)) {
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
