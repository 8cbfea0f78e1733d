#include "serve/api.hpp"

#include "serve/answers.hpp"
#include "serve/article_json.hpp"
#include "serve/highlight.hpp"
#include "serve/search_state.hpp"
#include "serve/url.hpp"

namespace vigie::serve {
namespace {

constexpr uint32_t kMaxLimit = 100;

void write_summary(JsonWriter& json, engine::KeptArticle const& article) {
  json.begin_object();
  json.key("id").text_or_null(article.id);
  json.key("url").text_or_null(article.url);
  json.key("source").text_or_null(article.source);
  json.key("language").text_or_null(article.language);
  json.key("kicker").text_or_null(article.kicker);
  json.key("title").text_or_null(article.title);
  json.key("lede").text_or_null(article.lede);
  json.key("published").time_or_null(article.published);
  json.key("seen").time_or_null(article.seen);
  json.key("access").string(article::name(article.access));
  json.key("copy_of").text_or_null(article.found.copy_of.value_or(""));
  json.key("story").text_or_null(article.found.story);
  json.end_object();
}

// Byte offsets of the engine, as code points of the snippet: what other languages' strings can use.
void write_highlights(JsonWriter& json, engine::Snippet const& snippet) {
  json.begin_array();
  for (auto const& highlight : highlights_in_code_points(snippet)) {
    json.begin_array().number(highlight.begin).number(highlight.end).end_array();
  }
  json.end_array();
}

void write_hit(JsonWriter& json, engine::Hit const& hit) {
  json.begin_object();
  write_hit_keys(json, hit);
  json.key("url").text_or_null(hit.article.url);
  json.key("language").text_or_null(hit.article.language);
  write_highlights(json.key("highlights"), hit.snippet);
  json.end_object();
}

void write_relative(JsonWriter& json, engine::Relative const& relative) {
  json.begin_object();
  json.key("id").text_or_null(relative.id).key("url").text_or_null(relative.url);
  json.key("title").text_or_null(relative.title).key("source").text_or_null(relative.source);
  json.key("published").time_or_null(relative.published).key("seen").time_or_null(relative.seen);
  json.key("share").number(static_cast<double>(relative.share));
  json.end_object();
}

void write_note(JsonWriter& json, engine::QueryNote const& note) {
  json.begin_object();
  json.key("begin").number(note.begin).key("end").number(note.end);
  json.key("text").string(note.text).key("text_fr").string(note.text_fr);
  json.end_object();
}

std::vector<Parameter> search_parameters() {
  return {{"q", ParameterKind::text, "The query, in the query language"},
          {"source", ParameterKind::text, "Only this source; may be repeated, then any of them"},
          {"language", ParameterKind::text, "Only this language (a code such as fr); may be repeated"},
          {"person", ParameterKind::text, "Only what names this person; may be repeated, then all of them"},
          {"place", ParameterKind::text, "Only what names this place; may be repeated, then all of them"},
          {"date", ParameterKind::text, "Only what was published then: a year, a month, a day, or an interval with /"},
          {"sort",
           ParameterKind::choice,
           "relevance (the standard) or date, newest first",
           false,
           false,
           {"relevance", "date"}},
          {"limit", ParameterKind::number, "Hits wanted", false, false, {}, kMaxLimit, 10},
          {"offset", ParameterKind::number, "Hits to pass over", false, false, {}, kDeepestHit, 0},
          {"after", ParameterKind::text,
           "The `next` of the answer before, for the same query and sort: the page that follows it, whatever arrived "
           "since"},
          {"facets", ParameterKind::flag, "1: counts by source, language, month, person and place"},
          {"fold", ParameterKind::flag, "0: do not fold copies under one hit"},
          {"strict", ParameterKind::flag, "1: every word must be there"},
          {"explain", ParameterKind::flag, "1: say how each score came about"}};
}

}  // namespace

std::vector<Route> Api::routes() const {
  Parameter const id{"id", ParameterKind::text, "The article's id", true, true};
  std::vector<Route> routes = {
      {Method::get,
       "/api/v1/latest",
       "The newest articles, by publication where plausible, else by arrival",
       "one index scan that stops at the last article asked for",
       "Latest",
       "application/json",
       Audience::api,
       {{"limit", ParameterKind::number, "Articles wanted", false, false, {}, kMaxLimit, 20},
        {"offset", ParameterKind::number, "Articles to pass over", false, false, {}, kDeepestHit, 0}},
       [this](Request const& request, PathValues const&) { return latest(request); }},
      {Method::get, "/api/v1/search", "Articles that match a query", "one index query and one catalogue read per hit",
       "SearchAnswer", "application/json", Audience::api, search_parameters(),
       [this](Request const& request, PathValues const&) { return search(request); }},
      {Method::get,
       "/api/v1/articles/{id}",
       "One article, its latest edition",
       "one catalogue read",
       "Article",
       "application/json",
       Audience::api,
       {id},
       [this](Request const&, PathValues const& values) { return article(values[0]); }},
      {Method::get,
       "/api/v1/articles/{id}/editions",
       "Every edition of an article, oldest first",
       "one catalogue read per edition",
       "Editions",
       "application/json",
       Audience::api,
       {id},
       [this](Request const&, PathValues const& values) { return editions(values[0]); }},
      {Method::post,
       "/api/v1/articles",
       "Keeps what the body holds: a page, text, an archive, a feed, jsonl, as `vigie ingest` reads them",
       "one ingestion; answered once durable",
       "Received",
       "application/json",
       Audience::api,
       {{"url", ParameterKind::text,
         "The address of a page that does not know its own; where the body is empty, what to fetch"},
        {"name", ParameterKind::text, "What the items are said to come from"}},
       [this](Request const& request, PathValues const&) { return add(request); },
       false,
       true},
      {Method::get,
       "/api/v1/stories/{id}",
       "The articles of one story, earliest first",
       "one catalogue read per article",
       "Story",
       "application/json",
       Audience::api,
       {{"id", ParameterKind::text, "The story, as articles name it", true, true}},
       [this](Request const&, PathValues const& values) { return story(values[0]); }},
      {Method::get,
       "/api/v1/articles/{id}/copies",
       "What an article copies and what copies it, with the share of the later text that stands in the earlier one",
       "one catalogue read per copy, and a comparison of the texts",
       "Copies",
       "application/json",
       Audience::api,
       {id},
       [this](Request const&, PathValues const& values) { return copies(values[0]); }},
      {Method::get,
       "/api/v1/quotes",
       "What is said in the articles that match, newest article first",
       "one index query and one catalogue read per article",
       "Quotes",
       "application/json",
       Audience::api,
       {{"q", ParameterKind::text, "The query, in the query language"},
        {"limit", ParameterKind::number, "Quotes wanted", false, false, {}, kMaxLimit, 20},
        {"offset", ParameterKind::number, "Quotes to pass over", false, false, {}, kDeepestHit, 0}},
       [this](Request const& request, PathValues const&) { return quotes(request); }},
      {Method::get,
       "/api/v1/suggest",
       "Completions of the last word typed: names, words, and headlines with their article's id",
       "bounded look-ups in the index: a millisecond or so",
       "SuggestAnswer",
       "application/json",
       Audience::api,
       {{"q", ParameterKind::text, "What has been typed"}},
       [this](Request const& request, PathValues const&) { return suggest(request); }},
      {Method::get,
       "/api/v1/stats",
       "How much is kept",
       "one count per catalogue table",
       "Stats",
       "application/json",
       Audience::api,
       {},
       [this](Request const&, PathValues const&) { return stats(); }},
  };
  auto const more = source_routes();
  routes.insert(routes.end(), more.begin(), more.end());
  return routes;
}

Response Api::latest(Request const& request) const {
  auto const articles = store_.latest(number_of(request.parameters, "limit", 20, kMaxLimit),
                                      number_of(request.parameters, "offset", 0, kDeepestHit));
  if (!articles) return json_error(articles.error());
  JsonWriter json;
  json.begin_object().key("articles").begin_array();
  for (auto const& article : *articles) write_summary(json, article);
  json.end_array().end_object();
  return json_answer(std::move(json).take());
}

Response Api::search(Request const& http) const {
  auto const& parameters = http.parameters;
  auto const state = SearchState::from(parameters);
  auto request = state.request();
  request.sort = state.sort;
  request.limit = number_of(parameters, "limit", 10, kMaxLimit);
  request.offset = request.after.empty() ? number_of(parameters, "offset", 0, kDeepestHit) : 0;
  request.facets = value_of(parameters, "facets") == "1";
  request.fold = value_of(parameters, "fold") != "0";
  request.strict = value_of(parameters, "strict") == "1";
  request.explain = value_of(parameters, "explain") == "1";
  auto const answer = store_.search(request);
  if (!answer) return json_error(answer.error());
  JsonWriter json;
  json.begin_object();
  json.key("query").string(answer->echo);
  json.key("notes").begin_array();
  for (auto const& note : answer->notes) write_note(json, note);
  json.end_array();
  json.key("total").number(answer->total);
  json.key("hits").begin_array();
  for (auto const& hit : answer->hits) write_hit(json, hit);
  json.end_array();
  json.key("next").text_or_null(answer->next);
  json.key("facets");
  if (answer->facets)
    write_facets(json, *answer->facets);
  else
    json.null();
  json.end_object();
  return json_answer(std::move(json).take());
}

Response Api::article(std::string_view id) const {
  auto const article = store_.article(id);
  return article ? json_answer(article_json(*article)) : json_error(article.error());
}

Response Api::editions(std::string_view id) const {
  auto const editions = store_.editions(id);
  if (!editions) return json_error(editions.error());
  JsonWriter json;
  json.begin_object().key("editions").begin_array();
  for (auto const& edition : *editions) {
    json.begin_object().key("number").number(edition.number);
    write_article(json.key("article"), edition.article);
    json.end_object();
  }
  json.end_array().end_object();
  return json_answer(std::move(json).take());
}

Response Api::stats() const {
  auto const stats = store_.stats();
  return stats ? json_answer(stats_json(*stats)) : json_error(stats.error());
}

Response Api::quotes(Request const& request) const {
  auto const& parameters = request.parameters;
  auto const answer =
      store_.quotes({SearchState::from(parameters).query(), number_of(parameters, "limit", 20, kMaxLimit),
                     number_of(parameters, "offset", 0, kDeepestHit)});
  if (!answer) return json_error(answer.error());
  JsonWriter json;
  json.begin_object();
  json.key("query").string(answer->echo);
  json.key("notes").begin_array();
  for (auto const& note : answer->notes) write_note(json, note);
  json.end_array();
  json.key("quotes").begin_array();
  for (auto const& said : answer->quotes) json.raw(quote_json(said));
  json.end_array();
  json.key("more").boolean(answer->more);
  json.end_object();
  return json_answer(std::move(json).take());
}

Response Api::story(std::string_view id) const {
  if (!article::is_valid_id(id)) return json_error(404, "not_found", "no such story");
  auto const told = store_.story(id, kMaxLimit);
  if (!told) return json_error(told.error());
  if (told->empty()) return json_error(404, "not_found", "no such story");
  JsonWriter json;
  json.begin_object().key("id").string(id);
  json.key("articles").begin_array();
  for (auto const& article : *told) write_summary(json, article);
  json.end_array().end_object();
  return json_answer(std::move(json).take());
}

Response Api::copies(std::string_view id) const {
  auto const kin = store_.copies(id);
  if (!kin) return json_error(kin.error());
  JsonWriter json;
  json.begin_object().key("original");
  if (kin->original)
    write_relative(json, *kin->original);
  else
    json.null();
  json.key("copies").begin_array();
  for (auto const& copy : kin->copies) write_relative(json, copy);
  json.end_array().end_object();
  return json_answer(std::move(json).take());
}

Response Api::suggest(Request const& request) const {
  JsonWriter json;
  json.begin_object().key("suggestions").begin_array();
  for (auto const& found : suggestions_.complete(value_of(request.parameters, "q"))) {
    json.begin_object().key("text").string(found.text).key("query").string(found.query);
    json.key("kind").string(found.kind).key("id").text_or_null(found.id).end_object();
  }
  json.end_array().end_object();
  return json_answer(std::move(json).take());
}

Response Api::add(Request const& request) const {
  std::string const url(value_of(request.parameters, "url"));
  if (!url.empty() && !is_web_address(url)) return json_error(400, "invalid_input", "url is no web address");
  bool const fetches = request.body.empty() && !url.empty() && watch_ != nullptr;
  if (request.body.empty() && !fetches) return json_error(400, "invalid_input", "the body holds nothing");
  auto const name = value_of(request.parameters, "name");
  auto const received =
      fetches ? intake_.fetch(*watch_, url)
              : intake_.take({request.body, std::string(name.empty() ? "upload" : name), url, request.content_type});
  if (!received) return json_error(received.error());
  JsonWriter json;
  json.begin_object();
  json.key("new").number(received->totals.fresh).key("unchanged").number(received->totals.unchanged);
  json.key("editions").number(received->totals.edition).key("errors").number(received->totals.error);
  json.key("items").begin_array();
  for (auto const& item : received->items) json.raw(ingest_json(item));
  json.end_array().end_object();
  return json_answer(std::move(json).take());
}

}  // namespace vigie::serve
