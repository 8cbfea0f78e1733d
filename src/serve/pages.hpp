// pages.hpp: the pages people read, rendered on the server in French or English, whole without JavaScript.
// Threads: every call may be made from any thread. Lifetime: holds references to what it is given.
#pragma once

#include <functional>
#include <string>

#include "engine/store.hpp"
#include "serve/access.hpp"
#include "serve/http.hpp"
#include "serve/intake.hpp"
#include "serve/layout.hpp"
#include "serve/router.hpp"
#include "serve/templates.hpp"
#include "serve/top_stories.hpp"
#include "serve/watch.hpp"

namespace vigie::serve {

class Pages {
 public:
  // `watch` may be null: the sources are then not to be seen. `last_event` tells what the page knows when it is made
  // (events.hpp), so that nothing is missed before it listens.
  Pages(engine::Store const& store, Words const& words, Templates const& templates, Access& access, Intake& intake,
        Watch* watch, std::string version, std::function<uint64_t()> last_event)
      : store_(store),
        words_(words),
        templates_(templates),
        access_(access),
        intake_(intake),
        watch_(watch),
        version_(std::move(version)),
        last_event_(std::move(last_event)),
        top_stories_(store) {}

  std::vector<Route> routes() const;  // handlers hold this object
  Response error(Request const&, int status) const;
  Response failed(Request const&, Error const&) const;  // the page of the status that the error has; a 500 is logged

 private:
  Response front(Request const&) const;
  Response search(Request const&) const;
  Response article(Request const&, std::string_view id) const;
  void add_findings(Fields&, engine::KeptArticle const&, Language) const;
  Response story(Request const&, std::string_view id) const;
  Response quotes(Request const&) const;
  Response about(Request const&) const;

  Response add_form(Request const&) const;
  Response add(Request const&) const;
  Response add_page(Request const&, Fields, int status) const;
  void add_received(Fields&, std::vector<engine::ItemOutcome> const&, Language) const;

  Response sources(Request const&) const;
  Response find_sources(Request const&) const;
  Response add_sources(Request const&) const;
  Response change_source(Request const&, std::string_view id, std::string_view action) const;
  Response import_sources(Request const&) const;
  Response export_sources(Request const&) const;
  Response sources_page(Request const&, Fields, int status) const;
  Fields source_fields(collect::Source const&, Language) const;
  void add_done(Fields&, Request const&, Language) const;
  std::string problem_text(std::string_view problem, Language) const;

  Response login(Request const&) const;
  Response log_in(Request const&) const;
  Response log_out(Request const&) const;
  Response login_page(Request const&, std::string_view next, std::string_view complaint, int status) const;

  Response rendered(std::string_view page, Layout const&, Fields, int status = 200) const;
  std::string phrase(std::string_view key, Language language) const { return std::string(words_.get(key, language)); }

  engine::Store const& store_;
  Words const& words_;
  Templates const& templates_;
  Access& access_;
  Intake& intake_;
  Watch* watch_;
  std::string version_;
  std::function<uint64_t()> last_event_;
  TopStories top_stories_;
};

// A text of an article as it is set: French ones get the no-break spaces that keep « » : ; ! ? from standing alone.
std::string set_text(std::string_view text, std::string_view language);

// Fields that the lists of several pages share: address, headline, source, language and time of one article.
Fields item_fields(article::Article const&, Language);

// {prefix}_lang, _dir and _foreign: the language of some text, its direction, and its name where it is not the page's.
Fields tongue_fields(std::string const& prefix, std::string_view tag, Language language);

// {prefix}_live and _listing: what is no article is not shown as one.
Fields kind_fields(std::string const& prefix, article::Kind);

// Quotes under their speakers, the one who speaks most first; what nobody is named for comes last.
struct SpokenWords {
  speech::Quote const* quote;
  std::string article_id;
};
std::vector<Fields> speaker_fields(std::vector<SpokenWords> const&, size_t speakers_max);

}  // namespace vigie::serve
