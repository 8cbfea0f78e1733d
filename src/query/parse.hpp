// parse.hpp: the query language of docs/query.md -> ParsedQuery. Never fails: what cannot be understood is ignored and
// noted, with its place. Bounds: 32 KB of text, 256 words kept, 64 parentheses deep; beyond them a note says so.
// Threads: safe. Cost: linear in the query.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>

#include "query/ast.hpp"

namespace vigie::query {

struct ParseOptions {
  int64_t now_s = 0;  // from where a period back ("P7D/") counts
  // The number of a story named in a query, by whoever names stories (and knows which were merged). Absent: a story is
  // asked for by its number, in decimal digits.
  std::function<std::optional<uint64_t>(std::string_view)> story = {};
};

// An empty query matches every document; one of which nothing can be used matches none, and a note says why: garbage
// given to `vigie remove` must not mean everything.
ParsedQuery parse(std::string_view query, ParseOptions const& options);

}  // namespace vigie::query
