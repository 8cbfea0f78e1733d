// token.hpp: what the tokenizer hands to the tree builder, one at a time.
#pragma once

#include <cstdint>
#include <string_view>

#include "page/atom.hpp"

namespace vigie::page {

// nul: one NUL character in text, which the tree builder drops or replaces, depending on where it stands.
enum class TokenType : uint8_t { end_of_file, text, nul, start_tag, end_tag, comment, doctype };

struct Token {
  TokenType type = TokenType::end_of_file;
  bool self_closing = false;
  bool force_quirks = false;                                            // doctype
  bool has_name = false, has_public_id = false, has_system_id = false;  // doctype
  Atom tag = Atom::none;
  uint32_t begin = 0;            // of the token in the source
  uint32_t first_attribute = 0;  // in the tree's attributes, until the next token
  uint32_t attribute_count = 0;
  std::string_view text;  // text, comment; a doctype's name
  std::string_view public_id, system_id;
};

}  // namespace vigie::page
