// line_reader.hpp: jsonl, one capture a line. Blank lines are passed over; "\r\n" ends lines as "\n" does; a byte order
// mark is dropped. Position: the line's number, from 1.
#pragma once

#include <memory>
#include <string>

#include "source/reader.hpp"
#include "source/window.hpp"

namespace vigie::source {

std::unique_ptr<Reader> line_reader(Window, std::string input, Limits);

}  // namespace vigie::source
