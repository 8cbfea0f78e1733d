// lexer.hpp: the query's characters -> signs. Knows quotes, parentheses, operators and field names; leaves words whole.
// Threads: safe. Lifetime: signs view the query.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace vigie::query {

enum class SignKind : uint8_t { word, phrase, open, close, either, both, negation, near, field };

struct Sign {
  SignKind kind = SignKind::word;
  uint32_t begin = 0, end = 0;  // bytes of the query
  std::string_view text;        // word: as written; phrase: without its quotes; field: its name
  uint32_t distance = 0;        // near
  bool open_ended = false;      // phrase: the closing quote is missing
};

std::vector<Sign> lex(std::string_view query);

}  // namespace vigie::query
