// url.hpp: percent-encoding, and the addresses of Vigie's own pages. Source: RFC 3986;
// application/x-www-form-urlencoded as the WHATWG URL standard has it ("+" is a space in a query). Threads: pure
// functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "serve/http.hpp"

namespace vigie::serve {

enum class PlusIs : uint8_t { plus, space };

// Nothing where "%" is not followed by two hex digits, or the result is not UTF-8 or holds U+0000.
std::optional<std::string> percent_decode(std::string_view, PlusIs);
// Everything but letters, digits and "-._~" is encoded.
std::string percent_encode(std::string_view);

// The same for each segment of a path: "/" stays.
std::string encode_path(std::string_view);

// "/search?q=a&page=2"; parameters with an empty value are left out.
std::string address(std::string_view path, Parameters const&);

// True for an absolute http or https URL that is safe to offer as a link: no control characters, spaces or quotes.
bool is_web_address(std::string_view);
// What a person types for an address: blanks around it are dropped, and "exemple.test/fil" is taken for https.
std::string with_scheme(std::string_view typed);
// "exemple.test" of "https://www.exemple.test/a"; empty where there is none.
std::string_view host_of(std::string_view url);

}  // namespace vigie::serve
