// roles.hpp: what nouns and places in the sentence say about whom a description means. Threads: pure. Cost: bounded by
// the words asked about.
#pragma once

#include "speech/source_phrase.hpp"

namespace vigie::speech {

// Roles one noun for another: "le chef de l'État" is the president.
std::string_view role_of(std::string_view noun);

// Bodies and offices that an article speaks of by their noun alone, unlike "le groupe" or "le syndicat", which take up
// a name.
bool is_institution(std::string_view noun);

// Nouns that say whose they are: a person who is nobody's wife elsewhere is not "la femme de".
bool is_relation(std::string_view noun);

// "la police" is listed among people too, but is a body.
bool is_thing(Token const& noun);

// Sources that no person's name stands for: "la source", "le couple".
bool is_nobody_named(std::string_view noun);

// Whether "un témoin" stands before "le témoin".
bool seen_indefinite(Reading const&, Source const&);

// Whether the description holds the name: of "le père de Jean" neither is Jean.
bool is_owner(Reading const&, uint32_t id, Source const&);

// Whether the words behind a name or description make it the subject of a verb.
bool is_subject(Reading const&, uint32_t behind);

// Whether the name at `begin` stands behind its verb: "a rapporté X".
bool is_inverted_subject(Reading const&, uint32_t begin);

// Whether a preposition governs the name at `i`.
bool is_governed(Reading const&, uint32_t i);

}  // namespace vigie::speech
