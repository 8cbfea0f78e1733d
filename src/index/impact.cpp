#include "index/impact.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

namespace vigie::index {
namespace {

constexpr double kSteps = 16;    // to a doubling
constexpr double kLeast = -112;  // the step of impact 0: 2^-7
constexpr double kManyWords = 1e9;

// Impacts are looked up by a value's exponent and the first five bits behind it: so narrow a range of values that one
// impact at most begins within it.
constexpr unsigned kRangeBits = 47;
constexpr double kLowest = 1.0 / 256, kHighest = 512;  // below and from there: 0 and 255
constexpr uint64_t kFirstRange = std::bit_cast<uint64_t>(kLowest) >> kRangeBits;
constexpr uint64_t kRanges = (std::bit_cast<uint64_t>(kHighest) >> kRangeBits) - kFirstRange;

// What an impact is; positive doubles are ordered as their bits are.
double step_of(uint64_t bits) { return std::ceil(std::log2(std::bit_cast<double>(bits)) * kSteps - kLeast + 1e-9); }

struct Range {
  double next = 0;     // where the impact after `impact` begins
  uint8_t impact = 0;  // of its least value
};

std::array<Range, kRanges> ranges() {
  std::array<Range, kRanges> ranges;
  for (uint64_t i = 0; i < kRanges; ++i) {
    uint64_t low = (kFirstRange + i) << kRangeBits, high = low + (uint64_t{1} << kRangeBits);
    double const step = std::clamp(step_of(low), 0.0, 255.0);
    ranges[i].impact = static_cast<uint8_t>(step);
    while (low < high) {
      uint64_t const middle = low + (high - low) / 2;
      if (step < 255 && step_of(middle) > step) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    ranges[i].next = std::bit_cast<double>(high);
  }
  return ranges;
}

}  // namespace

std::array<double, kFields> average_words(uint64_t documents, std::array<uint64_t, kFields> const& words) {
  auto const average = [&](uint64_t sum) {
    return documents == 0 ? 1 : std::max(1.0, static_cast<double>(sum) / static_cast<double>(documents));
  };
  return {average(words[0]), average(words[0]), average(words[2]), average(words[3])};  // kickers are too few: titles'
}

FieldWeights noted_weights(uint64_t documents, std::array<uint64_t, kFields> const& words) {
  FieldWeights noted;
  noted.average = average_words(documents, words);
  return noted;
}

uint8_t impact_of(double weighted) {
  static std::array<Range, kRanges> const known = ranges();
  if (!(weighted >= kLowest)) return 0;
  if (weighted >= kHighest) return 255;
  Range const& range = known[(std::bit_cast<uint64_t>(weighted) >> kRangeBits) - kFirstRange];
  return static_cast<uint8_t>(range.impact + (weighted >= range.next ? 1 : 0));
}

double weighted_of(uint8_t impact) {
  static std::array<double, 256> const values = [] {
    std::array<double, 256> made{};
    for (size_t i = 0; i < 255; ++i) made[i] = std::exp2((static_cast<double>(i) + kLeast) / kSteps) * (1 + 1e-9);
    made[255] = std::numeric_limits<double>::infinity();
    return made;
  }();
  return values[impact];
}

// Occurrences / (1 - b + b x words / average) >= weighted / weight, solved for the one and for the other.
LeastWeight::LeastWeight(FieldWeights const& weights, double weighted, int64_t shortest) {
  if (!(weighted > 0)) return;
  double const occurrences = weighted * (1 - 1e-9) / weights.weight[3];  // infinite where the body weighs nothing
  double const flat = occurrences * (1 - weights.b[3]), slope = occurrences * weights.b[3] / weights.average[3];
  double const least = flat + slope * static_cast<double>(shortest);
  count_ = least < kTold ? static_cast<uint32_t>(std::ceil(std::max(least, 1.0))) : kTold;
  double const words_each = (1 + 1e-9) / slope;  // for an occurrence more
  for (uint32_t count = count_; count < kTold; ++count) {
    double const above = slope > 0 ? (count - least) * words_each + 1e-6 : kManyWords;
    longest_[count] = static_cast<uint64_t>(std::clamp(above, 0.0, kManyWords));
  }
}

// A field's norm is 1 - b + (b / average) x words, words >= 0: the quotient of two such lines lies between the
// quotients of their constants and of their slopes.
double slack(FieldWeights const& asked, FieldWeights const& noted) {
  auto const quotient = [](double a, double b) {
    return b > 0 ? a / b : a > 0 ? std::numeric_limits<double>::infinity() : 0.0;
  };
  double most = 0;
  for (size_t f = 0; f < kFields; ++f) {
    double const constant = quotient(1 - noted.b[f], 1 - asked.b[f]);
    double const slope = quotient(noted.b[f] / noted.average[f], asked.b[f] / asked.average[f]);
    most = std::max(most, quotient(asked.weight[f], noted.weight[f]) * std::max(constant, slope));
  }
  return most * (1 + 1e-9);
}

}  // namespace vigie::index
