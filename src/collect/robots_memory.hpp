// robots_memory.hpp: what robots.txt files said, kept beyond one process: RFC 9309 has them believed for a day, and
// `vigie collect --once` may run every five minutes. Threads: the implementation's affair. A memory that fails forgets.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace vigie::collect {

struct RobotsRecord {
  enum class Says : uint8_t { rules, allow, forbid };
  Says says = Says::allow;
  std::string text{};   // the rules, or why they could not be had
  int64_t until_s = 0;  // believed until then
};

class RobotsMemory {
 public:
  virtual ~RobotsMemory() = default;
  // What is still to be believed of a host ("https://host:port").
  virtual std::optional<RobotsRecord> robots(std::string const& host, int64_t now_s) = 0;
  virtual void keep_robots(std::string const& host, RobotsRecord const&) = 0;
};

}  // namespace vigie::collect
