// server.hpp: answers HTTP/1.1 on one address. A few threads move bytes, a few more make answers, so that a slow query
// never keeps a byte or an event waiting. Everything is bounded: connections, header and body bytes, and the time a
// client may take to say something or to take its answer. Hides the HTTP library (Boost.Beast) behind connection.cpp.
// Threads: start() and stop() from one; Lifetime: the store must outlive the Server; the destructor stops it.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

#include "base/result.hpp"
#include "engine/store.hpp"
#include "serve/access.hpp"
#include "serve/watch.hpp"

namespace vigie::serve {

struct ServeOptions {
  std::string address = "127.0.0.1";  // anything but loopback asks for a password in `access`
  uint16_t port = 8080;               // 0: any free one, told by Server::port()
  std::string version = "0";          // shown on the about page and in the API's description
  AccessFile access = {};             // who may enter
  std::shared_ptr<Watch> watch = {};  // the sources; null where they cannot be seen

  unsigned io_threads = 2;
  unsigned answer_threads = 6;      // of which uploads and errands to the web may take two each
  uint32_t connections_max = 2048;  // one more is refused with 503
  uint32_t header_bytes_max = 16u << 10;
  uint32_t target_bytes_max = 8u << 10;
  uint64_t body_bytes_max = 64u << 10;
  uint64_t upload_bytes_max = 64u << 20;          // of a body where an upload is taken
  uint32_t uploads_max = 4;                       // bodies that large being read or answered at once; one more gets 503
  std::chrono::milliseconds read_timeout{15000};  // for one whole request, the wait for it included
  std::chrono::milliseconds upload_timeout{300000};  // for the body of an upload
  std::chrono::milliseconds write_timeout{30000};    // for one whole answer
  std::chrono::milliseconds stop_timeout{5000};      // for answers under way when stop() is called
  std::chrono::milliseconds beat{20000};             // between two comments on an idle /events connection
};

// "127.0.0.1:8080", "[::1]:8080", "localhost:8080" or ":8080" as `--listen` has it. Errors: invalid_input.
Result<ServeOptions> parse_listen(std::string_view listen);

class Server {
 public:
  // Listens and answers until stop(). Errors: invalid_input for an address that is not loopback where no password is
  // set; busy where the port is taken; io.
  static Result<std::unique_ptr<Server>> start(engine::Store&, ServeOptions);
  virtual ~Server() = default;
  virtual uint16_t port() const = 0;
  virtual std::string url() const = 0;  // "http://127.0.0.1:8080/"
  // Takes no more connections, lets answers under way finish (up to stop_timeout), then closes. Idempotent.
  virtual void stop() = 0;
};

}  // namespace vigie::serve
