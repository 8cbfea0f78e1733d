// inspect.hpp: a manifest or segment file, told in plain lines: for those who look at a damaged or curious index.
// Threads: safe. Cost: reads the whole file once, checksums included.
#pragma once

#include <string>

#include "base/fs.hpp"
#include "base/result.hpp"

namespace vigie::index {

// Lines of text; what is damaged is among them. Errors: io; invalid_input for a file that is neither.
Result<std::string> inspect(std::string const& path, Fs&);

}  // namespace vigie::index
