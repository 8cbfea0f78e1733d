// warc_reader.hpp: the captures of a WARC file, plain or compressed by record or as a whole. Damage costs the record it
// is in: the reader reports it and goes on at the next gzip member or "WARC/" line. Position: where the record begins
// in the file; inside a part that holds several (a file compressed as a whole), its offset in the decoded bytes.
#pragma once

#include <memory>
#include <string>

#include "source/reader.hpp"
#include "source/window.hpp"

namespace vigie::source {

std::unique_ptr<Reader> warc_reader(Window, std::string input, Limits);

}  // namespace vigie::source
