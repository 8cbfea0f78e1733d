#include "kinship/hash_sort.hpp"

#include <gtest/gtest.h>

#include <random>

namespace vigie::kinship {
namespace {

TEST(HashSort, sorts_hashes_few_or_many_alike_or_not) {
  std::mt19937_64 random(5);
  std::vector<uint64_t> scratch;
  for (size_t const size : {0, 1, 63, 64, 65, 400, 20'000}) {
    for (unsigned const bits : {24u, 9u, 1u}) {
      std::vector<uint64_t> values(size);
      for (auto& value : values) value = (random() >> (64 - bits)) << 32 | random() % 1'000;
      std::vector<uint64_t> sorted = values;
      std::sort(sorted.begin(), sorted.end());
      hash_sort(values, scratch, [](uint64_t value) { return static_cast<uint32_t>(value >> 32); });
      EXPECT_EQ(values, sorted) << size << " of " << bits << " bits";
    }
  }
}

}  // namespace
}  // namespace vigie::kinship
