#include "index/index.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <random>
#include <set>

#include "index/dying_fs.hpp"
#include "index/invented.hpp"
#include "index/segment.hpp"
#include "index/snapshot.hpp"

namespace vigie::index {
namespace {

class IndexTest : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = testing::TempDir() + "/vigie_index_" + std::to_string(::getpid()) + "_" +
              testing::UnitTest::GetInstance()->current_test_info()->name();
    std::filesystem::remove_all(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::unique_ptr<Index> open() {
    auto index = Index::open(folder_, real_fs());
    EXPECT_TRUE(index) << index.error().message;
    return index ? std::move(*index) : nullptr;
  }
  std::vector<std::string> files() {
    auto names = real_fs().list(folder_);
    return names ? *names : std::vector<std::string>{};
  }
  static std::vector<uint64_t> newest_rows(Snapshot const& snapshot) {
    std::vector<uint64_t> rows;
    for (auto const& at : snapshot.newest(100'000)) rows.push_back(at.row);
    return rows;
  }
  bool folder_holds(std::string_view text) {
    for (auto const& name : files()) {
      std::ifstream in(folder_ + "/" + name, std::ios::binary);
      std::string const bytes{std::istreambuf_iterator<char>(in), {}};
      if (bytes.find(text) != std::string::npos) return true;
    }
    return false;
  }

  std::string folder_;
};

Invented article(uint64_t row, int64_t time_s, std::string title) {
  Invented made;
  made.row = row;
  made.time_s = time_s;
  made.title = std::move(title);
  return made;
}

TEST_F(IndexTest, what_is_added_is_seen_after_publish_and_only_by_new_snapshots) {
  auto const index = open();
  auto const before = index->snapshot();
  index->add(article(1, 100, "chat").document());
  EXPECT_EQ(index->snapshot()->documents(), 0u);
  index->publish();
  EXPECT_EQ(index->snapshot()->documents(), 1u);
  EXPECT_EQ(before->documents(), 0u);
}

TEST_F(IndexTest, newest_first_then_row) {
  auto const index = open();
  index->add(article(1, 100, "a").document());
  index->add(article(2, 300, "b").document());
  ASSERT_TRUE(index->seal(2));
  index->add(article(3, 200, "c").document());
  index->add(article(4, 300, "d").document());
  index->publish();
  EXPECT_EQ(newest_rows(*index->snapshot()), (std::vector<uint64_t>{4, 2, 3, 1}));
  EXPECT_EQ(index->snapshot()->newest(2, 1), (std::vector<RowTime>{{2, 300}, {3, 200}}));
  EXPECT_EQ(index->snapshot()->newest_time_s(), 300);
}

TEST_F(IndexTest, sealed_documents_survive_reopening_and_live_ones_do_not) {
  {
    auto const index = open();
    index->add(article(1, 100, "chat").document());
    ASSERT_TRUE(index->seal(1));
    index->add(article(2, 200, "chien").document());
    index->publish();
    EXPECT_EQ(index->snapshot()->documents(), 2u);
  }
  auto const index = open();
  EXPECT_EQ(index->covered_row(), 1u);
  EXPECT_EQ(index->rows(), (std::vector<uint64_t>{1}));
  EXPECT_TRUE(index->check()->empty());
}

TEST_F(IndexTest, erased_rows_are_gone_from_new_snapshots_wherever_they_are) {
  auto const index = open();
  index->add(article(1, 100, "sealed").document());
  ASSERT_TRUE(index->seal(1));
  index->add(article(2, 200, "live").document());
  index->publish();
  index->add(article(3, 300, "pending").document());
  auto const before = index->snapshot();
  index->erase(1);
  index->erase(2);
  index->erase(3);
  index->erase(99);
  EXPECT_EQ(before->documents(), 2u);
  index->publish();
  EXPECT_EQ(index->snapshot()->documents(), 0u);
  EXPECT_EQ(before->documents(), 2u);
  EXPECT_EQ(newest_rows(*before).size(), 2u);
  EXPECT_TRUE(index->rows().empty());
}

TEST_F(IndexTest, erasing_is_kept_by_the_next_seal) {
  {
    auto const index = open();
    for (uint64_t row = 1; row <= 5; ++row) index->add(article(row, 100, "chat").document());
    ASSERT_TRUE(index->seal(5));
    index->erase(2);
    ASSERT_TRUE(index->seal(6));
  }
  auto const index = open();
  EXPECT_EQ(index->covered_row(), 6u);
  EXPECT_EQ(index->rows(), (std::vector<uint64_t>{1, 3, 4, 5}));
}

// What nothing has changed in is sealed as it stands, byte for byte; where a document was erased or told of a story
// since it was made, it is written anew.
TEST_F(IndexTest, sealing_tells_what_changed_since_a_chunk_was_made) {
  auto const index = open();
  auto const add = [&](uint64_t first) {
    for (uint64_t row = first; row < first + 4; ++row) {
      index->add(article(row, 100, "chat secret" + std::to_string(row)).document());
    }
    index->publish();
  };
  add(1);
  std::string const live(index->snapshot()->segments()[0].segment->file_bytes());
  ASSERT_TRUE(index->seal(4));
  EXPECT_EQ(index->snapshot()->segments()[0].segment->file_bytes(), live);
  add(5);
  index->erase(6);
  ASSERT_TRUE(index->seal(8));
  EXPECT_FALSE(folder_holds("secret6"));
  add(9);
  index->regroup(10, 7, 8);
  ASSERT_TRUE(index->seal(12));
  for (auto const& reopened : {index->snapshot(), (open())->snapshot()}) {
    size_t told = 0;
    for (auto const& ref : reopened->segments()) told += ref.in_copy_group(7).size();
    EXPECT_EQ(told, 1u);
    EXPECT_EQ(reopened->documents(), 11u);
  }
}

TEST_F(IndexTest, purge_leaves_no_trace) {
  auto const index = open();
  index->add(article(1, 100, "secretissime").document());
  index->add(article(2, 100, "ordinaire").document());
  ASSERT_TRUE(index->seal(2));
  ASSERT_TRUE(folder_holds("secretissim"));
  index->erase(1);
  ASSERT_TRUE(index->purge());
  EXPECT_FALSE(folder_holds("secretissim"));
  EXPECT_TRUE(folder_holds("ordinair"));
  EXPECT_EQ(index->snapshot()->documents(), 1u);
  index->erase(2);
  ASSERT_TRUE(index->purge());
  EXPECT_EQ(files(), (std::vector<std::string>{"manifest"}));
  EXPECT_TRUE(index->check()->empty());
}

TEST_F(IndexTest, clear_empties_it) {
  auto const index = open();
  index->add(article(1, 100, "chat").document());
  ASSERT_TRUE(index->seal(1));
  index->add(article(2, 100, "chat").document());
  ASSERT_TRUE(index->clear());
  EXPECT_EQ(index->snapshot()->documents(), 0u);
  EXPECT_EQ(index->covered_row(), 0u);
  EXPECT_EQ(files(), (std::vector<std::string>{"manifest"}));
}

TEST_F(IndexTest, many_seals_are_merged_and_nothing_is_lost) {
  auto const index = open();
  std::mt19937 random(5);
  std::set<uint64_t> expected;
  for (uint64_t row = 1; row <= 400; ++row) {
    index->add(random_article(random, row).document());
    expected.insert(row);
    if (row % 3 == 0) index->publish();
    if (random() % 6 == 0) {
      uint64_t const gone = 1 + random() % row;
      index->erase(gone);
      expected.erase(gone);
    }
    if (row % 8 == 0) {
      ASSERT_TRUE(index->seal(row));
    }
  }
  EXPECT_LE(index->stats().segments, 20u);
  EXPECT_EQ(index->rows(), std::vector<uint64_t>(expected.begin(), expected.end()));
  EXPECT_TRUE(index->check()->empty());
  EXPECT_EQ(open()->rows(), std::vector<uint64_t>(expected.begin(), expected.end()));
  auto const rows = newest_rows(*index->snapshot());
  EXPECT_EQ(std::set(rows.begin(), rows.end()), expected);
}

TEST_F(IndexTest, a_document_is_written_anew_once_a_size) {
  DyingFs fs(1'000'000);
  auto opened = Index::open(folder_, fs);
  ASSERT_TRUE(opened);
  auto& index = **opened;
  std::set<std::string> before;
  uint64_t written = 0;
  constexpr uint64_t kRows = 400;
  for (uint64_t row = 1; row <= kRows; ++row) {
    auto const made = article(row, static_cast<int64_t>(row), "chat");
    index.add(made.document());
    ASSERT_TRUE(index.seal(row));
    std::set<std::string> now;
    for (auto const& ref : index.snapshot()->segments()) {
      now.insert(ref.segment->file_name());
      if (!before.contains(ref.segment->file_name())) written += ref.segment->documents();
    }
    before = std::move(now);
    EXPECT_LT(before.size(), 24u);  // three sizes, fewer than eight of each
  }
  EXPECT_LT(written, 6 * kRows);
}

TEST_F(IndexTest, segments_are_not_merged_beyond_a_size) {
  constexpr uint64_t kMost = 16'000;
  size_t segments[2] = {};
  for (bool const bounded : {false, true}) {
    std::filesystem::remove_all(folder_);
    DyingFs fs(1'000'000);
    auto opened = Index::open(folder_, fs, Merging::in_seal, bounded ? kMost : kMostMergedBytes);
    ASSERT_TRUE(opened);
    auto& index = **opened;
    std::mt19937 random(6);
    for (uint64_t row = 1; row <= 200; ++row) {
      auto made = random_article(random, row);
      made.time_s = static_cast<int64_t>(row);  // in order, as news arrives: neighbours in time are of one size
      index.add(made.document());
      ASSERT_TRUE(index.seal(row));
    }
    segments[bounded] = index.stats().segments;
    EXPECT_EQ(index.rows().size(), 200u);
    uint64_t largest = 0;
    for (auto const& ref : index.snapshot()->segments()) largest = std::max(largest, ref.segment->bytes());
    EXPECT_EQ(largest <= kMost, bounded) << largest << " " << segments[bounded];
  }
  EXPECT_LT(segments[0], segments[1]);
  EXPECT_LT(segments[1], 100u);
}

TEST_F(IndexTest, leftovers_of_a_crash_are_dropped) {
  {
    auto const index = open();
    index->add(article(1, 100, "chat").document());
    ASSERT_TRUE(index->seal(1));
  }
  std::ofstream(folder_ + "/00000099.seg") << "half a file";
  std::ofstream(folder_ + "/manifest.tmp") << "half a manifest";
  EXPECT_TRUE(open());
  EXPECT_EQ(files(), (std::vector<std::string>{"00000001.seg", "manifest"}));
}

TEST_F(IndexTest, a_missing_segment_is_told) {
  {
    auto const index = open();
    index->add(article(1, 100, "chat").document());
    ASSERT_TRUE(index->seal(1));
  }
  std::filesystem::remove(folder_ + "/00000001.seg");
  auto const opened = Index::open(folder_, real_fs());
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, Errc::corrupt);
}

TEST_F(IndexTest, snapshots_outlive_the_files_a_merge_replaced) {
  auto const index = open();
  index->add(article(1, 100, "chat noir").document());
  index->add(article(2, 100, "chien").document());
  ASSERT_TRUE(index->seal(2));
  auto const before = index->snapshot();
  index->erase(2);
  ASSERT_TRUE(index->purge());
  EXPECT_EQ(newest_rows(*before), (std::vector<uint64_t>{2, 1}));
  EXPECT_TRUE(before->segments()[0].segment->find("fr", "chat"));
}

TEST_F(IndexTest, counts_sources_and_languages_without_the_erased) {
  auto const index = open();
  std::mt19937 random(6);
  std::map<std::string, uint64_t> expected;
  for (uint64_t row = 1; row <= 50; ++row) {
    auto const made = random_article(random, row);
    index->add(made.document());
    if (row > 10) ++expected[made.source];
    if (row == 25) {
      ASSERT_TRUE(index->seal(row));
    }
  }
  for (uint64_t row = 1; row <= 10; ++row) index->erase(row);
  index->publish();
  std::map<std::string, uint64_t> counted;
  for (auto const& [value, count] : index->snapshot()->sources()) counted[value] = count;
  EXPECT_EQ(counted, expected);
}

TEST_F(IndexTest, merges_behind_the_writer_take_over_what_changed_meanwhile) {
  std::vector<uint64_t> expected;
  {
    auto opened = Index::open(folder_, real_fs(), Merging::behind);
    ASSERT_TRUE(opened);
    auto& index = **opened;
    for (uint64_t row = 1; row <= 200; ++row) {
      auto made = article(row, static_cast<int64_t>(row), "chat");
      made.copy_group = 5;
      index.add(made.document());
      ASSERT_TRUE(index.seal(row));
      if (row % 10 == 0) index.erase(row - 1);
      if (row % 10 == 0) index.regroup(row - 2, 77, 88);
    }
    index.publish();
    for (uint64_t row = 200; row > 0; --row) {
      if (row % 10 != 9) expected.push_back(row);
    }
    EXPECT_EQ(newest_rows(*index.snapshot()), expected);
    EXPECT_LT(index.stats().segments, 190u);
    size_t regrouped = 0;
    for (auto const& ref : index.snapshot()->segments()) regrouped += ref.in_copy_group(77).size();
    EXPECT_EQ(regrouped, 20u);
    ASSERT_TRUE(index.purge());
    ASSERT_TRUE(index.seal(200));
    EXPECT_EQ(newest_rows(*index.snapshot()), expected);
  }
  auto const index = open();
  EXPECT_EQ(newest_rows(*index->snapshot()), expected);
  EXPECT_TRUE(index->check()->empty());
  EXPECT_EQ(std::ranges::count_if(files(), [](std::string const& name) { return name.ends_with(".seg"); }),
            static_cast<std::ptrdiff_t>(index->stats().segments));
}

}  // namespace
}  // namespace vigie::index
