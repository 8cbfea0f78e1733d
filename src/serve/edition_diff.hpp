// edition_diff.hpp: what changed from one edition of an article to the next, paragraph by paragraph. Method: longest
// common subsequence of paragraphs after what both begin and end with is put aside; beyond kComparedMax paragraphs of
// either that are left, everything left is told as changed. Threads: pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "article/article.hpp"

namespace vigie::serve {

inline constexpr size_t kComparedMax = 400;

struct Change {
  enum class Kind : uint8_t { removed, added } kind;
  std::string text;
};

// Headline, lede and paragraphs, in the order of the newer edition; what was taken out stands where it stood.
std::vector<Change> changes_between(article::Article const& older, article::Article const& newer);

}  // namespace vigie::serve
