// recompute.hpp: everything that is found in kept articles, found again: after an upgrade whose analysers differ from
// those that found it, and by `vigie reindex`. Threads: the writer's, or before there is one.
#pragma once

#include "archive/archive.hpp"
#include "engine/kinships.hpp"
#include "engine/replay.hpp"

namespace vigie::engine {

// The analysers of this program.
archive::Analysers own_analysers();

// Re-extracts every latest edition from its capture. What was understood once is not thrown away when it is not
// understood again.
Status extract_again(archive::Archive&, ReplayProgress const&);

// Quotes, names, copies and stories of every latest edition, in order of arrival. An interruption leaves the catalogue
// saying that they are incomplete, so that the next start does it again. Cost: about 0.5 ms an article.
Status find_again(archive::Archive&, Kinships&, ReplayProgress const&);

}  // namespace vigie::engine
