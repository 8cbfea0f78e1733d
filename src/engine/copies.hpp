// copies.hpp: an article beside what it copies and what copies it, with the passages they share.
#pragma once

#include "archive/archive.hpp"
#include "engine/store.hpp"

namespace vigie::engine {

inline constexpr size_t kCopiesMax = 50;

// See Store::copies. Errors: not_found, the archive's. Cost: linear in the texts, about 1 ms a copy.
Result<Copies> copies_of(archive::Archive const&, std::string_view id);

}  // namespace vigie::engine
