// fetcher.hpp: HTTP requests, many at once, one exchange each: no redirect is followed, nothing is asked twice, no
// cookie is kept. What is polite or wise to ask is visitor.hpp's affair. fetcher.cpp is the only file that knows
// libcurl. TLS is always verified. Where an address resolves to a private, loopback or link-local network, the
// connection is refused before it is made (the check is on the socket's own address, so no second look-up can differ),
// unless that is allowed. Proxies of the environment are not used: they would undo that check. Threads: a Fetcher
// belongs to one thread. Hostile input: every answer is bounded in bytes (decoded), in time and in slowness.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.hpp"

struct sockaddr;

namespace vigie::collect {

struct FetchLimits {
  uint64_t body_bytes = 16u << 20;  // decoded; a longer answer is given up
  uint64_t header_bytes = 256u << 10;
  uint32_t connect_ms = 15'000;
  uint32_t total_ms = 60'000;
  uint32_t slow_bytes_s = 64;  // slower than this for slow_ms is given up
  uint32_t slow_ms = 20'000;
  uint32_t connections = 64;   // open at once
  bool allow_private = false;  // addresses of private networks and of this machine
};

struct FetchRequest {
  std::string url{};            // http or https, absolute
  std::string etag{};           // of the copy held: If-None-Match
  std::string last_modified{};  // likewise: If-Modified-Since
  std::string accept{};         // empty: anything
  std::string form{};           // sent as an urlencoded POST; empty: a GET
  uint64_t body_bytes = 0;      // 0: the limits'
  bool cut_body = false;        // a longer body is cut, not given up (robots.txt)
};

enum class FetchFailure : uint8_t {
  none,     // an answer came, whatever its status
  bad_url,  // nothing that can be asked for
  private_address,
  name,        // the host's name does not resolve
  connection,  // refused, reset, or ended before the answer did
  tls,         // the certificate does not hold
  timeout,     // or too slow
  too_large,
  protocol,  // not HTTP, or an encoding that cannot be undone
  stopped,
};
std::string_view name(FetchFailure);

struct FetchAnswer {
  FetchFailure failure = FetchFailure::none;
  std::string problem;  // of a failure, for a person
  int status = 0;
  std::string body;  // content encodings undone
  std::string head;  // status line and fields, as source::kept_head() has them
  std::string content_type, etag, last_modified, location, retry_after, server, mitigated;
};

class Fetcher {
 public:
  static Result<std::unique_ptr<Fetcher>> create(FetchLimits, std::string user_agent);
  virtual ~Fetcher() = default;  // ends what is under way: its callbacks are not called

  // `done` is called from run(), never from start().
  virtual void start(FetchRequest, std::function<void(FetchAnswer)> done) = 0;
  // Waits until something can go on, at most `timeout_ms`, and carries it on.
  virtual void run(int timeout_ms) = 0;
  // Ends a run() that waits, from any thread.
  virtual void wake() = 0;
  virtual size_t under_way() const = 0;
};

// Addresses no stranger's link may lead us to: this machine, private and link-local networks, multicast, documentation,
// carrier-grade NAT, and IPv4 written inside IPv6 of those. Source: IANA special-purpose registries (RFC 6890).
bool is_private(sockaddr const&);
// Of those, the ones that no setting allows: link-local (a cloud's metadata service), multicast and broadcast.
bool is_never_allowed(sockaddr const&);

}  // namespace vigie::collect
