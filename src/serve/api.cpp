#include "serve/api.hpp"

#include "serve/answers.hpp"
#include "serve/article_json.hpp"
#include "serve/highlight.hpp"
#include "serve/search_state.hpp"

namespace vigie::serve {
namespace {

constexpr uint32_t kMaxLimit = 100;

void write_summary(JsonWriter& json, article::Article const& article) {
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
          {"date", ParameterKind::text, "Only what was published then: a year, a month, a day, or an interval with /"},
          {"sort",
           ParameterKind::choice,
           "relevance (the standard) or date, newest first",
           false,
           false,
           {"relevance", "date"}},
          {"limit", ParameterKind::number, "Hits wanted", false, false, {}, kMaxLimit, 10},
          {"offset", ParameterKind::number, "Hits to pass over", false, false, {}, kDeepestHit, 0},
          {"facets", ParameterKind::flag, "1: counts by source, language, month, person and place"},
          {"fold", ParameterKind::flag, "0: do not fold copies under one hit"},
          {"strict", ParameterKind::flag, "1: every word must be there"},
          {"explain", ParameterKind::flag, "1: say how each score came about"}};
}

}  // namespace

std::vector<Route> Api::routes() const {
  Parameter const id{"id", ParameterKind::text, "The article's id", true, true};
  return {
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
  request.offset = number_of(parameters, "offset", 0, kDeepestHit);
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

}  // namespace vigie::serve
