// tokens.hpp: a text as words and signs with their places. Unlike text/tokenizer.hpp nothing is dropped: elided words
// ("l'", "qu'"), clitic subjects ("-t-il") and punctuation are tokens, because grammar is read from them.
// Threads: a Tokens belongs to one thread and keeps its memory. Lifetime: `low` lives until the next read. Any bytes
// are accepted. Cost: one pass.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "speech/lexicon.hpp"

namespace vigie::speech {

enum class Shape : uint8_t { sign, number, lower, capital, upper };  // upper: at least two letters, all capitals

struct Token {
  uint32_t begin = 0, end = 0;  // bytes, half open
  uint32_t point = 0;           // code points before `begin`
  uint32_t points = 0;          // code points inside
  std::string_view low;         // lower case, with straight apostrophes; of a sign its bytes
  Facts facts = 0;
  char32_t sign = 0;
  Shape shape = Shape::sign;
  bool spaced = false;  // white space stands before it
  bool glued = false;   // a sentence begins here although nothing separates it: "blasonLa"

  bool is(Facts any) const { return (facts & any) != 0; }
  bool is_word() const { return shape >= Shape::lower; }
  bool is_capital() const { return shape >= Shape::capital; }
};

class Tokens {
 public:
  void read(std::string_view text);

  std::vector<Token> const& all() const { return tokens_; }
  std::string_view text() const { return text_; }

 private:
  void word(size_t& at);
  void sign(size_t& at, char32_t code);
  void look_up();
  void add_word(size_t begin, size_t end, bool glued);
  size_t add_low(size_t at, char*& out, char const* limit);
  size_t word_end(size_t at) const;
  size_t glue(size_t begin, size_t end) const;

  std::string_view text_;
  std::vector<Token> tokens_;
  std::string lows_;  // never grows while tokens view it
  size_t lows_used_ = 0;
  uint32_t point_ = 0;
  size_t counted_ = 0;  // bytes whose code points are in point_
  bool spaced_ = false;
};

}  // namespace vigie::speech
