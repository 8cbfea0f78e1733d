// api.hpp: /api/v1, JSON for programs. Keys of articles and hits are those of the command line's --json; hits add what
// a page needs. Threads: every call may be made from any thread.
#pragma once

#include "engine/store.hpp"
#include "serve/http.hpp"
#include "serve/router.hpp"

namespace vigie::serve {

class Api {
 public:
  explicit Api(engine::Store const& store) : store_(store) {}
  std::vector<Route> routes() const;  // handlers hold this object

 private:
  Response latest(Request const&) const;
  Response search(Request const&) const;
  Response article(std::string_view id) const;
  Response editions(std::string_view id) const;
  Response stats() const;

  engine::Store const& store_;
};

}  // namespace vigie::serve
