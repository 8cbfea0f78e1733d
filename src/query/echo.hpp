// echo.hpp: a syntax tree -> the query language. Threads: safe.
#pragma once

#include <string>

#include "query/ast.hpp"

namespace vigie::query {

// Reading the result again gives the same tree.
std::string echo(ParsedQuery const&);

}  // namespace vigie::query
