// search_state.hpp: what a search URL says, and back. The URL is the whole state: words, filters, order and page. The
// search page, /search.rss and /api/v1/search read the same parameters. Threads: a plain value.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/store.hpp"
#include "serve/http.hpp"

namespace vigie::serve {

inline constexpr uint32_t kHitsPerPage = 20;
inline constexpr uint32_t kDeepestHit = 10000;  // no page starts behind this one
inline constexpr size_t kMaxFilters = 16;
inline constexpr size_t kMaxCursor = 4096;  // bytes

struct SearchState {
  std::string words;                            // q: in the query language
  std::vector<std::string> sources, languages;  // source, language: any of them
  std::vector<std::string> persons, places;     // person, place: all of them
  std::string date;  // date: a year, a month, a day or an interval of them; `from` and `to` make an interval as well
  engine::Sort sort = engine::Sort::relevance;
  uint32_t page = 1;
  std::string after;  // after: where the page before ended (SearchAnswer::next); then `page` only counts

  static SearchState from(Parameters const&);

  bool is_empty() const { return query().empty(); }
  // The filters and the words as one query. Filters come first, so that an open quote in the words cannot swallow them.
  std::string query() const;
  engine::SearchRequest request() const;
  Parameters parameters() const;  // what from() reads back
  std::string address(std::string_view path) const;

  // The same search with one thing changed; back to its first page.
  SearchState with_source(std::string_view) const;  // added, or taken away where it was there
  SearchState with_language(std::string_view) const;
  SearchState with_person(std::string_view) const;
  SearchState with_place(std::string_view) const;
  SearchState with_date(std::string_view) const;  // set; empty takes it away
  SearchState with_sort(engine::Sort) const;
  SearchState on_page(uint32_t, std::string after = {}) const;
};

// A whole number in [0, maximum]; `standard` where the parameter is absent or no number.
uint32_t number_of(Parameters const&, std::string_view name, uint32_t standard, uint32_t maximum);

}  // namespace vigie::serve
