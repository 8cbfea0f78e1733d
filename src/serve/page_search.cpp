// "Rechercher": the query as understood, what narrows it, and one page of results.
#include <algorithm>

#include "serve/highlight.hpp"
#include "serve/histogram.hpp"
#include "serve/pages.hpp"
#include "serve/search_state.hpp"

namespace vigie::serve {
namespace {

constexpr size_t kFacetValues = 12;

std::vector<Fields> piece_fields(engine::Snippet const& snippet, std::string_view language) {
  std::vector<Fields> out;
  for (auto const& piece : pieces_of(snippet)) {
    out.push_back(Fields().text("piece", set_text(piece.text, language)).flag("marked", piece.marked));
  }
  return out;
}

Fields hit_fields(engine::Hit const& hit, Words const& words, Language language) {
  auto fields = item_fields(hit.article, language);
  if (!hit.title.text.empty()) fields.list("hit_title", piece_fields(hit.title, hit.article.language));
  fields.list("hit_snippet", piece_fields(hit.snippet, hit.article.language));
  fields.flag("hit_partial", hit.partial);
  auto const copies = hit.copies.size();
  fields.text(
      "hit_copies",
      copies == 0 ? "" : counted(copies, words.get("copy.one", language), words.get("copy.many", language), language));
  return fields;
}

using Step = SearchState (SearchState::*)(std::string_view) const;  // one filter set or taken away

// One group of links that narrow; nothing where there is nothing to choose from.
void add_group(std::vector<Fields>& groups, std::string_view title, std::vector<engine::FacetCount> counts,
               std::vector<std::string> const& chosen, SearchState const& state, Step step, Language language,
               bool is_language = false) {
  std::stable_sort(counts.begin(), counts.end(), [](auto const& a, auto const& b) { return a.count > b.count; });
  std::vector<Fields> out;
  for (auto const& [value, count] : counts) {
    if (out.size() == kFacetValues) break;
    if (value.empty()) continue;
    out.push_back(Fields()
                      .text("facet_label", is_language ? language_name(value, language) : value)
                      .text("facet_count", grouped(count, language))
                      .text("facet_address", (state.*step)(value).address("/search"))
                      .flag("facet_active", std::find(chosen.begin(), chosen.end(), value) != chosen.end()));
  }
  if (!out.empty()) groups.push_back(Fields().text("facet_title", title).list("facet_values", std::move(out)));
}

std::vector<Fields> facet_groups(engine::Facets const& facets, SearchState const& state, Words const& words,
                                 Language language) {
  std::vector<Fields> groups;
  auto const title = [&](std::string_view key) { return words.get(key, language); };
  add_group(groups, title("facet.source"), facets.source, state.sources, state, &SearchState::with_source, language);
  add_group(groups, title("facet.person"), facets.person, state.persons, state, &SearchState::with_person, language);
  add_group(groups, title("facet.place"), facets.place, state.places, state, &SearchState::with_place, language);
  add_group(groups, title("facet.language"), facets.language, state.languages, state, &SearchState::with_language,
            language, true);
  return groups;
}

// Form fields that keep what a form does not show itself.
std::vector<Fields> hidden_fields(SearchState const& state, std::string_view shown) {
  std::vector<Fields> out;
  for (auto const& [name, value] : state.parameters()) {
    if (name != shown && name != "page" && name != "after")
      out.push_back(Fields().text("hidden_name", name).text("hidden_value", value));
  }
  return out;
}

// What the reader has narrowed by, each with the address that takes it away.
std::vector<Fields> chip_fields(SearchState const& state, Language language) {
  std::vector<Fields> out;
  auto const add = [&](std::string_view label, SearchState const& without) {
    out.push_back(Fields().text("chip_label", label).text("chip_address", without.address("/search")));
  };
  for (auto const& source : state.sources) add(source, state.with_source(source));
  for (auto const& code : state.languages) add(language_name(code, language), state.with_language(code));
  for (auto const& person : state.persons) add(person, state.with_person(person));
  for (auto const& place : state.places) add(place, state.with_place(place));
  if (!state.date.empty()) add(date_label(state.date, language), state.with_date(""));
  return out;
}

std::vector<Fields> note_fields(std::vector<engine::QueryNote> const& notes, Language language) {
  std::vector<Fields> out;
  for (auto const& note : notes) {
    out.push_back(Fields().text("note", language == Language::french ? french_spaces(note.text_fr) : note.text));
  }
  return out;
}

}  // namespace

Response Pages::search(Request const& request) const {
  auto const preference = preference_of(request);
  auto const language = preference.language;
  auto const state = SearchState::from(request.parameters);
  Layout layout{request, preference, Section::search, phrase("search.title", language), state.words, "", true};
  if (state.is_empty()) return rendered("search_empty", layout, {});

  auto const answer = store_.search(state.request());
  if (!answer) return failed(request, answer.error());
  if (!state.words.empty()) layout.title = state.words + " – " + layout.title;
  layout.feed = state.address("/search.rss");

  Fields fields;
  std::vector<Fields> hits;
  for (auto const& hit : answer->hits) hits.push_back(hit_fields(hit, words_, language));
  fields.list("hits", std::move(hits)).flag("no_hits", answer->hits.empty());
  fields.text("total", counted(answer->total, words_.get("result.one", language), words_.get("result.many", language),
                               language));
  fields.text("echo", answer->echo).list("notes", note_fields(answer->notes, language));
  fields.flag("has_notes", !answer->notes.empty());
  auto chips = chip_fields(state, language);
  fields.flag("has_chips", !chips.empty()).list("chips", std::move(chips));

  fields.list("hidden", hidden_fields(state, "q")).list("period_hidden", hidden_fields(state, "date"));

  bool const by_date = state.sort == engine::Sort::date;
  fields.flag("has_words", !state.words.empty()).flag("by_date", by_date);
  fields.text("relevance_address", state.with_sort(engine::Sort::relevance).address("/search"));
  fields.text("date_address", state.with_sort(engine::Sort::date).address("/search"));
  fields.text("feed_address", layout.feed);

  if (auto const& facets = answer->facets) {
    auto groups = facet_groups(*facets, state, words_, language);
    fields.flag("has_narrow", !groups.empty()).list("facet_groups", std::move(groups));
    fields.append(histogram_fields(*facets, state, language));
  }

  auto const pages = (answer->total + kHitsPerPage - 1) / kHitsPerPage;
  fields.flag("has_pages", pages > 1 || state.page > 1);
  fields.text("page_number", std::to_string(state.page))
      .text("page_count", grouped(std::max<uint64_t>(pages, state.page), language));
  fields.text("previous_address", state.page > 1 ? state.on_page(state.page - 1).address("/search") : "");
  bool const fits = answer->next.size() <= kMaxCursor;  // a query of hundreds of words is turned by counting
  auto const next = state.on_page(state.page + 1, fits ? answer->next : "");
  bool const more = !answer->next.empty() && (fits || state.page < kDeepestHit / kHitsPerPage);
  fields.text("next_address", more ? next.address("/search") : "");
  return rendered("search", layout, std::move(fields));
}

}  // namespace vigie::serve
