// prescan.hpp: what a page's own first bytes say of its encoding.
// Source: https://html.spec.whatwg.org/#prescan-a-byte-stream-to-determine-its-encoding. Threads: pure functions.
#pragma once

#include <optional>
#include <string_view>

#include "page/encoding.hpp"

namespace vigie::page {

// From a <meta>, else from an XML declaration, within `bytes`.
std::optional<Encoding> prescan(std::string_view bytes);

// From a Content-Type's value or a <meta>'s content: "text/html; charset=latin1".
std::optional<Encoding> encoding_in(std::string_view content_type);

}  // namespace vigie::page
