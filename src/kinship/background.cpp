#include "kinship/background.hpp"

#include <algorithm>
#include <iterator>

#include "base/hash.hpp"
#include "kinship/trace.hpp"

namespace vigie::kinship {
namespace {

// hash << 8 | rarity, ascending.
constexpr uint32_t kTable[] = {
#include "kinship/background_table.inc"
};
constexpr uint8_t kUnknown = 144;  // as rare as three articles in 22,000

}  // namespace

uint32_t hash_of(std::string_view stem) { return static_cast<uint32_t>(hash64(stem) >> (64 - kHashBits)); }

uint8_t rarity(uint32_t hash) {
  auto const at = std::lower_bound(std::begin(kTable), std::end(kTable), hash << 8);
  return at != std::end(kTable) && *at >> 8 == hash ? static_cast<uint8_t>(*at) : kUnknown;
}

}  // namespace vigie::kinship
