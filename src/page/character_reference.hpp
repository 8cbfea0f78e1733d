// character_reference.hpp: "&eacute;", "&#233;", "&#xE9;" to UTF-8.
// Source: https://html.spec.whatwg.org/#character-reference-state and the states behind it.
// Threads: pure functions. Cost: a hash lookup; at most 32 bytes of a name are looked at.
#pragma once

#include <cstddef>
#include <string>

namespace vigie::page {

enum class ReferencePlace : unsigned char { text, attribute };

// `at` points behind an '&' in a buffer that ends in a NUL. Appends what the reference stands for to `out` and returns
// how many bytes it takes behind the '&'; 0, and nothing appended, where the '&' is only an ampersand.
size_t decode_reference(char const* at, ReferencePlace, std::string& out);

}  // namespace vigie::page
