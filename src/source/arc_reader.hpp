// arc_reader.hpp: the captures of an ARC file, the Internet Archive's format before WARC, versions 1 and 2. How it
// reads, positions, damage: record_reader.hpp. Source: archive.org/web/researcher/ArcFileFormat.php.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"
#include "source/reader.hpp"
#include "source/window.hpp"

namespace vigie::source {

// "http://host/ 192.0.2.1 20140216050221 text/html 1591": an address (blanks inside happen), where it was fetched from,
// when, its type, and in version 2 more; the record's size comes last.
struct ArcLineView {
  std::string_view url, content_type;
  std::optional<Time> seen;
  uint64_t size = 0;
};
std::optional<ArcLineView> parse_arc_line(std::string_view line);

std::unique_ptr<Reader> arc_reader(Window, std::string input, Limits);

}  // namespace vigie::source
