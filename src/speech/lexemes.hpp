// lexemes.hpp: words as they are written, each with all that is known of it without its neighbours, found out once: a
// word met before costs one look-up. Threads: a Lexemes belongs to one thread. Lifetime: until forget_if_many().
// Memory: at most kLexemesKept words are kept, about 140 bytes each; long ones are not.
#pragma once

#include <cstdint>
#include <memory_resource>
#include <string>
#include <string_view>

#include "speech/lexicon.hpp"
#include "speech/word_table.hpp"
#include "text/spellings.hpp"

namespace vigie::speech {

enum class Shape : uint8_t { sign, number, lower, capital, upper };  // upper: at least two letters, all capitals

struct Lexeme {
  static constexpr uint8_t kNotAsked = UINT8_MAX;

  std::string_view written;
  std::string_view low;  // lower case, with straight apostrophes
  std::string_view key;  // folded letters and digits of it (gazetteer.hpp)
  Facts facts = 0;
  uint32_t points = 0;        // code points
  Shape shape = Shape::sign;  // as of a word
  bool whole = true;          // no clitic subject and no second word inside
  bool reports = false;       // may be a reporting verb or belong to a phrase that reports: "selon", "faire savoir"
  mutable uint8_t names_behind = kNotAsked;  // tokens of the longest known name it begins; asked when first needed
};

// Where words of [0, size) are cut although nothing separates them: "managementPour", "dit-il"; the size where none is.
size_t glued_word(std::string_view written);
size_t clitic_subject(std::string_view written);

class Lexemes {
 public:
  static constexpr size_t kLexemesKept = 80'000;

  // A word met, before it is known which it is: looked up a few words later, when its slot has come from memory.
  struct Met {
    text::Spelling spelling;
    uint64_t hash = 0;
  };

  Met meet(std::string_view text, size_t begin, size_t end) const {
    Met met;
    bool const is_short = end - begin <= text::kShortSpelling;
    met.spelling = is_short ? text::spelling_at(text, begin, end) : spelling_of(text.substr(begin, end - begin));
    met.hash = text::hash_of(met.spelling);
    known_.expect(met.spelling, met.hash);
    return met;
  }

  Lexeme const& of(std::string_view written, Met const& met) {
    uint32_t number = 0;
    auto const* const known = known_.find(met.spelling, met.hash, number);
    bool const same = known && (written.size() <= text::kShortSpelling || known->written == written);
    return same ? *known : make(written, met);
  }
  Lexeme const& of(std::string_view written) { return of(written, meet(written, 0, written.size())); }

  // Between articles.
  void forget_if_many();

 private:
  static constexpr size_t kBytesKept = 64;

  Lexeme const& make(std::string_view written, Met const&);

  text::Spellings<Lexeme> known_;
  std::pmr::monotonic_buffer_resource kept_, passing_;
  bool passed_ = false;  // whether anything is in passing_
  std::string scratch_;
};

}  // namespace vigie::speech
