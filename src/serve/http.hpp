// http.hpp: a request and its answer as the rest of serve/ sees them, free of the HTTP library, so that every page and
// every API answer can be tested without a socket. Leaf records that own their strings.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace vigie::serve {

using Parameters = std::vector<std::pair<std::string, std::string>>;  // in the order of the URL, names may repeat

enum class Method : uint8_t { get, head, post, other };

struct Request {
  Method method = Method::get;
  std::string target = "/";  // as received: path and query, percent-encoded
  std::string host, accept_language, cookie, if_none_match, accept_encoding, last_event_id;
  std::string authorization, origin, fetch_site, content_type;
  std::string body;

  // Filled by split_target().
  std::string path = "/";
  Parameters parameters;
};

struct Response {
  int status = 200;
  std::string content_type = "text/html; charset=utf-8";
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string cache_control = "private, no-cache";  // kept, but asked about each time: the ETag answers
  bool is_event_stream = false;                     // the connection stays open for /events
  uint64_t events_after = 0;                        // then: the last event the client knows
  std::string failure;                              // what the log is told of a 500, and whoever asked is not
};

// Decodes `target` into path and parameters. False where it is no origin-form target or holds ill-formed
// percent-encoding or control characters. Bounds: kMaxParameters, further ones are dropped.
inline constexpr size_t kMaxParameters = 64;
bool split_target(Request&);
// The pairs of a query or of an urlencoded body, appended to `out`. False where they are ill-formed.
bool parse_urlencoded(std::string_view, Parameters& out);

// The first value of a parameter, empty where absent. The view lives as long as the parameters do.
std::string_view value_of(Parameters const&, std::string_view name);
bool has(Parameters const&, std::string_view name);

// The value of a cookie in a Cookie header, empty where absent. Source: RFC 6265, 5.4.
std::string_view cookie_value(std::string_view header, std::string_view name);

std::string_view reason(int status);

}  // namespace vigie::serve
