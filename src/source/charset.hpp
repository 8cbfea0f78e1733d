// charset.hpp: XML documents in whatever charset they are -> UTF-8. The only file of this folder that knows ICU.
// Threads: safe. Source: XML 1.0, appendix F (byte order marks, the declaration), RFC 7303.
#pragma once

#include <string>
#include <string_view>

namespace vigie::source {

// Valid UTF-8 without a byte order mark. The mark decides, then the XML declaration; bytes that are not what was
// declared are read as UTF-8 where they are valid UTF-8, else as windows-1252.
std::string xml_to_utf8(std::string_view bytes);

}  // namespace vigie::source
