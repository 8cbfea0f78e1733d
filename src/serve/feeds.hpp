// feeds.hpp: the latest list and any search as RSS 2.0. Source: RSS 2.0 specification; atom:link and dc:creator from
// their own namespaces. Threads: every call may be made from any thread.
#pragma once

#include "engine/store.hpp"
#include "serve/http.hpp"
#include "serve/router.hpp"
#include "serve/words.hpp"

namespace vigie::serve {

class Feeds {
 public:
  Feeds(engine::Store const& store, Words const& words) : store_(store), words_(words) {}
  std::vector<Route> routes() const;  // handlers hold this object

 private:
  Response latest(Request const&) const;
  Response search(Request const&) const;

  engine::Store const& store_;
  Words const& words_;
};

// "Fri, 07 Sep 2018 18:42:00 +0200". Source: RFC 5322, 3.3.
std::string rfc5322_date(Time);

}  // namespace vigie::serve
