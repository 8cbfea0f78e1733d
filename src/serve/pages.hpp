// pages.hpp: the pages people read, rendered on the server in French or English, whole without JavaScript.
// Threads: every call may be made from any thread. Lifetime: holds references to what it is given.
#pragma once

#include <functional>
#include <string>

#include "engine/store.hpp"
#include "serve/http.hpp"
#include "serve/layout.hpp"
#include "serve/router.hpp"
#include "serve/templates.hpp"

namespace vigie::serve {

class Pages {
 public:
  // `last_event` tells what the page knows when it is made (events.hpp), so that nothing is missed before it listens.
  Pages(engine::Store const& store, Words const& words, Templates const& templates, std::string version,
        std::function<uint64_t()> last_event)
      : store_(store),
        words_(words),
        templates_(templates),
        version_(std::move(version)),
        last_event_(std::move(last_event)) {}

  std::vector<Route> routes() const;  // handlers hold this object
  Response error(Request const&, int status) const;

 private:
  Response front(Request const&) const;
  Response search(Request const&) const;
  Response article(Request const&, std::string_view id) const;
  Response about(Request const&) const;
  Response rendered(std::string_view page, Layout const&, Fields, int status = 200) const;
  std::string phrase(std::string_view key, Language language) const { return std::string(words_.get(key, language)); }

  engine::Store const& store_;
  Words const& words_;
  Templates const& templates_;
  std::string version_;
  std::function<uint64_t()> last_event_;
};

// Fields that the lists of several pages share: address, headline, source, language and time of one article.
Fields item_fields(article::Article const&, Language);

// {prefix}_lang, _dir and _foreign: the language of some text, its direction, and its name where it is not the page's.
Fields tongue_fields(std::string const& prefix, std::string_view tag, Language);

}  // namespace vigie::serve
