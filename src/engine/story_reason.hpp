// story_reason.hpp: why an article stands in its story, in a sentence, from what is kept: the member most like it, the
// names and places both speak of, the words their headlines share, and how far apart they were published.
// Threads: safe. Errors: the archive's. Cost: kMembersRead editions are read.
#pragma once

#include <string>

#include "archive/archive.hpp"

namespace vigie::engine {

// "in a story with ID: same names Jean Dupont, same places Nantes, same words incendie, 2 hours apart". Empty for an
// article that stands alone.
Result<std::string> story_reason(archive::Archive const&, archive::Edition const&);

}  // namespace vigie::engine
