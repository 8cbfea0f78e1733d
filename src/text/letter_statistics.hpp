// letter_statistics.hpp: CLD2's guess at a language, from statistics of letter groups. Threads: safe.
#pragma once

#include <string>
#include <string_view>

namespace vigie::text {

struct LanguageGuess {
  std::string code;       // ISO 639; empty for none
  bool reliable = false;  // CLD2's own opinion
};

LanguageGuess guess_by_letters(std::string_view valid_utf8);

}  // namespace vigie::text
