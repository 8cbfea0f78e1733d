// joined_names.hpp: one entry for a person or place that articles name in several ways. Spellings that differ in case,
// accents or hyphens are one ("Edouard", "Édouard"); a bare surname is the only full name among the entries that ends
// with it, and stays apart where there are two ("Le Pen"). Within an article speech/ has joined the forms already, so
// no article is counted twice but for rare misspellings.
// Threads: pure function. Cost: n log n.
#pragma once

#include <vector>

#include "engine/store.hpp"

namespace vigie::engine {

// Most frequent first, as they came; an entry goes by its most frequent spelling.
std::vector<FacetCount> joined_names(std::vector<FacetCount> const&);

}  // namespace vigie::engine
