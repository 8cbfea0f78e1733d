// replay.hpp: the index from the catalogue: what came after the rows it covers, or everything.
#pragma once

#include <functional>

#include "archive/archive.hpp"
#include "engine/engine.hpp"
#include "index/index.hpp"

namespace vigie::engine {

using ReplayProgress = std::function<void(OpenProgress)>;

// Reads the rows after index.covered_row() into the live segment and drops what died since; seals when much was read.
// Afterwards every latest edition is found and no other. Cost: proportional to what the index has not covered.
Status catch_up(archive::Archive&, index::Index&, ReplayProgress const&);

// Empties the index first.
Status rebuild(archive::Archive&, index::Index&, ReplayProgress const&);

// Tells the index of articles whose story or copy group is another now, those behind the change `last`, and moves
// `last` on; publish() is the caller's.
Status regroup(archive::Archive&, index::Index&, uint64_t& last);

// Seals the index; what it was told of regrouped rows is kept then, and may be forgotten.
Status seal(archive::Archive&, index::Index&, uint64_t covered_row);

// Takes removed rows out of the index, files included, and then forgets their numbers.
Status purge(archive::Archive&, index::Index&, std::vector<archive::Row> const&);

}  // namespace vigie::engine
