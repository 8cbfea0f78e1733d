// function_words.hpp: the short words that a sentence of one language can hardly do without.
// Threads: safe; the table is made at first use. Cost: one hash and, nearly always, one comparison a word.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace vigie::text {

inline constexpr std::array<std::string_view, 7> kFunctionLanguages = {"fr", "en", "es", "it", "pt", "de", "nl"};
inline constexpr size_t kFunctionWordBytes = 8;  // none is longer

// Bit i: `surface` (lower case, see surface_of) is a function word of kFunctionLanguages[i].
unsigned languages_of_function_word(std::string_view surface);

}  // namespace vigie::text
