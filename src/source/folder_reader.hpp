// folder_reader.hpp: the files of a folder and of the folders in it, in name order, each read as open_path() reads it.
// Symbolic links are not followed; names that begin with a dot are passed over. A file that cannot be opened is an
// error item. Memory: the names of one branch of folders.
#pragma once

#include <memory>
#include <string>

#include "source/reader.hpp"

namespace vigie::source {

// Errors: io (the folder itself cannot be listed).
Result<std::unique_ptr<Reader>> folder_reader(std::string const& folder, Limits);

}  // namespace vigie::source
