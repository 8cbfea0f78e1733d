// html_text.hpp: text and tags written as HTML. Threads: pure functions.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "source/xml_events.hpp"

namespace vigie::source {

void append_escaped(std::string& out, std::string_view text);
// An element by its local name, as HTML writes it: void elements get no end tag.
void append_tag(std::string& out, std::string_view name, std::span<XmlAttribute const>);
void append_end_tag(std::string& out, std::string_view name);

}  // namespace vigie::source
