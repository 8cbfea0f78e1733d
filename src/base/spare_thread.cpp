#include "base/spare_thread.hpp"

#include <algorithm>
#include <atomic>
#include <system_error>
#include <thread>
#include <utility>

namespace vigie {
namespace {

// At least one, so that a machine of one core takes the same way as others.
unsigned const kSpare = std::max(2u, std::thread::hardware_concurrency()) - 1;
std::atomic<unsigned> taken = 0;

// One of the spare threads, given back at its end.
class Seat {
 public:
  static std::optional<Seat> take() {
    unsigned now = taken.load();
    while (now < kSpare) {
      if (taken.compare_exchange_weak(now, now + 1)) return Seat();
    }
    return std::nullopt;
  }
  Seat(Seat&& other) noexcept : held_(std::exchange(other.held_, false)) {}
  Seat& operator=(Seat&&) = delete;
  ~Seat() {
    if (held_) --taken;
  }

 private:
  Seat() = default;
  bool held_ = true;
};

}  // namespace

std::optional<SpareThread> SpareThread::start(std::function<void()> work) {
  auto seat = Seat::take();
  if (!seat) return std::nullopt;
  try {
    return SpareThread(std::async(std::launch::async, [seat = std::move(*seat), work = std::move(work)]() mutable {
      Seat const held = std::move(seat);  // given back before anyone is told of the end
      work();
    }));
  } catch (std::system_error const&) {  // the system has no thread to give
    return std::nullopt;
  }
}

}  // namespace vigie
