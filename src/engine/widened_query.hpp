// widened_query.hpp: personne: and par: find a person under every name that people.hpp knows to be theirs. What is
// asked for stays as it was written, and each other name becomes an alternative beside it:
//   personne:"Vladimir Poutine"  ->  ... OR "Vladimir Putin" OR (Poutine, nobody else of that name)
//   personne:"Marine Le Pen"     ->  ... OR (Le Pen, in a story whose articles name no other Le Pen in full)
// Threads: as People. Cost: a look-up for each last name asked for; at most kStoriesMax stories a node.
#pragma once

#include "engine/people.hpp"
#include "query/ast.hpp"

namespace vigie::engine {

inline constexpr size_t kStoriesMax = 64;

// The echo and the notes stay as they are.
query::ParsedQuery widened(query::ParsedQuery, People&);

}  // namespace vigie::engine
