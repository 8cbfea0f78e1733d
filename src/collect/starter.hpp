// starter.hpp: public news feeds to begin with, addresses only. Nothing is fetched of them before a person adds them.
// Threads: constant data.
#pragma once

#include <span>
#include <string_view>

namespace vigie::collect {

struct Starter {
  std::string_view language, title, url, site;
};

std::span<Starter const> starters();

}  // namespace vigie::collect
