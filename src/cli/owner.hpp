// owner.hpp: how commands share a data directory. The process that holds its lock also listens on a socket inside it;
// another process sends its arguments and its three standard descriptors there (SCM_RIGHTS) and the owner runs the very
// same command on them, so the answer is the same bytes whoever gives it.
//
//   client                         owner
//   connect, request + 3 fds  ->
//                             <-   one byte: taken (before it, the client may try elsewhere)
//   half-close on Ctrl-C      ->   stop requested
//                             <-   one byte: exit code
//
// Threads: one accepting, one a client, at most kClientsMax. The socket is 0600 like everything in the directory.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "cli/streams.hpp"

namespace vigie::cli {

struct Request {
  std::vector<std::string> arguments;
  std::string folder;  // the client's current directory
};

using Handler = std::function<int(Request const&, Streams&, std::stop_token)>;

class CommandSocket {
 public:
  static Result<std::unique_ptr<CommandSocket>> listen(std::string const& data, Handler);
  virtual ~CommandSocket() = default;  // takes no more clients, and waits for those it took
};

// Runs the command in the owner's process. nullopt: nobody took it (no owner, or it is just going); try the lock again.
std::optional<int> run_at_owner(std::string const& data, Request const&, std::stop_token);

}  // namespace vigie::cli
