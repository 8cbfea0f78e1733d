// schema.hpp: the tables of vigie.db and how older ones become the present ones. Described in docs/storage.md.
#pragma once

#include <string>

#include "archive/sqlite.hpp"
#include "base/result.hpp"

namespace vigie::archive {

inline constexpr int kSchemaVersion = 3;

// Opens or creates the database for writing and brings its schema up to date, one transaction per step. Errors:
// unsupported (written by a newer Vigie, or not by Vigie at all; nothing is changed), io, corrupt.
Result<Database> open_catalogue(std::string const& path);

}  // namespace vigie::archive
