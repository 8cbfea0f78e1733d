// What was acknowledged survives: a lost write, a full disk, a killed process. And what was removed stays removed.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "archive/fixture.hpp"

namespace vigie::archive {
namespace {

std::string id_of(int i) { return "d" + std::to_string(i); }

// Adds from `from` on, eight a transaction, until a transaction fails; returns how many were acknowledged.
int add_until_failure(Archive& archive, int from, int most) {
  int acknowledged = from;
  while (acknowledged < most) {
    bool good = archive.begin().has_value();
    for (int k = 0; good && k < 8; ++k) {
      auto const a = make_article(id_of(acknowledged + k), std::string(3000, static_cast<char>('a' + k)));
      good = archive.add(a, {}, make_capture(a)).has_value();
    }
    if (good) {
      good = archive.commit().has_value();
    } else {
      archive.rollback();
    }
    if (!good) break;
    acknowledged += 8;
  }
  return acknowledged;
}

void expect_kept(Archive const& archive, int count) {
  for (int i = 0; i < count; ++i) {
    auto const edition = archive.latest(id_of(i));
    ASSERT_TRUE(edition) << id_of(i);
    EXPECT_EQ(archive.capture(edition->row)->body, make_capture(edition->article).body);
  }
  EXPECT_EQ(findings(archive), "");
}

TEST(Durability, AnyFailingCallLosesNothingAcknowledgedAndWorkGoesOnBehindIt) {
  for (int64_t call = 1; call < 60; ++call) {
    TemporaryFolder folder;
    FaultyFs fs;
    int acknowledged = 0;
    {
      auto const archive = open(folder.path(), {.capture_file_bytes = 5000}, fs);
      fs.fail_at(call);
      acknowledged = add_until_failure(*archive, 0, 80);
      expect_kept(*archive, acknowledged);
      fs.fail_at(-1);
      acknowledged = add_until_failure(*archive, acknowledged, acknowledged + 16);
      expect_kept(*archive, acknowledged);
    }
    auto const archive = open(folder.path());
    ASSERT_TRUE(archive) << call;
    expect_kept(*archive, acknowledged);
  }
}

TEST(Durability, AFailingCallDuringRemovalLeavesAllOrNothing) {
  for (int64_t call = 1; call < 14; ++call) {
    TemporaryFolder folder;
    FaultyFs fs;
    bool removed = false;
    {
      auto const archive = open(folder.path(), {.capture_file_bytes = 9000}, fs);
      ASSERT_EQ(add_until_failure(*archive, 0, 40), 40);
      fs.fail_at(call);
      removed = archive->remove({id_of(3), id_of(17), id_of(39)}).has_value();
      fs.fail_at(-1);
      EXPECT_TRUE(archive->capture(archive->latest(id_of(5))->row)) << call;
    }
    auto const archive = open(folder.path());
    ASSERT_TRUE(archive);
    bool const gone = !archive->latest(id_of(17)).has_value();
    EXPECT_TRUE(gone || !removed) << call;
    EXPECT_EQ(findings(*archive), "") << call;
    EXPECT_EQ(folder_holds(folder.path(), "Titre de d17"), !gone) << call;
    EXPECT_EQ(archive->totals()->articles, gone ? 37u : 40u);
    EXPECT_EQ(add_until_failure(*archive, 40, 56), 56);
    EXPECT_EQ(findings(*archive), "") << call;
  }
}

TEST(Durability, WritesThatWereNeverSyncedMayBeLost) {
  TemporaryFolder folder;
  FaultyFs fs;
  {
    auto const archive = open(folder.path(), {.capture_file_bytes = 20'000}, fs);
    ASSERT_EQ(add_until_failure(*archive, 0, 80), 80);
    ASSERT_TRUE(archive->begin());
    for (int i = 0; i < 3000; ++i) {  // beyond what is held back before it is written
      auto const a = make_article("lost" + std::to_string(i), std::to_string(i * 7919) + std::string(9000, 'z'));
      ASSERT_TRUE(archive->add(a, {}, make_capture(a)));
    }
    fs.fail_at(1);  // the rollback cannot clean up either
  }
  fs.crash();
  expect_kept(*open(folder.path()), 80);
}

// A child adds and tells each acknowledged count through a pipe, until it is killed at a random moment.
int run_and_kill(std::string const& folder, int from, int wait_ms) {
  int ends[2];
  EXPECT_EQ(::pipe(ends), 0);
  pid_t const child = ::fork();
  if (child == 0) {
    auto archive = Archive::open(folder, real_fs(), {.capture_file_bytes = 60'000});
    for (int done = from; archive;) {
      done = add_until_failure(**archive, done, done + 8);
      if (::write(ends[1], &done, sizeof done) != sizeof done) break;
    }
    ::_exit(1);
  }
  ::close(ends[1]);
  ::usleep(static_cast<useconds_t>(wait_ms) * 1000);
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  int acknowledged = from, told;
  while (::read(ends[0], &told, sizeof told) == sizeof told) acknowledged = told;
  ::close(ends[0]);
  return acknowledged;
}

TEST(Durability, AKilledProcessLosesNothingItAcknowledged) {
  TemporaryFolder folder;
  int acknowledged = 0;
  for (int round = 0; round < 12; ++round) {
    acknowledged = run_and_kill(folder.path(), acknowledged, 60 + round * 37 % 200);
    auto const archive = open(folder.path());
    ASSERT_TRUE(archive);
    EXPECT_GE(archive->totals()->articles, static_cast<uint64_t>(acknowledged));
    EXPECT_EQ(findings(*archive), "");
  }
  expect_kept(*open(folder.path()), acknowledged);
}

// A file size limit stands in for a full disk: SQLite's own files meet it as well.
TEST(Durability, AFullDiskIsAnErrorAndWhatWasKeptStays) {
  TemporaryFolder folder;
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  pid_t const child = ::fork();
  if (child == 0) {
    ::signal(SIGXFSZ, SIG_IGN);
    rlimit const limit{600'000, 600'000};
    auto archive = Archive::open(folder.path(), real_fs());
    ::setrlimit(RLIMIT_FSIZE, &limit);
    int done = add_until_failure(**archive, 0, 100'000);
    bool const readable = (*archive)->latest(id_of(0)).has_value();
    if (!readable) done = -1;
    [[maybe_unused]] auto const written = ::write(ends[1], &done, sizeof done);
    ::_exit(0);
  }
  int acknowledged = 0;
  ASSERT_EQ(::read(ends[0], &acknowledged, sizeof acknowledged), static_cast<ssize_t>(sizeof acknowledged));
  ::waitpid(child, nullptr, 0);
  EXPECT_GT(acknowledged, 0);
  EXPECT_LT(acknowledged, 100'000);
  auto const archive = open(folder.path());
  expect_kept(*archive, acknowledged);
  EXPECT_EQ(add_until_failure(*archive, acknowledged, acknowledged + 8), acknowledged + 8);
}

}  // namespace
}  // namespace vigie::archive
