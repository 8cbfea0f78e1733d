// access.hpp: who may enter. Without a password Vigie listens on loopback only and everybody who reaches it may enter;
// with one, people come in with a session and programs with an API token. Passwords and tokens are kept as hashes in
// one text file of the data directory, a line each:
//
//     password $argon2id$v=19$…
//     token NAME HASH
//
// Sessions live in memory: a restart asks for the password again. Threads: safe.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/mutex.hpp"
#include "base/result.hpp"
#include "serve/http.hpp"

namespace vigie::serve {

// What the file says. Errors: corrupt for a line of neither kind; io.
struct AccessFile {
  std::string password;                                 // its hash; empty: none is asked for
  std::unordered_map<std::string, std::string> tokens;  // hash -> name

  static std::string path(std::string const& data) { return data + "/access"; }
  static Result<AccessFile> load(std::string const& path);  // a file that is not there asks for no password
  Status save(std::string const& path) const;               // whole or not at all, for its owner's eyes only
};

class Access {
 public:
  static constexpr size_t kSessionsMax = 1000;  // beyond, the one unused for longest goes
  static constexpr std::chrono::hours kSessionIdle{14 * 24};
  static constexpr unsigned kTriesFree = 5;            // wrong passwords before one must wait
  static constexpr std::chrono::seconds kTryEvery{2};  // then: between two of them, from anywhere
  static constexpr size_t kPasswordBytesMax = 1024;

  explicit Access(AccessFile file = {}) : file_(std::move(file)) {}

  bool asks_for_password() const { return !file_.password.empty(); }
  // Whether the request carries a session or a token; always, where no password is asked for.
  bool admits(Request const&) const;
  bool has_token(Request const&) const;  // a program that identified itself: no browser sends this unasked
  // A feed reader, which knows only names and passwords (RFC 7617): any name, a token for password. For feeds alone: a
  // browser that learned them would send them unasked.
  bool has_feed_token(Request const&) const;

  // The value of a new session's cookie. Errors: invalid_input (wrong), busy (too many tries: wait a little).
  Result<std::string> log_in(std::string_view password);
  void log_out(Request const&);

  // Forms carry a seal over the visitor's cookie, which another site's page can neither read nor make.
  static std::string visitor_of(Request const&);  // the session's or the visit's cookie; empty: none yet
  static bool is_own_form(Request const&, std::string_view seal);

 private:
  using Clock = std::chrono::steady_clock;
  bool has_session(Request const&) const;
  Status take_try();

  AccessFile const file_;
  mutable Mutex mutex_;
  mutable std::unordered_map<std::string, Clock::time_point> sessions_ VIGIE_GUARDED_BY(mutex_);  // token hash -> used
  unsigned wrong_ VIGIE_GUARDED_BY(mutex_) = 0;
  bool trying_ VIGIE_GUARDED_BY(mutex_) = false;
  Clock::time_point last_try_ VIGIE_GUARDED_BY(mutex_){};
};

inline constexpr std::string_view kSessionCookie = "vigie_session", kVisitCookie = "vigie_visit";

// Whether a request that changes something comes from one of our own pages or from no browser at all: browsers say
// where a request comes from, and a page of another site cannot keep them from it. Source: Fetch metadata, Origin.
bool is_same_origin(Request const&);

}  // namespace vigie::serve
