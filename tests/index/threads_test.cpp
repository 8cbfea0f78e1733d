// One writer that adds, erases, regroups, publishes, seals and purges beside readers that take snapshots and read all
// of them: what a snapshot holds never changes, and is one of the states that were published. Meant for
// ThreadSanitizer.
#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <thread>

#include "index/index.hpp"
#include "index/invented.hpp"
#include "index/segment.hpp"
#include "index/snapshot.hpp"

namespace vigie::index {
namespace {

// Counts every occurrence of a snapshot; each article has its row's word twice.
uint64_t read_all(Snapshot const& snapshot, std::vector<Occurrence>& at) {
  uint64_t read = 0;
  for (auto const& ref : snapshot.segments()) {
    for (auto cursor = ref.segment->terms().seek(""); cursor.valid(); cursor.next()) {
      auto const term = ref.segment->decode(cursor);
      if (!term) continue;
      for (auto list = ref.segment->open_postings(*term); list.doc() != kNoMoreDocs; list.next()) {
        list.occurrences(at);
        if (!ref.is_erased(list.doc())) read += at.size();
      }
    }
  }
  return read;
}

TEST(Threads, readers_see_whole_states_while_one_writer_works) {
  std::string const folder = testing::TempDir() + "/vigie_threads_" + std::to_string(::getpid());
  std::filesystem::remove_all(folder);
  {
    auto opened = Index::open(folder, real_fs(), Merging::behind);
    ASSERT_TRUE(opened);
    Index& index = **opened;
    std::atomic<bool> done = false;
    std::atomic<uint64_t> wrong = 0, looked = 0;
    auto const reader = [&] {
      std::vector<Occurrence> at;
      uint64_t newest = 0;
      while (!done) {
        auto const snapshot = index.snapshot();
        auto const rows = snapshot->newest(1000);
        uint64_t greatest = 0;
        for (auto const& row : rows) greatest = std::max(greatest, row.row);
        if (rows.size() != snapshot->documents()) ++wrong;
        if (greatest < newest) ++wrong;  // a later snapshot never goes back
        newest = greatest;
        // Every article has three words: its own twice, and one of all.
        if (read_all(*snapshot, at) != 3 * snapshot->documents()) ++wrong;
        ++looked;
      }
    };
    std::vector<std::thread> readers;
    for (int i = 0; i < 3; ++i) readers.emplace_back(reader);
    for (uint64_t row = 1; row <= 300; ++row) {
      Invented article;
      article.row = row;
      article.time_s = static_cast<int64_t>(row);
      auto const word = "mot" + std::to_string(row);
      article.title = word + " tous " + word;
      index.add(article.document());
      if (row % 7 == 0) index.erase(row - 3);
      if (row % 11 == 0) index.regroup(row - 5, row, 1);
      if (row % 3 == 0) index.publish();
      if (row % 10 == 0) {
        ASSERT_TRUE(index.seal(row));
      }
      if (row % 110 == 0) {
        ASSERT_TRUE(index.purge());
      }
    }
    index.publish();
    while (looked < 20) std::this_thread::yield();
    done = true;
    for (auto& thread : readers) thread.join();
    EXPECT_EQ(wrong, 0u);
    EXPECT_TRUE(index.check()->empty());
    EXPECT_LT(index.stats().segments, 30u) << "nothing was merged";
  }
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace vigie::index
