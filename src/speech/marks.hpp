// marks.hpp: which quotation marks belong together, and which sentences the text has when what they hold counts as one
// piece. Straight marks open or close by what stands next to them; unbalanced ones end with their paragraph.
// Threads: pure but for the memory given. Cost: one pass.
#pragma once

#include <cstdint>
#include <vector>

#include "speech/tokens.hpp"

namespace vigie::speech {

struct Marked {                  // what stands between two marks of the outermost level
  uint32_t open = 0, close = 0;  // tokens of the marks; close may be the token after the last where none closes
  uint32_t first() const { return open + 1; }
};

// Top-level pairs of [from, tokens.size()), in order.
void pair_marks(std::vector<Token> const& tokens, uint32_t from, std::vector<Marked>& out);

struct Sentence {
  uint32_t begin = 0, end = 0;  // tokens, half open; a Marked is never cut
};

// Sentences of [from, tokens.size()); "\n" always ends one.
void outer_sentences(std::vector<Token> const& tokens, std::vector<Marked> const& marked, uint32_t from,
                     std::vector<Sentence>& out);

bool is_stop(char32_t sign);        // . ! ? …
bool is_quote_mark(char32_t sign);  // any double mark

}  // namespace vigie::speech
