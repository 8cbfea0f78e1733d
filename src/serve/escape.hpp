// escape.hpp: text made safe inside HTML and XML, in element content and in quoted attribute values. Output is valid
// UTF-8 and holds no character that XML 1.0 forbids, whatever the input. Threads: pure functions.
#pragma once

#include <string>
#include <string_view>

namespace vigie::serve {

std::string escape_html(std::string_view);
void append_escaped(std::string& out, std::string_view);  // the same, behind what `out` holds
inline std::string escape_xml(std::string_view text) { return escape_html(text); }

}  // namespace vigie::serve
