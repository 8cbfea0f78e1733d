// dictionary_words.hpp: words of scripts written without spaces (Thai, Lao, Khmer, Burmese), by ICU's dictionaries.
// Threads: safe (a break iterator for each thread).
#pragma once

#include <cstddef>
#include <string_view>

namespace vigie::text {

// Bytes of the first word of `run`, at least one code point. Precondition: `run` is not empty.
size_t first_dictionary_word(std::string_view run);

}  // namespace vigie::text
