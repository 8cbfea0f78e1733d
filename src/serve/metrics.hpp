// metrics.hpp: what the server counts, in the Prometheus text format (exposition format 0.0.4). Counting is one relaxed
// atomic addition. Threads: safe.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <string>

#include "engine/store.hpp"

namespace vigie::serve {

class Metrics {
 public:
  void count_request(int status, std::chrono::microseconds took, size_t bytes);
  std::atomic<uint64_t> connections_open{0}, connections_total{0}, connections_refused{0}, event_clients{0};

  std::string text(engine::Stats const&) const;

 private:
  static constexpr std::array<uint32_t, 8> kBoundsMicros = {500, 1000, 2500, 5000, 10000, 50000, 250000, 1000000};
  std::array<std::atomic<uint64_t>, 6> by_class_{};  // index: first digit of the status
  std::array<std::atomic<uint64_t>, kBoundsMicros.size() + 1> by_time_{};
  std::atomic<uint64_t> micros_total_{0}, bytes_total_{0};
};

}  // namespace vigie::serve
