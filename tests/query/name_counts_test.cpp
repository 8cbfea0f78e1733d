#include "query/name_counts.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>

#include "base/coding.hpp"

namespace vigie::query {
namespace {

// A segment's table of so many names, drawn from `pool`: low numbers oftener.
index::NameTable table_of(std::string& bytes, std::mt19937& random, size_t pool, size_t names) {
  index::NameTableWriter writer;
  for (size_t i = 0; i < names; ++i) {
    std::string const name = "Nom " + std::to_string(std::min(random() % pool, random() % pool));
    std::string_view const one[] = {name};
    writer.document(one);
  }
  writer.finish(bytes);
  bytes.append(64, '\0');
  ByteCursor cursor(bytes);
  auto const table = index::NameTable::open(cursor, static_cast<uint32_t>(names));
  EXPECT_TRUE(table);
  return table.value_or(index::NameTable{});
}

// So many names a segment, drawn from as many as `pool`, counted at random.
void compare(size_t pool, size_t names, int rounds) {
  std::mt19937 random(9);
  for (int round = 0; round < rounds; ++round) {
    size_t const segments = 1 + random() % 5, limit = 1 + random() % 12;
    std::vector<std::string> bytes(segments);
    std::vector<index::NameTable> tables;
    for (auto& one : bytes) tables.push_back(table_of(one, random, pool, random() % names));
    std::vector<NameCounts> counted;
    std::map<std::string, uint64_t> sums;
    for (auto const& table : tables) {
      NameCounts here(table);
      for (uint32_t i = 0; i < table.size(); ++i) {
        auto const count = static_cast<uint32_t>(random() % 3 ? random() % 9 : random() % 200);
        if (count > 0) here.count(i, count);
        if (count > 0) sums[std::string(table.name(i))] += count;
      }
      counted.push_back(std::move(here));
    }
    std::vector<std::pair<std::string, uint64_t>> expected(sums.begin(), sums.end()), found;
    std::ranges::stable_sort(expected, std::greater{}, [](auto const& one) { return one.second; });
    if (expected.size() > limit) expected.resize(limit);
    for (auto const& [value, count] : most_named(counted, limit)) found.emplace_back(value, count);
    ASSERT_EQ(found, expected);
  }
}

TEST(NameCounts, are_what_adding_up_every_name_gives) { compare(40, 120, 60); }

TEST(NameCounts, of_many_names_are_that_too) { compare(30'000, 60'000, 6); }

}  // namespace
}  // namespace vigie::query
