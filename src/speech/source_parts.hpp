// source_parts.hpp: the parts of source phrases: names, pronouns and descriptions where they begin. Threads: pure.
// Cost: looks at most kReachMax tokens on.
#pragma once

#include "speech/source_phrase.hpp"
#include "speech/word_sets.hpp"

namespace vigie::speech {

// Where a name or phrase that starts at `i` is governed by a preposition: "de la [Maison Blanche]".
bool governed(Reading const&, uint32_t i, uint32_t floor);

// The name with its honorific or article; `start` where a description before it belongs to the phrase.
Source name_source(Reading const&, NamePlace const&, uint32_t start = kNone);

Source pronoun_source(Reading const&, uint32_t i);

// The closing bracket of the one at `i`; `i` where none is near.
uint32_t skip_bracket(Reading const&, uint32_t i, uint32_t end);

// A description that begins with the determiner at `i`. Its end is where the noun phrase ends; a name that stands in it
// without preposition is who is described.
Source description(Reading const&, uint32_t i, uint32_t end, uint32_t mark = kNone, bool loose = false);

}  // namespace vigie::speech
