// background.hpp: how rare a word is in the news at large, known before the first article arrives. Statistics only:
// document frequencies counted over public French and English news, made by `bench/kinship_background`.
// Threads: safe. Cost: one binary search in a table of constants, 0.1 us.
#pragma once

#include <cstdint>
#include <string_view>

namespace vigie::kinship {

// 24 bits that stand for a stem.
uint32_t hash_of(std::string_view stem);

// ln(documents / documents with the word) in sixteenths; the highest value for unknown words. Words found in nearly
// every tenth article weigh little; those in more than a quarter weigh 0: they tell nothing.
uint8_t rarity(uint32_t hash);

}  // namespace vigie::kinship
