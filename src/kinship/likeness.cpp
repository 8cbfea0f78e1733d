#include <algorithm>
#include <cmath>
#include <iterator>

#include "kinship/evidence.hpp"

namespace vigie::kinship {
namespace {

// Two questions and four answers: is sign[0] above at[0]? Then sign[2] is asked, else sign[1].
struct Tree {
  uint8_t sign[3];
  float at[3];
  float answer[4];

  float greatest() const { return std::max({answer[0], answer[1], answer[2], answer[3]}); }
  float of(Signs const& signs) const {
    size_t const second = 1 + (signs[sign[0]] > at[0]);
    return answer[2 * (second - 1) + (signs[sign[second]] > at[second])];
  }
};

// The logarithm of the odds is the sum of kOdds and of what each tree answers.
#include "kinship/evidence_table.inc"

constexpr size_t kTrees = std::size(kForest), kStep = 25;

// What the trees from the first of each step on can still add.
struct Rest {
  std::array<float, kTrees / kStep + 1> most{};
  Rest() {
    for (size_t i = kTrees; i-- > 0;)
      for (size_t step = 0; step <= i / kStep; ++step) most[step] += kForest[i].greatest();
  }
};

}  // namespace

float likeness(Signs const& signs) {
  static Rest const rest;
  static float const hopeless = std::log(kLikenessMin / (1 - kLikenessMin));
  float sum = kOdds;
  for (size_t i = 0; i < kTrees; ++i) {
    if (i % kStep == 0 && sum + rest.most[i / kStep] < hopeless) return 0;
    sum += kForest[i].of(signs);
  }
  return 1 / (1 + std::exp(-sum));
}

}  // namespace vigie::kinship
