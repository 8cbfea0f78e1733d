// evidence.hpp: how likely two articles tell of the same event: what they share, measured in a few ways, weighed by
// boosted trees (likeness.cpp; Friedman 2001). The trees are made by `bench/kinship_train` from labelled news;
// docs/kinship.md has the figures. Threads: safe. Cost: one pass over the other's lists, about 0.2 us, and a third of
// that for the trees.
#pragma once

#include <array>
#include <cstdint>

#include "kinship/trace.hpp"

namespace vigie::kinship {

enum class Sign : uint8_t {  // order is that of the table
  all_words,                 // cosine of all terms
  lead_words,                // cosine of title and lede
  title_words,               // cosine of the titles
  names,                     // cosine of the names
  pairs,                     // cosine of pairs of words
  top_words,                 // how much of each one's ten heaviest terms the other has
  title_less,                // share of a title's words found in the other article: the lower of both
  title_more,                // and the higher
  hours,                     // ln(1 + days apart)
  rare_names,                // the four rarest shared names
  rare_words,                // the three most telling shared terms
  more_words,                // the next five
  lead_names,                // the three rarest shared names in title or lede
  rarest_title,              // the rarest word of both titles
  prefix,                    // share of one's headline prefix found in the other's title and lede
  prefix_weight,             // how telling the prefix words found are
  prefix_days,               // prefix_weight x days apart
  same_days,                 // cosine of the days they speak of
  no_day,                    // no day in common
  days,                      // days apart / 7
  days_words,                // days apart x all_words
  days_names,                // days apart x lead_names
  top_shared,                // how many of the ten heaviest terms are the same
  count_
};
inline constexpr size_t kSigns = static_cast<size_t>(Sign::count_);
using Signs = std::array<float, kSigns>;

// Which hashes a list may hold, told by one bit: of two articles that share little, little is looked at.
class Sieve {
 public:
  void add(uint32_t hash) { words_[hash / 64 % kWords] |= uint64_t{1} << hash % 64; }
  bool may_hold(uint32_t hash) const { return words_[hash / 64 % kWords] >> hash % 64 & 1; }

 private:
  static constexpr size_t kWords = 32;
  std::array<uint64_t, kWords> words_{};
};

// Where the hashes of a list that is ordered by them stand, by their first eight bits.
class HashHeads {
 public:
  template <class Value>
  explicit HashHeads(std::vector<Value> const& list) {
    size_t at = 0;
    for (size_t head = 0; head < kHeads; ++head) {
      first_[head] = static_cast<uint8_t>(at);
      while (at < list.size() && list[at].hash >> kShift == head) ++at;
    }
    first_[kHeads] = static_cast<uint8_t>(at);
  }
  size_t begin(uint32_t hash) const { return first_[hash >> kShift]; }
  size_t end(uint32_t hash) const { return first_[(hash >> kShift) + 1]; }

 private:
  static constexpr size_t kHeads = 256;
  static constexpr uint32_t kShift = kHashBits - 8;
  std::array<uint8_t, kHeads + 1> first_;
};

// One article beside many. Lifetime: the trace must outlive it.
class Comparison {
 public:
  explicit Comparison(Trace const&);
  Signs with(Trace const& other, int64_t seconds_apart) const;

 private:
  Trace const& a_;
  Sieve terms_, pairs_;
  HashHeads term_heads_, pair_heads_;
};

float likeness(Signs const&);                // 0..1; below kLikenessMin it is only said to be that
inline constexpr float kLikenessMin = 0.1f;  // two articles that are less alike are not linked

}  // namespace vigie::kinship
