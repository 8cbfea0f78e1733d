// joined_names.hpp: one entry for a person that articles name in several ways: spellings that differ in case, accents
// or hyphens, names of other alphabets written as other languages do, initials, and last names alone where people.hpp
// knows whose they are over the whole archive. Others stay apart. Within an article speech/ has joined the forms
// already, so no article is counted twice but for rare misspellings.
// Threads: as People. Cost: a look-up for each last name that stands alone, with an initial or in two forms, for the
// twelve most frequent of these; the others stay as they came.
#pragma once

#include <vector>

#include "engine/people.hpp"
#include "engine/store.hpp"

namespace vigie::engine {

// Most frequent first, as they came; an entry goes by its most frequent spelling that has a first name.
std::vector<FacetCount> joined_names(std::vector<FacetCount> const&, People&);

}  // namespace vigie::engine
