// search.hpp: ParsedQuery x Snapshot -> the page of hits asked for, in the way that costs least; every way gives what
// scoring every match would give. docs/query.md, "Ranking" and "How an answer is found".
// Threads: safe; a call uses one thread, and a spare one (base/spare_thread.hpp) beside it where counting takes long.
// Cost: at most O(postings of the query's words).
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "index/snapshot.hpp"
#include "query/ast.hpp"
#include "query/cursor.hpp"
#include "query/ranking.hpp"

namespace vigie::query {

enum class Sort : uint8_t { relevance, date };

struct SearchOptions {
  Sort sort = Sort::relevance;
  uint32_t limit = 10;
  uint32_t offset = 0;
  std::optional<Cursor> after = std::nullopt;  // of the page before, for the same query and sort; `offset` is then 0
  bool strict = false;                         // no partial matches
  bool facets = false;
  bool explain = false;
  bool fold = false;        // copies of one text are one hit, the best of them
  bool total = true;        // count all matches; without it, Answer::total and full are 0
  bool passes_over = true;  // documents that cannot be among the hits are not
                            // scored; false: tests compare both
  // How long matches are counted before a spare thread is asked to help.
  std::chrono::microseconds alone{1000};
  Ranking ranking;
};

struct Hit {
  uint64_t row = 0;
  double score = 0;      // 0 when sorted by date
  bool partial = false;  // holds most words of the query, not all
  int64_t time_s = 0;
  std::string explanation;            // lines of text, where asked for
  std::vector<uint64_t> copies = {};  // rows of its copy group beside it, newest
                                      // first; where folding was asked for
};

inline constexpr size_t kFacetDays = 92;

struct Facets {  // most frequent first; months ("2018-09") and days of publication newest first
  std::vector<index::ValueCount> source, language, month, person, place;
  std::vector<index::ValueCount> day;  // empty where matches fall on more than kFacetDays days
};

struct Answer {
  uint64_t total = 0;  // hits that paging can reach
  uint64_t full = 0;   // of these, how many hold the whole query
  std::vector<Hit> hits;
  std::optional<Cursor> next = std::nullopt;  // where the next page continues; absent behind the last hit
  Facets facets;
  std::vector<Note> notes;  // from the index: a prefix that was cut short, say
};

// By date: time, then row, descending. By relevance: whole matches, then partial ones; score, then time and row,
// descending. Precondition: `parsed` comes from parse().
Answer search(index::Snapshot const&, ParsedQuery const&, SearchOptions const&);

// Rows of every whole match, ascending: for export and removal.
std::vector<uint64_t> matching_rows(index::Snapshot const&, ParsedQuery const&);

}  // namespace vigie::query
