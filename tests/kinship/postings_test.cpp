#include "kinship/postings.hpp"

#include <gtest/gtest.h>

namespace vigie::kinship {
namespace {

Trace with_words(std::vector<uint32_t> const& hashes) {
  Trace trace;
  for (uint32_t const hash : hashes) trace.terms.push_back({hash, 1, 0, 40});
  return trace;
}

std::vector<std::pair<int64_t, uint32_t>> lists_of(Postings const& postings, uint32_t hash, int64_t from, int64_t to) {
  std::vector<std::pair<int64_t, uint32_t>> found;  // shelf, its newest slot
  postings.each_block(from, to, [&](PostingBlock const& block) {
    for (PostingList const& list : block.having(hash)) found.emplace_back(list.shelf(), list.newest().back().slot);
  });
  return found;
}

TEST(Postings, lists_stand_by_shelf_in_whatever_order_days_arrive) {
  Postings postings;
  Shelf shelves[4];
  postings.add(20, shelves[0], with_words({7, 9}), 1, 1);
  postings.add(3, shelves[1], with_words({7}), 2, 2);
  postings.add(-5, shelves[2], with_words({7}), 3, 3);
  postings.add(2, shelves[3], with_words({7}), 4, 4);
  using Lists = std::vector<std::pair<int64_t, uint32_t>>;
  EXPECT_EQ(lists_of(postings, 7, -100, 100), (Lists{{-5, 3}, {2, 4}, {3, 2}, {20, 1}}));
  EXPECT_EQ(lists_of(postings, 9, -100, 100), (Lists{{20, 1}}));
  EXPECT_EQ(lists_of(postings, 7, 16, 23), (Lists{{20, 1}}));
  EXPECT_TRUE(lists_of(postings, 8, -100, 100).empty());
}

TEST(Postings, a_dropped_shelf_leaves_the_others) {
  Postings postings;
  Shelf first, second;
  postings.add(1, first, with_words({7, 9}), 1, 1);
  postings.add(2, second, with_words({7}), 2, 2);
  postings.drop(1, first);
  EXPECT_EQ(lists_of(postings, 7, 0, 9).size(), 1u);
  EXPECT_TRUE(lists_of(postings, 9, 0, 9).empty());
  postings.drop(2, second);
  EXPECT_TRUE(lists_of(postings, 7, 0, 9).empty());
  postings.drop(2, second);  // nothing is there any more
}

TEST(Postings, a_list_keeps_the_newest_and_counts_them_all) {
  PostingList list(0);
  for (uint32_t slot = 0; slot < 2'000; ++slot) list.add({slot, slot + 1, 1});
  EXPECT_EQ(list.frequency(), 2'000u);
  ASSERT_EQ(list.newest().size(), 256u);
  EXPECT_EQ(list.newest().front().slot, 2'000u - 256u);
  EXPECT_EQ(list.newest().back().slot, 1'999u);
}

}  // namespace
}  // namespace vigie::kinship
