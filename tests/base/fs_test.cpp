#include "base/fs.hpp"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <atomic>
#include <filesystem>
#include <thread>

namespace vigie {
namespace {

class FsTest : public testing::Test {
 protected:
  FsTest() {
    std::string pattern = testing::TempDir() + "vigie-fs-XXXXXX";
    folder_ = mkdtemp(pattern.data());
  }
  ~FsTest() override { std::filesystem::remove_all(folder_); }
  std::string folder_;
};

TEST_F(FsTest, a_replaced_file_is_the_new_one_and_leaves_nothing_beside) {
  Fs& fs = real_fs();
  ASSERT_TRUE(fs.replace(folder_ + "/a", "one"));
  ASSERT_TRUE(fs.replace(folder_ + "/a", "two"));
  EXPECT_EQ(*fs.read(folder_ + "/a"), "two");
  EXPECT_EQ(fs.list(folder_)->size(), 1u);
}

TEST_F(FsTest, appending_goes_on_where_the_file_ended) {
  Fs& fs = real_fs();
  {
    ASSERT_TRUE((*fs.create(folder_ + "/a"))->append("ab"));
  }
  auto file = fs.open_append(folder_ + "/a");
  ASSERT_TRUE(file);
  EXPECT_EQ((*file)->size(), 2u);
  ASSERT_TRUE((*file)->append("cd"));
  ASSERT_TRUE((*file)->sync());
  EXPECT_EQ((*fs.map(folder_ + "/a"))->bytes(), "abcd");
}

TEST_F(FsTest, what_is_missing_says_so) {
  auto const missing = real_fs().map(folder_ + "/none");
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, Errc::not_found);
  EXPECT_NE(missing.error().message.find("none"), std::string::npos);
}

TEST_F(FsTest, an_empty_file_maps_to_no_bytes) {
  ASSERT_TRUE(real_fs().create(folder_ + "/empty"));
  EXPECT_EQ((*real_fs().map(folder_ + "/empty"))->bytes(), "");
}

// As the lock of a data directory is, each time that it changes hands.
TEST_F(FsTest, a_file_that_another_shortens_can_be_read_all_the_same) {
  Fs& fs = real_fs();
  ASSERT_TRUE(fs.replace(folder_ + "/a", "12345"));
  std::atomic<bool> done = false;
  std::thread other([&] {
    while (!done) {
      EXPECT_TRUE(fs.truncate(folder_ + "/a", 0));
      EXPECT_TRUE(fs.truncate(folder_ + "/a", 5));
    }
  });
  for (int i = 0; i < 5000; ++i) {
    auto const bytes = fs.read(folder_ + "/a");
    EXPECT_TRUE(bytes && bytes->size() <= 5);
  }
  done = true;
  other.join();
}

}  // namespace
}  // namespace vigie
