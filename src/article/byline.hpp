// byline.hpp: the people (and desks) a byline names. "Par Anne Durand et Paul Petit (avec AFP)" -> two names.
// Threads: pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace vigie::article {

// Appends the names in `line` not there yet: prefixes ("Par", "By") and roles dropped, joined names split. Nothing that
// cannot be a name (a URL, a date, a sentence) is added.
void add_authors(std::string_view line, std::vector<std::string>& out);

// Two to five words, each with a capital but for particles: what may stand on its own as a person.
bool looks_like_person(std::string_view name);

}  // namespace vigie::article
