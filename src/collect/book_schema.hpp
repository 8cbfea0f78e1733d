// book_schema.hpp: the tables of sources.db, and how a file of an older version becomes one of today. Threads: the
// caller's. Errors: unsupported where a newer vigie wrote it (nothing is touched), io, corrupt, busy.
#pragma once

#include <string>

#include "archive/sqlite.hpp"

namespace vigie::collect {

// `folder` is for the message.
Status prepare_book(archive::Database&, std::string const& folder);

}  // namespace vigie::collect
