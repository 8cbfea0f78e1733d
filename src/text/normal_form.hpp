// normal_form.hpp: Unicode normalization form C, for the rare words written with combining marks. Threads: safe.
#pragma once

#include <string>
#include <string_view>

namespace vigie::text {

// "e" + U+0301 -> "é". Ill-formed UTF-8 becomes U+FFFD.
std::string composed(std::string_view text);

}  // namespace vigie::text
