// tokens.hpp: a text as words and signs with their places. Unlike text/tokenizer.hpp nothing is dropped: elided words
// ("l'", "qu'"), clitic subjects ("-t-il") and punctuation are tokens, because grammar is read from them.
// Threads: a Tokens belongs to one thread and keeps its memory, and the words it has met. Lifetime: `low` lives until
// the next read. Any bytes are accepted. Cost: one pass; a word met before is one look-up.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "speech/lexemes.hpp"

namespace vigie::speech {

struct Token {
  uint32_t begin = 0, end = 0;  // bytes, half open
  uint32_t point = 0;           // code points before `begin`
  uint32_t points = 0;          // code points inside
  std::string_view low;         // lower case, with straight apostrophes; of a sign its bytes
  Facts facts = 0;
  Lexeme const* lexeme = nullptr;  // never null once read
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
  // Words and signs found in the text, before it is known which they are: a few at a time, so that what is known of
  // them has come from memory when it is asked.
  struct Stretch {
    size_t begin = 0, end = 0;
    char32_t sign = 0;
    bool word = false;
    bool spaced = false;
    Lexemes::Met met;
    Lexeme const* lexeme = nullptr;
  };
  static constexpr size_t kAhead = 16;

  bool next(size_t& at, Stretch&);
  void add(Stretch const&);
  void add_pieces(Stretch const&, bool glued);
  void add(size_t begin, size_t end, bool glued, Lexeme const&);
  size_t word_end(size_t at) const;

  std::string_view text_;
  std::vector<Token> tokens_;
  Lexemes lexemes_;
  uint32_t point_ = 0;
  size_t counted_ = 0;        // bytes whose code points are in point_
  bool spaced_ = false;       // white space stands before what next() finds
  bool spaced_here_ = false;  // and before what is added next
};

}  // namespace vigie::speech
