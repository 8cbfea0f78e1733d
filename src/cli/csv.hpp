// csv.hpp: rows of comma-separated values (RFC 4180, UTF-8, "\n" line ends). A cell that a spreadsheet would run as a
// formula (it begins with = + - @) gets an apostrophe before it: the words come from strangers.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace vigie::cli {

std::string csv_row(std::span<std::string_view const> cells);

}  // namespace vigie::cli
