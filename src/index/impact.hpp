// impact.hpp: how much a term can mean to a document, in one byte a block of postings: the greatest weighted, length
// normalised count (BM25F's) in it, by reference weights and the segment's own average lengths, rounded up. Not a
// score: statistics and weights may change afterwards, and slack() says by how much such a bound must then be widened.
// Why one byte and not (count, length) pairs: docs/decisions/0005-one-byte-impacts.md.
// Threads: safe.
#pragma once

#include <array>
#include <cstdint>

#include "index/format.hpp"

namespace vigie::index {

inline constexpr size_t kFields = 4;  // title, kicker, lede, body

// The defaults are what impacts are noted by: part of the format (kFormatVersion).
// BM25F's view of the fields: weight x count / (1 - b + b x words / average), summed.
struct FieldWeights {
  std::array<double, kFields> weight{8, 3, 2, 1};
  std::array<double, kFields> b{0.5, 0.5, 0.4, 0.6};
  std::array<double, kFields> average{1, 1, 1, 1};  // words; at least 1

  double weighted(FieldCounts const& counts, FieldCounts const& words) const {
    double sum = 0;
    if (counts.body) sum += term(3, counts.body, words.body);
    if (counts.title) sum += term(0, counts.title, words.title);
    if (counts.kicker) sum += term(1, counts.kicker, words.kicker);
    if (counts.lede) sum += term(2, counts.lede, words.lede);
    return sum;
  }

 private:
  double term(size_t field, uint32_t count, uint32_t words) const {
    return weight[field] * count / (1 - b[field] + b[field] * words / average[field]);
  }
};

// What a document needs whose weighted count shall reach `weighted`, where the term stands in its body alone: so many
// occurrences, and for so many not too long a body. Whole numbers, so that nothing is divided a document.
class LeastWeight {
 public:
  LeastWeight() = default;  // anything will do
  // `shortest`: no body has fewer words.
  LeastWeight(FieldWeights const&, double weighted, int64_t shortest);

  uint32_t count() const { return count_; }  // fewer occurrences never do
  // `above`: words of the body less the shortest's. Precondition: count >= count().
  bool reached(uint32_t count, uint64_t above) const { return count >= kTold || above <= longest_[count]; }

 private:
  static constexpr uint32_t kTold = 8;  // so many occurrences may always do
  uint32_t count_ = 0;
  std::array<uint64_t, kTold> longest_{};  // by occurrences, from count_ on
};

// From documents and their words: the averages that every weighting takes.
std::array<double, kFields> average_words(uint64_t documents, std::array<uint64_t, kFields> const& words);

// What a segment's impacts are noted by: the default weights, its own averages. `words` of all titles, kickers, ledes,
// bodies.
FieldWeights noted_weights(uint64_t documents, std::array<uint64_t, kFields> const& words);

// One byte: 16 steps to a doubling; 255 stands for any greater value.
uint8_t impact_of(double weighted);  // rounded up
double weighted_of(uint8_t impact);  // infinite for 255

// The least x such that, for every document, weighted by `asked` <= x * weighted by `noted`.
double slack(FieldWeights const& asked, FieldWeights const& noted);

}  // namespace vigie::index
