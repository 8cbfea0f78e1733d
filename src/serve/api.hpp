// api.hpp: /api/v1, JSON for programs. Keys of articles and hits are those of the command line's --json; hits add what
// a page needs. Threads: every call may be made from any thread.
#pragma once

#include "engine/store.hpp"
#include "serve/http.hpp"
#include "serve/intake.hpp"
#include "serve/router.hpp"
#include "serve/suggestions.hpp"

namespace vigie::serve {

class Api {
 public:
  // `watch`: see Pages.
  Api(engine::Store const& store, Intake& intake, Watch* watch)
      : store_(store), intake_(intake), watch_(watch), suggestions_(store) {}
  std::vector<Route> routes() const;  // handlers hold this object

 private:
  Response latest(Request const&) const;
  Response search(Request const&) const;
  Response article(std::string_view id) const;
  Response editions(std::string_view id) const;
  Response stats() const;
  Response quotes(Request const&) const;
  Response story(std::string_view id) const;
  Response copies(std::string_view id) const;
  Response sources() const;
  Response suggest(Request const&) const;
  Response add(Request const&) const;

  std::vector<Route> source_routes() const;  // api_sources.cpp
  Response find_sources(Request const&) const;
  Response add_source(Request const&) const;
  Response change_source(std::string_view id, std::string_view action) const;

  engine::Store const& store_;
  Intake& intake_;
  Watch* watch_;
  Suggestions suggestions_;
};

}  // namespace vigie::serve
