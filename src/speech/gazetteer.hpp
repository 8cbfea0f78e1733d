// gazetteer.hpp: known places and organisations, looked up by the words of a text. Built once; read-only afterwards.
// Threads: safe.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "speech/speech.hpp"
#include "speech/tokens.hpp"

namespace vigie::speech {

enum class Listed : uint8_t { none, place, organisation, party, club, medium };

struct Known {
  Listed listed = Listed::none;
  uint32_t words = 0;  // tokens it covers
};

// The longest known name that begins at tokens[i]. `scratch` is memory to reuse. Cost: a few instructions where none
// begins.
Known known_at(std::vector<Token> const& tokens, uint32_t i, std::string& scratch);

// How many tokens the longest known name has that begins with this word; 0 for nearly all words.
uint8_t longest_known(Lexeme const&);
inline uint8_t names_behind(Lexeme const& lexeme) {
  if (lexeme.names_behind == Lexeme::kNotAsked) lexeme.names_behind = longest_known(lexeme);
  return lexeme.names_behind;
}

// Appends the folded letters and digits of `low`, with one space for anything else between them.
void append_key(std::string& key, std::string_view low);
// The same for a word whose own key is known.
void join_key(std::string& key, std::string_view word_key);

NameKind kind_of(Listed);

}  // namespace vigie::speech
