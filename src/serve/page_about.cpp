// "À propos": what is kept, in figures, and how to ask for it.
#include "serve/pages.hpp"
#include "serve/url.hpp"

namespace vigie::serve {
namespace {

std::string day_of(std::optional<Time> const& time, Language language) {
  return time ? long_day(clock_of(*time).date, language) : "";
}

}  // namespace

Response Pages::about(Request const& request) const {
  auto const preference = preference_of(request);
  auto const language = preference.language;
  auto const stats = store_.stats();
  if (!stats) return error(request, 500);
  Fields fields;
  std::vector<Fields> figures, languages, sources;
  auto const figure = [&](std::string_view key, std::string value) {
    if (!value.empty())
      figures.push_back(Fields().text("figure_label", words_.get(key, language)).text("figure", value));
  };
  figure("figure.articles", grouped(stats->articles, language));
  figure("figure.editions", grouped(stats->editions, language));
  figure("figure.sources", grouped(stats->sources, language));
  figure("figure.captures", grouped(stats->captures, language));
  figure("figure.first", day_of(stats->first_published, language));
  figure("figure.last", day_of(stats->last_published, language));
  figure("figure.seen", stats->last_seen ? long_time(*stats->last_seen, language) : "");
  figure("figure.disk", byte_size(stats->database_bytes + stats->capture_bytes + stats->index_bytes, language));
  for (auto const& [value, count] : stats->languages) {
    languages.push_back(Fields()
                            .text("facet_label", language_name(value, language))
                            .text("facet_count", grouped(count, language))
                            .text("facet_address", address("/search", {{"language", value}})));
  }
  for (auto const& [value, count] : stats->top_sources) {
    sources.push_back(Fields()
                          .text("facet_label", value)
                          .text("facet_count", grouped(count, language))
                          .text("facet_address", address("/search", {{"source", value}})));
  }
  fields.list("figures", std::move(figures)).text("version", version_);
  fields.flag("has_languages", !languages.empty()).list("language_facet", std::move(languages));
  fields.flag("has_sources", !sources.empty()).list("source_facet", std::move(sources));
  return rendered("about", {request, preference, Section::about, phrase("about.title", language), "", "", false},
                  std::move(fields));
}

}  // namespace vigie::serve
