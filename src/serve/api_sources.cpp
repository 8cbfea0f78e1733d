// /api/v1/sources: where the articles kept come from, what is watched and how it fares, and changing that.
#include "serve/answers.hpp"
#include "serve/api.hpp"
#include "serve/json_writer.hpp"
#include "serve/source_json.hpp"
#include "serve/url.hpp"

namespace vigie::serve {
namespace {

Response not_watched() { return json_error(503, "busy", "the list of sources cannot be read"); }

}  // namespace

std::vector<Route> Api::source_routes() const {
  Parameter const url{"url", ParameterKind::text, "A web address", false, true};
  return {
      {Method::get,
       "/api/v1/sources",
       "Where the articles kept come from, most frequent first, and what is watched, with its health",
       "one count per catalogue table, one row per source",
       "Sources",
       "application/json",
       Audience::api,
       {},
       [this](Request const&, PathValues const&) { return sources(); }},
      {Method::post,
       "/api/v1/sources",
       "Watches an address, without asking it first",
       "one row",
       "Watched",
       "application/json",
       Audience::api,
       {url,
        {"kind",
         ParameterKind::choice,
         "What it is: feed (the standard), sitemap or a page of links",
         false,
         false,
         {"feed", "sitemap", "page"}},
        {"title", ParameterKind::text, "What to call it"}},
       [this](Request const& request, PathValues const&) { return add_source(request); }},
      {Method::post,
       "/api/v1/sources/find",
       "What an address offers to be watched; nothing is kept",
       "some requests to that site, half a minute at most",
       "Offers",
       "application/json",
       Audience::api,
       {url},
       [this](Request const& request, PathValues const&) { return find_sources(request); }},
      {Method::post,
       "/api/v1/sources/{id}/{action}",
       "Asks a source now, pauses it, lets it go on, or takes it away; answers the source as it was",
       "one row",
       "Watched",
       "application/json",
       Audience::api,
       {{"id", ParameterKind::number, "The source's number", true, true},
        {"action", ParameterKind::choice, "What to do", true, true, {"check", "pause", "resume", "remove"}}},
       [this](Request const&, PathValues const& values) { return change_source(values[0], values[1]); }},
  };
}

Response Api::sources() const {
  auto const stats = store_.stats();
  if (!stats) return json_error(stats.error());
  JsonWriter json;
  json.begin_object().key("total").number(stats->sources).key("sources").begin_array();
  for (auto const& [value, count] : stats->top_sources) {
    json.begin_object().key("name").string(value).key("articles").number(count).end_object();
  }
  json.end_array().key("watched").begin_array();
  if (watch_ != nullptr) {
    auto const watched = watch_->book().list();
    if (!watched) return json_error(watched.error());
    for (auto const& source : *watched) json.raw(source_json(source));
  }
  json.end_array().end_object();
  return json_answer(std::move(json).take());
}

Response Api::find_sources(Request const& request) const {
  if (watch_ == nullptr) return not_watched();
  auto const url = with_scheme(value_of(request.parameters, "url"));
  if (!is_web_address(url)) return json_error(400, "invalid_input", "url is no web address");
  auto const findings = watch_->find(url);
  if (!findings) return json_error(findings.error());
  JsonWriter json;
  json.begin_object().key("found").begin_array();
  for (auto const& one : findings->found) json.raw(finding_json(one, 0));
  json.end_array().key("problem").text_or_null(findings->problem).end_object();
  return json_answer(std::move(json).take());
}

Response Api::add_source(Request const& request) const {
  if (watch_ == nullptr) return not_watched();
  auto const given = value_of(request.parameters, "kind");
  auto const kind = given.empty() ? std::optional(collect::SourceKind::feed) : collect::parse_source_kind(given);
  std::string const url(value_of(request.parameters, "url"));
  if (!is_web_address(url)) return json_error(400, "invalid_input", "url is no web address");
  if (!kind) return json_error(400, "invalid_input", "kind is feed, sitemap or page");
  auto const title = value_of(request.parameters, "title").substr(0, 500);
  auto const source = watch_->add({.url = url, .kind = *kind, .title = std::string(title)});
  return source ? json_answer(source_json(*source)) : json_error(source.error());
}

Response Api::change_source(std::string_view id, std::string_view action) const {
  if (watch_ == nullptr) return not_watched();
  auto const change = parse_source_change(action);
  auto const number = parse_source_id(id);
  if (!change || !number) return json_error(404, "not_found", "no such source or action");
  auto const source = watch_->book().get(*number);
  if (!source) return json_error(source.error());
  auto const done = watch_->change(*number, *change);
  return done ? json_answer(source_json(*source)) : json_error(done.error());
}

}  // namespace vigie::serve
