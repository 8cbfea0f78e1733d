// document_reader.hpp: what is read whole: a page, a text, a JSON object, a feed taken apart into its entries.
#pragma once

#include <memory>
#include <string>

#include "source/reader.hpp"
#include "source/sniff.hpp"
#include "source/window.hpp"

namespace vigie::source {

// Position: 0 for a page or a text, the entry's number from 0 for a feed. A document beyond Limits::record_bytes is one
// over_limit item, and is not read to its end.
std::unique_ptr<Reader> document_reader(Window, Format, std::string input, Limits);

// A reader of one item, which is this error.
std::unique_ptr<Reader> error_reader(std::string input, Error);

}  // namespace vigie::source
