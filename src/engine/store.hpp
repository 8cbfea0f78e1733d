// store.hpp: the narrow interface through which commands, pages and the API reach what is kept. Free of SQLite, docids
// and segments, so that another implementation can stand behind it. Engine (engine.hpp) implements it over archive/ and
// index/. Threads: every call may be made from any thread; ingest calls from several threads are taken in turn.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "article/article.hpp"
#include "base/result.hpp"
#include "source/capture.hpp"
#include "source/reader.hpp"
#include "speech/speech.hpp"

namespace vigie::engine {

enum class ItemStatus : uint8_t { fresh, unchanged, edition, error };

struct ItemOutcome {  // of one ingested item, told once it is durable
  std::string input;
  uint64_t position = 0;
  std::string id;
  ItemStatus status{};
  std::string error;
};

struct IngestTotals {
  uint64_t fresh = 0, unchanged = 0, edition = 0, error = 0;
};

// What was found about an article: what is said in it and by whom, who is named, what it copies, what it belongs to.
struct Findings {
  speech::Speech speech;
  std::optional<std::string> copy_of;  // id of the article that it copies
  std::string story;                   // names its story for good; empty for what tells of no event (a listing)
};

struct KeptArticle : article::Article {
  Findings found;

  KeptArticle() = default;
  KeptArticle(article::Article article, Findings findings = {})
      : article::Article(std::move(article)), found(std::move(findings)) {}
};

struct Highlight {  // bytes of a string, half open
  uint32_t begin = 0, end = 0;
};

struct Snippet {
  std::string text;
  std::vector<Highlight> highlights;
};

struct Hit {
  KeptArticle article;
  double score = 0;  // 0 when sorted by date
  bool partial = false;
  Snippet snippet, title;
  std::vector<std::string> copies;  // ids folded under this hit
  std::string explanation;          // filled when asked for
};

struct FacetCount {
  std::string value;
  uint64_t count = 0;
};

struct Facets {
  std::vector<FacetCount> source, language, month, person, place;
  std::vector<FacetCount> day;  // "2018-09-07", only where matches fall on few days; else empty
};

enum class Sort : uint8_t { relevance, date };

struct SearchRequest {
  std::string query;
  Sort sort = Sort::relevance;
  uint32_t limit = 10;
  uint32_t offset = 0;
  bool facets = false, fold = true, explain = false, strict = false;
  bool snippets = true;
  std::string after = {};                             // SearchAnswer::next of the page before; `offset` is then 0
  std::optional<int64_t> now_epoch_s = std::nullopt;  // for tests of vu: and P7D/; absent: the clock
};

struct QueryNote {              // something about the query that was ignored or read in a doubtful way
  uint32_t begin = 0, end = 0;  // bytes of the query
  std::string text;             // a sentence in English
  std::string text_fr;          // the same in French
};

struct SearchAnswer {
  std::string echo;  // the query as it was read, in the query language
  std::vector<QueryNote> notes;
  uint64_t total = 0;  // matching articles; hits holds one page of them
  std::vector<Hit> hits;
  // Where the next page of the same request continues: later news is on none of the pages that follow, and scores do
  // not move. Letters and digits, for a URL; empty behind the last hit.
  std::string next;
  std::optional<Facets> facets;
};

enum class SuggestionKind : uint8_t { word, person, organisation, place, headline };

struct Suggestion {
  SuggestionKind kind{};
  std::string text;    // word: what was typed, its last word completed; else the name or the headline
  std::string id;      // headline: the article's
  uint64_t count = 0;  // word: how often it is written; name: articles among those looked at; headline: 0
};

struct SaidQuote {  // a quote with the article it stands in
  std::string id, url, title, source;
  std::optional<Time> published, seen;
  speech::Quote quote;
};

struct QuoteRequest {
  std::string query;
  uint32_t limit = 20;  // quotes
  uint32_t offset = 0;
};

struct QuoteAnswer {
  std::string echo;
  std::vector<QueryNote> notes;
  std::vector<SaidQuote> quotes;
  bool more = false;  // there are quotes behind these
};

struct SharedPassage {    // the same words but for small edits, in bytes of article::text(), half open
  Highlight here, there;  // in the article asked about, in the other one
};

struct Relative {  // an article that shares text with the one asked about
  std::string id, url, title, source;
  std::optional<Time> published, seen;
  float share = 0;  // of the later text's words that stand in the earlier one: "taken from AFP, 83 %"
  std::vector<SharedPassage> passages;
};

struct Copies {
  std::optional<Relative> original;  // what the article copies
  std::vector<Relative> copies;      // what was copied from it, earliest first; not copies of copies
};

struct StoredEdition {
  uint32_t number = 1;
  KeptArticle article;
};

struct Stats {
  uint64_t articles = 0, editions = 0, captures = 0, sources = 0;
  uint64_t database_bytes = 0, capture_bytes = 0, index_bytes = 0;
  uint64_t segments = 0, terms = 0;
  std::optional<Time> first_published, last_published, last_seen;
  std::vector<FacetCount> languages, top_sources;
};

struct CheckFinding {
  std::string where, what;
};

class Store {
 public:
  virtual ~Store() = default;

  // Reads `reader` to its end, or until `stop`. `each` is called in input order from this thread, once the item is
  // durable. Errors: io when nothing more can be kept (disk full); what was told before stays.
  virtual Result<IngestTotals> ingest(source::Reader& reader, std::function<void(ItemOutcome const&)> const& each,
                                      std::function<void(source::Progress)> const& progress, std::stop_token stop) = 0;

  virtual Result<SearchAnswer> search(SearchRequest const&) const = 0;
  // What may be meant while a query is being typed, from the whole index: at most `limit` of each kind, most frequent
  // first, headlines newest first. Nothing for fewer than two letters. Cost: bounded, a millisecond or so.
  virtual Result<std::vector<Suggestion>> suggest(std::string_view /*typed*/, uint32_t /*limit*/) const {
    return std::vector<Suggestion>{};
  }
  // What is said in the articles that match, newest article first, in the order of its text. Where the query asks for
  // words said or for a speaker, only the quotes that have them. Looks at kQuotedArticlesMax articles at most.
  virtual Result<QuoteAnswer> quotes(QuoteRequest const&) const = 0;
  // An article's original and its copies, with the passages they share: kCopiesMax copies at most. not_found.
  virtual Result<Copies> copies(std::string_view id) const = 0;
  // The articles of a story, earliest first, at most `limit`; a name that was merged stands for what it became.
  // not_found.
  virtual Result<std::vector<KeptArticle>> story(std::string_view name, uint32_t limit) const = 0;
  // Newest first, by `published` when plausible, else by `seen`.
  virtual Result<std::vector<KeptArticle>> latest(uint32_t limit, uint32_t offset = 0) const = 0;
  virtual Result<KeptArticle> article(std::string_view id) const = 0;  // not_found
  virtual Result<std::vector<StoredEdition>> editions(std::string_view id) const = 0;
  virtual Result<source::Capture> capture(std::string_view id) const = 0;  // of the latest edition
  // Every article that matches (an empty query: all), in order of arrival, until `each` returns false.
  virtual Status export_articles(std::string_view query, std::function<bool(KeptArticle const&)> const& each) const = 0;
  // An id, or else a query whose every match is removed. Returns the removed ids; not_found where none.
  virtual Result<std::vector<std::string>> remove(std::string_view id_or_query) = 0;
  virtual Result<Stats> stats() const = 0;
  virtual Result<std::vector<CheckFinding>> check() const = 0;
  // Finds quotes, names, copies and stories again and rebuilds the index; with `extract`, the articles from their
  // captures first.
  virtual Status reindex(bool extract, std::function<void(source::Progress)> const& progress) = 0;
  // Blocks until something newer than `row` was kept, `stop`, or the timeout; returns the newest row. For live pages.
  virtual uint64_t wait_newer(uint64_t row, int timeout_ms, std::stop_token stop) const = 0;
};

}  // namespace vigie::engine
