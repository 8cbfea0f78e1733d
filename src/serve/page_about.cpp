// "À propos": what is kept, in figures, and how to ask for it.
#include <algorithm>

#include "serve/pages.hpp"
#include "serve/url.hpp"

namespace vigie::serve {
namespace {

std::string day_of(std::optional<Time> const& time, Language language) {
  return time ? short_day(clock_of(*time).date, language) : "";
}

std::string moment_of(std::optional<Time> const& time, Language language) {
  if (!time) return "";
  auto const clock = clock_of(in_local_zone(*time));
  return short_day(clock.date, language) + ", " + hour_minute(clock, language);
}

std::vector<Fields> count_fields(std::vector<engine::FacetCount> counts, std::string_view parameter,
                                 Language language) {
  std::stable_sort(counts.begin(), counts.end(), [](auto const& a, auto const& b) { return a.count > b.count; });
  std::vector<Fields> out;
  for (auto const& [value, count] : counts) {
    if (value.empty()) continue;
    Fields fields;
    fields.text("facet_label", parameter == "language" ? language_name(value, language) : value);
    fields.text("facet_count", grouped(count, language));
    fields.text("facet_address", address("/search", {{std::string(parameter), value}}));
    out.push_back(std::move(fields));
  }
  return out;
}

}  // namespace

Response Pages::about(Request const& request) const {
  auto const preference = preference_of(request);
  auto const language = preference.language;
  auto const stats = store_.stats();
  if (!stats) return failed(request, stats.error());
  Fields fields;
  std::vector<Fields> figures;
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
  figure("figure.seen", moment_of(stats->last_seen, language));
  figure("figure.disk", byte_size(stats->database_bytes + stats->capture_bytes + stats->index_bytes, language));
  auto languages = count_fields(stats->languages, "language", language);
  auto sources = count_fields(stats->top_sources, "source", language);
  fields.list("figures", std::move(figures)).text("version", version_);
  fields.flag("has_languages", !languages.empty()).list("language_facet", std::move(languages));
  fields.flag("has_sources", !sources.empty()).list("source_facet", std::move(sources));
  return rendered("about", {request, preference, Section::about, phrase("about.title", language), "", "", false},
                  std::move(fields));
}

}  // namespace vigie::serve
