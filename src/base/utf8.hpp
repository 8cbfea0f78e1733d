// utf8.hpp: code points in and out of UTF-8. Source: RFC 3629; replacement as the WHATWG Encoding standard has it (one
// U+FFFD for each maximal ill-formed part).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace vigie {

inline constexpr char32_t kReplacement = 0xFFFD;

// The code point at text[at]; `at` moves past it, always by one byte at least. Ill-formed bytes give U+FFFD.
// Precondition: at < text.size().
char32_t next_code_point(std::string_view text, size_t& at);

void append_code_point(std::string& out, char32_t);

bool is_valid_utf8(std::string_view);

// `text` with each ill-formed part replaced by U+FFFD.
std::string to_valid_utf8(std::string_view text);

// How many code points; each ill-formed part counts as one.
size_t count_code_points(std::string_view);

}  // namespace vigie
