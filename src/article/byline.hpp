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

}  // namespace vigie::article
