// url.hpp: a reference made absolute. Threads: pure function. Source: RFC 3986, sections 5.2 and 5.3, cut down to what
// feeds hold: the result is not validated, and bytes that do not belong in a URL stay.
#pragma once

#include <string>
#include <string_view>

namespace vigie::source {

// `reference` as seen from `base`. Returned as it is where it is absolute or where the base is not.
std::string resolve_url(std::string_view base, std::string_view reference);

}  // namespace vigie::source
