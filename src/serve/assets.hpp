// assets.hpp: the files of web/ as compiled into the binary (cmake/embed.cmake writes them into a generated source).
// Lifetime: the program's. Threads: immutable.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace vigie::serve {

struct Asset {
  std::string_view name;  // "vigie.css"
  std::string_view bytes;
};

std::span<Asset const> assets();
std::optional<Asset> find_asset(std::string_view name);

// "/static/vigie.css?v=<hash of its bytes>": a browser keeps it for good, and asks again when it changed.
std::string asset_address(std::string_view name);

}  // namespace vigie::serve
