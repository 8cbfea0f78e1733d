// check.hpp: whether catalogue and captures agree with themselves and with each other.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "archive/archive.hpp"
#include "archive/capture_files.hpp"
#include "archive/catalogue_reader.hpp"

namespace vigie::archive {

// Cost: SQLite's integrity_check and one pass over the captures' bytes; with `full`, every record decompressed as well.
Result<std::vector<Finding>> check_archive(CatalogueReader&, CaptureFiles const&, bool full);

// The capture a decompressed record holds. Errors: corrupt.
Result<source::Capture> capture_of_record(std::string_view record, std::string const& where);

}  // namespace vigie::archive
