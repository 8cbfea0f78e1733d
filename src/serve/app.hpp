// app.hpp: everything Vigie answers over HTTP, without a socket: dispatch, security headers, ETags, compression.
// Threads: answer() may be called by many at once. Lifetime: what create() is given outlives it.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "engine/store.hpp"
#include "serve/access.hpp"
#include "serve/events.hpp"
#include "serve/http.hpp"
#include "serve/metrics.hpp"
#include "serve/router.hpp"
#include "serve/watch.hpp"

namespace vigie::serve {

class App {
 public:
  // `watch`: what is watched; null where that cannot be seen. Errors: invalid_input where a template does not parse (a
  // fault of the build).
  static Result<std::unique_ptr<App>> create(engine::Store&, Metrics&, Events&, Access&, std::string version,
                                             Watch* watch = nullptr);
  ~App();

  // Never fails: what goes wrong is an answer. A HEAD is answered as a GET whose body the server leaves out.
  Response answer(Request) const;
  // An answer to a request that could not be read: 400, 408, 413, 414, 431.
  Response refuse(int status) const;
  // Whether the body of this request, of which only the head was read yet, may be as large as an upload.
  bool takes_upload(Request) const;

  std::span<Route const> routes() const;

 private:
  struct Parts;
  explicit App(std::unique_ptr<Parts>);
  Response dispatch(Request&) const;
  Response turn_away(Request const&) const;
  Response no_route(Request const&, bool path_known) const;
  bool knows_host(Request const&) const;
  std::unique_ptr<Parts> parts_;
};

// Whether `host` (a Host header) is this machine's loopback. Pages of other sites may make a browser send requests here
// under a name of theirs that resolves to 127.0.0.1 (DNS rebinding); they must not read what is kept.
bool is_loopback_host(std::string_view host);

}  // namespace vigie::serve
