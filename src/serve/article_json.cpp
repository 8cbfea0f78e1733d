#include "serve/article_json.hpp"

namespace vigie::serve {
namespace {

void write_strings(JsonWriter& json, std::vector<std::string> const& values) {
  json.begin_array();
  for (auto const& value : values) json.string(value);
  json.end_array();
}

void write_counts(JsonWriter& json, std::vector<engine::FacetCount> const& counts) {
  json.begin_array();
  for (auto const& [value, count] : counts) {
    json.begin_object().key("value").string(value).key("count").number(count).end_object();
  }
  json.end_array();
}

void write_paragraphs(JsonWriter& json, std::vector<article::Block> const& blocks) {
  json.begin_array();
  for (auto const& block : blocks) json.string(block.text);
  json.end_array();
}

void write_quote_keys(JsonWriter& json, speech::Quote const& quote) {
  json.key("text").string(quote.text);
  json.key("type").string(speech::name(quote.type));
  json.key("speaker").text_or_null(quote.speaker.value_or(""));
  json.key("speaker_surface").text_or_null(quote.speaker_surface.value_or(""));
  json.key("cue").text_or_null(quote.cue.value_or(""));
  json.key("group").number(quote.group);
  json.key("begin").number(quote.begin);
  json.key("end").number(quote.end);
}

void write_speech(JsonWriter& json, speech::Speech const& speech) {
  json.key("quotes").begin_array();
  for (auto const& quote : speech.quotes) {
    write_quote_keys(json.begin_object(), quote);
    json.end_object();
  }
  json.end_array();
  json.key("mentions").begin_array();
  for (auto const& mention : speech.mentions) {
    json.begin_object().key("name").string(mention.name).key("kind").string(speech::name(mention.kind));
    json.key("count").number(mention.count).end_object();
  }
  json.end_array();
}

}  // namespace

void write_article(JsonWriter& json, engine::KeptArticle const& article) {
  write_article(json, article, article.found);
}

void write_article(JsonWriter& json, article::Article const& article, engine::Findings const& found) {
  json.begin_object();
  json.key("id").text_or_null(article.id);
  json.key("url").text_or_null(article.url);
  json.key("source").text_or_null(article.source);
  json.key("language").text_or_null(article.language);
  json.key("kicker").text_or_null(article.kicker);
  json.key("title").text_or_null(article.title);
  json.key("lede").text_or_null(article.lede);
  write_paragraphs(json.key("paragraphs"), article.blocks);
  json.key("body").string(article::body(article));
  write_strings(json.key("authors"), article.authors);
  json.key("published").time_or_null(article.published);
  json.key("modified").time_or_null(article.modified);
  json.key("seen").time_or_null(article.seen);
  json.key("section").text_or_null(article.section);
  write_strings(json.key("tags"), article.tags);
  json.key("image").text_or_null(article.image);
  json.key("access").string(article::name(article.access));
  json.key("kind").string(article::name(article.kind));
  json.key("text").string(article::text(article));
  write_speech(json, found.speech);
  json.key("copy_of").text_or_null(found.copy_of.value_or(""));
  json.key("story").text_or_null(found.story);
  write_strings(json.key("diagnostics"), article.diagnostics);
  json.end_object();
}

std::string article_json(article::Article const& article, engine::Findings const& found) {
  JsonWriter json;
  write_article(json, article, found);
  return std::move(json).take();
}

std::string article_json(engine::KeptArticle const& article) { return article_json(article, article.found); }

std::string quote_json(engine::SaidQuote const& said) {
  JsonWriter json;
  json.begin_object();
  json.key("id").text_or_null(said.id);
  json.key("title").text_or_null(said.title);
  json.key("source").text_or_null(said.source);
  json.key("published").time_or_null(said.published);
  write_quote_keys(json, said.quote);
  json.end_object();
  return std::move(json).take();
}

void write_hit_keys(JsonWriter& json, engine::Hit const& hit) {
  json.key("id").text_or_null(hit.article.id);
  json.key("title").text_or_null(hit.article.title);
  json.key("source").text_or_null(hit.article.source);
  json.key("published").time_or_null(hit.article.published);
  json.key("score").number(hit.score);
  json.key("snippet").text_or_null(hit.snippet.text);
  write_strings(json.key("copies"), hit.copies);
  json.key("partial").boolean(hit.partial);
  if (!hit.explanation.empty()) json.key("explanation").string(hit.explanation);
}

std::string hit_json(engine::Hit const& hit) {
  JsonWriter json;
  write_hit_keys(json.begin_object(), hit);
  json.end_object();
  return std::move(json).take();
}

void write_facets(JsonWriter& json, engine::Facets const& facets) {
  json.begin_object();
  write_counts(json.key("source"), facets.source);
  write_counts(json.key("language"), facets.language);
  write_counts(json.key("month"), facets.month);
  write_counts(json.key("person"), facets.person);
  write_counts(json.key("place"), facets.place);
  json.end_object();
}

std::string facets_json(engine::Facets const& facets) {
  JsonWriter json;
  write_facets(json.begin_object().key("facets"), facets);
  json.end_object();
  return std::move(json).take();
}

std::string_view name(engine::ItemStatus status) {
  switch (status) {
    case engine::ItemStatus::fresh:
      return "new";
    case engine::ItemStatus::unchanged:
      return "unchanged";
    case engine::ItemStatus::edition:
      return "edition";
    case engine::ItemStatus::error:
      break;
  }
  return "error";
}

std::string ingest_json(engine::ItemOutcome const& item) {
  JsonWriter json;
  json.begin_object();
  json.key("input").string(item.input);
  json.key("position").number(item.position);
  json.key("id").text_or_null(item.id);
  json.key("status").string(name(item.status));
  if (item.status == engine::ItemStatus::error) json.key("error").string(item.error);
  json.end_object();
  return std::move(json).take();
}

void write_stats(JsonWriter& json, engine::Stats const& stats) {
  json.begin_object();
  json.key("articles").number(stats.articles);
  json.key("editions").number(stats.editions);
  json.key("captures").number(stats.captures);
  json.key("sources").number(stats.sources);
  json.key("database_bytes").number(stats.database_bytes);
  json.key("capture_bytes").number(stats.capture_bytes);
  json.key("index_bytes").number(stats.index_bytes);
  json.key("segments").number(stats.segments);
  json.key("terms").number(stats.terms);
  json.key("first_published").time_or_null(stats.first_published);
  json.key("last_published").time_or_null(stats.last_published);
  json.key("last_seen").time_or_null(stats.last_seen);
  write_counts(json.key("languages"), stats.languages);
  write_counts(json.key("top_sources"), stats.top_sources);
  json.end_object();
}

std::string stats_json(engine::Stats const& stats) {
  JsonWriter json;
  write_stats(json, stats);
  return std::move(json).take();
}

std::string finding_json(engine::CheckFinding const& finding) {
  JsonWriter json;
  json.begin_object().key("where").string(finding.where).key("what").string(finding.what).end_object();
  return std::move(json).take();
}

}  // namespace vigie::serve
