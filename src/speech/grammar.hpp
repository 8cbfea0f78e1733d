// grammar.hpp: small questions of grammar that every rule asks of a reading: which words a stretch holds, where what a
// verb governs begins, where a reported clause ends. Threads: pure. Cost: bounded by the stretch asked about.
#pragma once

#include "speech/source_phrase.hpp"
#include "speech/word_sets.hpp"

namespace vigie::speech {

bool is_clitic_subject(Token const&);  // "-t-il"
bool is_infinitive(Token const&);
bool is_adverb(Token const&);  // listed, or in -ment
bool is_dash(char32_t sign);

bool has_mark(Reading const&, uint32_t begin, uint32_t end);
// The mark that [begin, end) consists of, but for signs and one conjunction; kNone where there is more.
uint32_t only_mark(Reading const&, uint32_t begin, uint32_t end);
uint32_t words_in(Reading const&, uint32_t begin, uint32_t end);

// Behind adverbs, dates and phrases with prepositions ("à l'AFP", "dans un communiqué", "mardi") to the word the verb
// governs: "que", an infinitive, "de" and one, a noun phrase, a mark, a colon.
uint32_t over_adjuncts(Reading const&, uint32_t i, uint32_t end);

// Whether the comma begins another report ("..., a-t-il ajouté", "..., selon X") or the journalist's own words.
// `closes`: the comma also ends a relative clause or an apposition, behind which the clause's own verb may stand.
bool relays(Reading const&, uint32_t comma, uint32_t end, bool closes = false);

// Where a reported clause that begins at `from` ends: before another report, or with the sentence.
uint32_t clause_end(Reading const&, uint32_t from, uint32_t end);

}  // namespace vigie::speech
