// reread_table.hpp: the rows of sources.db that say which articles are read again. Threads and transactions: the
// caller's, SourceBook's. Errors: as SourceBook's. Cost: due_rereads() looks once at every source, and at
// `most_of_source` rows of it; the table holds what was kept in the last three days.
#pragma once

#include <vector>

#include "archive/sqlite.hpp"
#include "collect/reread.hpp"

namespace vigie::collect {

// Plans it; one that is planned already keeps its age and its count. Nothing where the source was removed.
Status plan_reread(archive::Database&, Reread const&);
// Due now, of sources that are not paused, longest due first within each.
Result<std::vector<Reread>> due_rereads(archive::Database&, int64_t now_s, size_t most_of_source);
// Ends or carries on what was read again, and counts it.
Status note_looked(archive::Database&, Looked const&);

}  // namespace vigie::collect
