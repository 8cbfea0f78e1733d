// name_parts.hpp: questions that the files of names.hpp which look for candidates share. Threads: pure.
#pragma once

#include "speech/names.hpp"
#include "speech/word_sets.hpp"

namespace vigie::speech {

// Places in Candidate::evidence.
inline constexpr size_t kPerson = 0, kOrganisation = 1, kPlace = 2;

inline bool is_ordinary(Token const& t) { return t.is(kOrdinary) && !t.is(kFirstName); }

inline bool joins_noun(Token const& t) { return is_one_of(t.low, {"de", "du", "des", "d'", "of", "for"}); }

// Whether "ministre de la" or the like stands before: what follows is a portfolio, not a name.
bool is_portfolio(std::vector<Token> const& tokens, uint32_t i);

}  // namespace vigie::speech
