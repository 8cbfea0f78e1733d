// The socket through which commands reach the process that owns a data directory. Clients use the test's own standard
// descriptors, so commands here write nothing.
#include "cli/owner.hpp"

#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <atomic>
#include <filesystem>
#include <thread>

#include "base/fs.hpp"

namespace vigie::cli {
namespace {

using namespace std::chrono_literals;

template <class Run>
Host host(Run run) {
  return {[](Request const&) { return true; }, run};
}

// Whether it came true: two minutes are enough for the busiest machine.
template <class Condition>
bool comes_true(Condition condition) {
  auto const late = std::chrono::steady_clock::now() + 120s;
  while (!condition()) {
    if (std::chrono::steady_clock::now() > late) return false;
    std::this_thread::sleep_for(1ms);
  }
  return true;
}

class OwnerTest : public testing::Test {
 protected:
  OwnerTest() {
    std::string pattern = testing::TempDir() + "vigie-owner-XXXXXX";
    data_ = mkdtemp(pattern.data());
  }
  ~OwnerTest() override { std::filesystem::remove_all(data_); }
  std::string data_;
  std::stop_source stop_;
};

TEST_F(OwnerTest, arguments_folder_and_exit_code_cross_the_socket) {
  std::vector<std::string> const arguments{"search", "--", "l'été \"à Idleb\"", ""};
  auto socket = CommandSocket::listen(data_, host([&](Request const& request, Streams&, std::stop_token) {
                                        EXPECT_EQ(request.arguments, arguments);
                                        EXPECT_EQ(request.folder, "/some where");
                                        return 42;
                                      }));
  ASSERT_TRUE(socket);
  EXPECT_EQ(run_at_owner(data_, {arguments, "/some where"}, stop_.get_token()), 42);
}

TEST_F(OwnerTest, nobody_listening_is_told_apart_from_a_failed_command) {
  EXPECT_EQ(run_at_owner(data_, {{"stats"}, "/"}, stop_.get_token()), std::nullopt);
}

TEST_F(OwnerTest, a_command_that_is_not_taken_leaves_the_client_to_the_lock) {
  Host const picky{[](Request const& request) { return request.arguments.front() == "latest"; },
                   [](auto&&...) { return 0; }};
  auto socket = CommandSocket::listen(data_, picky);
  ASSERT_TRUE(socket);
  EXPECT_EQ(run_at_owner(data_, {{"ingest"}, "/"}, stop_.get_token()), std::nullopt);
  EXPECT_EQ(run_at_owner(data_, {{"latest"}, "/"}, stop_.get_token()), 0);
}

TEST_F(OwnerTest, a_socket_file_left_by_a_killed_owner_is_replaced) {
  {
    ASSERT_TRUE(real_fs().create(data_ + "/socket"));
  }
  auto socket = CommandSocket::listen(data_, host([](auto&&...) { return 0; }));
  ASSERT_TRUE(socket);
  EXPECT_EQ(run_at_owner(data_, {{"stats"}, "/"}, stop_.get_token()), 0);
}

TEST_F(OwnerTest, only_the_owner_of_the_directory_may_connect) {
  auto socket = CommandSocket::listen(data_, host([](auto&&...) { return 0; }));
  struct stat info{};
  ASSERT_EQ(::stat((data_ + "/socket").c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0600u);
}

TEST_F(OwnerTest, many_clients_are_served_at_once) {
  std::atomic<int> begun{0};
  auto socket = CommandSocket::listen(data_, host([&](Request const&, Streams&, std::stop_token) {
                                        ++begun;
                                        return comes_true([&] { return begun > 1; }) ? 7 : 8;  // the first one waits
                                      }));
  ASSERT_TRUE(socket);
  std::vector<std::jthread> clients;
  std::atomic<int> answered{0};
  for (int i = 0; i < 20; ++i) {
    clients.emplace_back([&] { answered += run_at_owner(data_, {{"latest"}, "/"}, stop_.get_token()) == 7; });
  }
  clients.clear();
  EXPECT_EQ(answered, 20);
}

TEST_F(OwnerTest, an_interrupted_client_stops_the_command) {
  std::atomic<bool> begun{false};
  auto socket = CommandSocket::listen(data_, host([&](Request const&, Streams&, std::stop_token stop) {
                                        begun = true;
                                        return comes_true([&] { return stop.stop_requested(); }) ? 5 : 6;
                                      }));
  ASSERT_TRUE(socket);
  std::jthread const later([&] {
    comes_true([&] { return begun.load(); });
    stop_.request_stop();
  });
  EXPECT_EQ(run_at_owner(data_, {{"ingest"}, "/"}, stop_.get_token()), 5);
}

TEST_F(OwnerTest, closing_waits_for_the_clients_it_took) {
  std::atomic<bool> begun{false}, finished{false};
  auto socket = CommandSocket::listen(data_, host([&](Request const&, Streams&, std::stop_token) {
                                        begun = true;
                                        std::this_thread::sleep_for(300ms);
                                        finished = true;
                                        return 0;
                                      }));
  std::optional<int> code;
  std::jthread client([&] { code = run_at_owner(data_, {{"stats"}, "/"}, stop_.get_token()); });
  ASSERT_TRUE(comes_true([&] { return begun.load(); }));
  socket->reset();
  EXPECT_TRUE(finished);
  client.join();
  EXPECT_EQ(code, 0);
}

}  // namespace
}  // namespace vigie::cli
