// trace.hpp: what is remembered of an article: its telling words, pairs of words, the days it speaks of, a sketch of
// its text, and its likeness to earlier articles. Kept with the article as about 400 bytes, so that nothing is read
// twice. Layout: docs/kinship.md, "What is kept".
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kinship/kinship.hpp"

namespace vigie::kinship {

inline constexpr size_t kTermsMax = 48, kPairsMax = 24, kDaysMax = 8, kSketchMax = 64, kLinksMax = 16;
inline constexpr uint32_t kHashBits = 24;  // of words and shingles; a chance meeting costs a little likeness, no more

enum TermFlag : uint8_t {
  kInTitle = 1,
  kInLede = 2,
  kIsName = 4,    // written with a capital inside sentences, or given by speech/
  kInPrefix = 8,  // before the colon of the headline: "Storm in Brest: …"
  kIsTop = 16,    // one of the ten that weigh most
};

struct Term {
  uint32_t hash = 0;  // of the stem
  uint8_t count = 0;  // occurrences: three for each in the title, two in the lede, one in the body; at most 255
  uint8_t flags = 0;
  uint8_t weight = 0;  // how rare the word is, in sixteenths of a natural logarithm
};

struct Pair {  // two words that stand beside each other
  uint32_t hash = 0;
  uint8_t weight = 0;  // count and rarity together
};

struct Day {
  int32_t day = 0;  // since 1970
  uint8_t weight = 0;
};

struct Link {
  Key key{};
  uint8_t likeness = 0;  // of 255
};

struct Trace {
  StoryId own{};                 // the story this article founds when it founds one
  std::vector<Term> terms;       // by hash
  std::vector<Pair> pairs;       // by hash
  std::vector<Day> days;         // by day
  std::vector<uint32_t> sketch;  // the smallest hashes of the text's shingles, ascending
  uint32_t shingles = 0;    // distinct ones in the text; the sketch holds all when they are no more than kSketchMax
  std::vector<Link> links;  // to articles that were there before

  // Lengths of the vectors that evidence compares; set by measure().
  float norm_all = 0, norm_lead = 0, norm_title = 0, norm_names = 0, norm_pairs = 0, sum_title = 0, sum_prefix = 0,
        sum_top = 0, sum_days = 0;
  void measure();
};

// 1 + ln(count): what is said again counts less each time. Precondition: count > 0.
float damped(unsigned count);

// What a term weighs in its article.
float value_of(Term const&);

std::string encode(Trace const&, Key);
// nullopt for bytes that encode() did not write.
std::optional<Trace> decode(std::string_view bytes, Key);

}  // namespace vigie::kinship
