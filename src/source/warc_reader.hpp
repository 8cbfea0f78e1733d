// warc_reader.hpp: the captures of a WARC file (ISO 28500, 1.0 and 1.1). How it reads, positions, damage:
// record_reader.hpp.
#pragma once

#include <memory>
#include <string>

#include "source/reader.hpp"
#include "source/window.hpp"

namespace vigie::source {

std::unique_ptr<Reader> warc_reader(Window, std::string input, Limits);

}  // namespace vigie::source
