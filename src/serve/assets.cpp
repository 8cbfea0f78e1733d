#include "serve/assets.hpp"

#include <algorithm>

#include "base/hash.hpp"

namespace vigie::serve {

std::optional<Asset> find_asset(std::string_view name) {
  auto const all = assets();
  auto const found = std::find_if(all.begin(), all.end(), [&](Asset const& asset) { return asset.name == name; });
  if (found == all.end()) return std::nullopt;
  return *found;
}

std::string asset_address(std::string_view name) {
  auto const asset = find_asset(name);
  if (!asset) return "/static/" + std::string(name);
  return "/static/" + std::string(name) + "?v=" + digest20(asset->bytes).substr(0, 10);
}

}  // namespace vigie::serve
