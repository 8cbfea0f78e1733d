// named.hpp: whether a name is what personne: or par: asks for. Threads: pure.
#pragma once

#include <string_view>

#include "query/ast.hpp"

namespace vigie::engine {

// Every word of the node is a word of the name, as the index matches names.
bool is_named(query::Node const&, std::string_view name);

}  // namespace vigie::engine
