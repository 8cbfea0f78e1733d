// analyzer.hpp: text -> tokens, the same for the index, for queries, for highlights and for alerts. docs/query.md,
// "Words", tells the rules to users. An index made by another kAnalyzerVersion is refused, never mixed.
// Threads: an Analyzer belongs to one thread; it keeps the words it has seen, within a budget, so that a known word
// costs one table look-up.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace vigie::text {

inline constexpr uint32_t kAnalyzerVersion = 1;

// A distinct written form in one language.
struct Word {
  uint64_t id = 0;      // of this Analyzer; never given to another word
  std::string surface;  // lower case, accents kept, elided article removed: "œuvré"
  std::string folded;   // without accents and ligatures: "oeuvre"; the exact form that phrases match
  std::string stem;     // of `folded`, by the language's rules: "oeuvr"; `folded` where there are none
  bool accented() const { return surface != folded; }
};

// Words of one generation come from one Analyzer that has not forgotten any since: ids grow one by one from `first`, so
// that what is known of a word may be kept in a table by them.
struct WordIds {
  uint64_t generation = 0, first = 0;
};

struct Token {
  uint32_t begin = 0, end = 0;  // bytes of the source text, half open; without the elided article
  uint32_t position = 0;        // counts words from 0; an elided article has none
  uint32_t number = 0;          // of the word: its id less WordIds::first
  Word const* word = nullptr;   // lives until the Analyzer forgets it
};

// The rules a language code is analysed by: "fr" for "fr", empty where words are not stemmed.
std::string_view stemming_of(std::string_view language);

class Analyzer {
 public:
  Analyzer();
  ~Analyzer();
  Analyzer(Analyzer const&) = delete;
  Analyzer& operator=(Analyzer const&) = delete;

  // Appends the tokens of `text`; positions count on from `first_position`. Any bytes are accepted. At most `limit`
  // tokens. Earlier tokens keep their words until reset_if_large() forgets them.
  void analyze(std::string_view text, std::string_view language, std::vector<Token>& out, uint32_t first_position = 0,
               size_t limit = SIZE_MAX);

  // Forgets the words seen when they exceed the budget, and tells so. Call between documents; every Word given out
  // before is then gone, and later ids are greater than all before.
  bool reset_if_large(size_t words = 1'000'000);
  WordIds ids() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// `folded` stemmed by the rules of `stemming` (a value of stemming_of).
std::string stem(std::string_view folded, std::string_view stemming);

// Lower case without accents and ligatures, everything else kept: how two names are compared. Any bytes are accepted.
std::string fold(std::string_view text);

}  // namespace vigie::text
