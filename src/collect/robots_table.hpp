// robots_table.hpp: the rows of sources.db that remember robots.txt files. Threads and transactions: the caller's,
// SourceBook's. Errors: as SourceBook's.
#pragma once

#include "archive/sqlite.hpp"
#include "collect/robots_memory.hpp"

namespace vigie::collect {

Result<std::optional<RobotsRecord>> find_robots(archive::Database&, std::string const& host, int64_t now_s);
Status write_robots(archive::Database&, std::string const& host, RobotsRecord const&);
Status forget_robots(archive::Database&, int64_t now_s);  // those no longer believed

}  // namespace vigie::collect
