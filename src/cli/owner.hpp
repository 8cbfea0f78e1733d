// owner.hpp: how commands share a data directory. The process that holds its lock also listens on a socket inside it;
// another process sends its arguments and its three standard descriptors there (SCM_RIGHTS) and the owner runs the very
// same command on them, so the answer is the same bytes whoever gives it.
//
//   client                         owner
//   connect, request + 3 fds  ->
//                             <-   one byte: taken, or not (then the client waits for the lock instead)
//   half-close on Ctrl-C      ->   stop requested
//                             <-   one byte: exit code
//
// Who waits for whom: only commands that last listen, and only `serve` takes commands that last, so that no short
// command is kept by somebody else's long one. docs/decisions/0001-one-owner-commands-cross-a-socket.md Threads: one
// accepting, one a client, at most kClientsMax. The socket is 0600 like everything in the directory.
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

// What the owner does with a request. Both are called from several threads at once.
struct Host {
  std::function<bool(Request const&)> takes;
  std::function<int(Request const&, Streams&, std::stop_token)> run;
};

class CommandSocket {
 public:
  static Result<std::unique_ptr<CommandSocket>> listen(std::string const& data, Host);
  virtual ~CommandSocket() = default;  // takes no more clients, and waits for those it took
};

// Runs the command in the owner's process. nullopt: nobody took it (no owner, one that is just going, or one that does
// not take this command); try the lock again.
std::optional<int> run_at_owner(std::string const& data, Request const&, std::stop_token);

}  // namespace vigie::cli
