// expansion.hpp: prefixes and misspelt words -> the forms that the index holds.
// Threads: safe.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "index/snapshot.hpp"
#include "query/ast.hpp"

namespace vigie::query {

inline constexpr size_t kMaxForms = 256;  // of one prefix or misspelt word: the most frequent are kept

// Folded forms by node, for every prefix and fuzzy node. A note is added where forms were left out.
using Expansions = std::map<NodeIndex, std::vector<std::string>>;
Expansions expand(index::Snapshot const&, ParsedQuery const&, std::vector<Note>& notes);

}  // namespace vigie::query
