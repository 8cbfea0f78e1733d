// spare_thread.hpp: a second pair of hands for work that somebody waits for. There are as many in the process as the
// machine has cores beside the caller's; where all are taken nobody waits for one, the caller does the work alone.
// Threads: start() from any. Errors: an exception of the work is thrown again by wait(). Cost: a thread's start, some
// 30 us.
#pragma once

#include <functional>
#include <future>
#include <optional>

namespace vigie {

class SpareThread {
 public:
  // Precondition: what `work` refers to outlives wait() or the destructor, which wait for its end.
  static std::optional<SpareThread> start(std::function<void()> work);
  SpareThread(SpareThread&&) = default;
  SpareThread& operator=(SpareThread&&) = default;
  void wait() { done_.get(); }

 private:
  explicit SpareThread(std::future<void> done) : done_(std::move(done)) {}
  std::future<void> done_;  // of std::async: its destructor waits
};

}  // namespace vigie
