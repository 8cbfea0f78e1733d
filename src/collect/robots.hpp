// robots.hpp: what a site's robots.txt allows us. Threads: immutable once parsed. Source: RFC 9309. Crawl-delay is not
// in it, but widely written and kept to here. Hostile input: 500 KiB are read, the rest is passed over; a rule's
// pattern is matched without backtracking over more than one "*" at a time, so a look-up costs pattern times path at
// worst, both bounded.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace vigie::collect {

inline constexpr std::string_view kProductToken = "vigie";
inline constexpr size_t kRobotsBytesMax = size_t{500} << 10;  // RFC 9309, 2.5

class Robots {
 public:
  static Robots allow_all() { return Robots(); }
  static Robots forbid_all();
  // The groups that name `product` (letters without case), joined; else those of "*".
  static Robots parse(std::string_view text, std::string_view product = kProductToken);

  // `path` with its query, as in the request. The longest pattern that matches decides, and allow wins a tie;
  // /robots.txt itself is always allowed.
  bool allows(std::string_view path) const;

  uint32_t delay_ms() const { return delay_ms_; }                         // Crawl-delay; 0 where none, at most a minute
  std::vector<std::string> const& sitemaps() const { return sitemaps_; }  // as written, whichever group stands around

 private:
  struct Rule {
    std::string pattern;  // percent-encoding normalised
    bool allow;
  };
  std::vector<Rule> rules_;
  std::vector<std::string> sitemaps_;
  uint32_t delay_ms_ = 0;
};

}  // namespace vigie::collect
