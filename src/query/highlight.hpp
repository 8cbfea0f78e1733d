// highlight.hpp: which bytes of a stored text answer a query, and the passage that shows it best. Uses the index's own
// analyser, so that what is highlighted is what matched; the words of a phrase are highlighted only where they stand in
// a row.
// Threads: safe. Cost: analyses the text (about 20 MB/s), of which at most 64 KB are looked at.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "query/ast.hpp"

namespace vigie::query {

struct Mark {  // bytes, half open
  uint32_t begin = 0, end = 0;
  bool operator==(Mark const&) const = default;
};

// In order, not overlapping. `field` says what the text is, for words asked in one field only.
std::vector<Mark> highlight(ParsedQuery const&, std::string_view text, std::string_view language,
                            uint8_t field = kAnyField);

struct Snippet {
  std::string text;  // cut at words, with "…" where something was left out; "\n"
                     // become spaces
  std::vector<Mark> marks;
};

// The passage of about `length` bytes that holds most of the query, best where words are rare in the text and close
// together; the beginning of the text where it holds nothing.
Snippet snippet(ParsedQuery const&, std::string_view text, std::string_view language, size_t length = 240,
                uint8_t field = kAnyField);

}  // namespace vigie::query
