#include "base/spare_thread.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <latch>
#include <stdexcept>
#include <thread>
#include <vector>

namespace vigie {
namespace {

TEST(SpareThread, works_beside_its_caller_and_is_waited_for) {
  std::latch met(2);
  int done = 0;
  auto spare = SpareThread::start([&] {
    met.arrive_and_wait();
    done = 1;
  });
  ASSERT_TRUE(spare);
  met.arrive_and_wait();  // comes back only if both run at once
  spare->wait();
  EXPECT_EQ(done, 1);
}

TEST(SpareThread, is_refused_when_all_are_taken_and_given_back_at_the_end) {
  std::latch held(1);
  std::vector<SpareThread> taken;
  while (auto spare = SpareThread::start([&] { held.wait(); })) taken.push_back(std::move(*spare));
  EXPECT_GE(taken.size(), 1u);
  EXPECT_LE(taken.size(), std::max(2u, std::thread::hardware_concurrency()));
  held.count_down();
  for (auto& spare : taken) spare.wait();
  EXPECT_TRUE(SpareThread::start([] {}));
}

TEST(SpareThread, hands_on_what_the_work_throws) {
  auto spare = SpareThread::start([] { throw std::runtime_error("broken"); });
  ASSERT_TRUE(spare);
  EXPECT_THROW(spare->wait(), std::runtime_error);
}

}  // namespace
}  // namespace vigie
