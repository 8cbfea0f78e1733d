// fts5_serve DATA [FTS5-FILE]: Vigie's own server, pages and catalogue over DATA, with SQLite FTS5 in the place of
// Vigie's index: every search is one FTS5 query (bm25, or by row from the newest), its count, and its snippets. What
// FTS5 does not have is left out: facets, histogram, copies folded, names, the query language (words become an AND, OR
// stays). FTS5-FILE (default DATA/fts5.db) is made once from the catalogue: title, lede and body, unicode61 without
// accents, optimised. Listens on a free port of 127.0.0.1 and prints its address, as `vigie serve` does, so that
// bench/load/run measures both alike. Ends with SIGTERM.
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <mutex>
#include <vector>

#include "archive/sqlite.hpp"
#include "engine/engine.hpp"
#include "serve/server.hpp"

namespace vigie {
namespace {

using archive::Database;
using archive::Statement;

constexpr char kSchema[] =
    "CREATE VIRTUAL TABLE text USING fts5(id UNINDEXED, title, lede, body, tokenize=\"unicode61 remove_diacritics 2\")";
constexpr char kOpen[] = "\x01", kClose[] = "\x02";

// Every word quoted, so that nothing of FTS5's own language is met by accident.
std::string match_of(std::string_view query) {
  std::string out;
  while (!query.empty()) {
    auto const word = query.substr(0, query.find(' '));
    query.remove_prefix(std::min(query.size(), word.size() + 1));
    if (word.empty()) continue;
    std::string quoted;
    for (char const c : word) quoted += c == '"' ? ' ' : c;
    out += word == "OR" ? " OR " : (out.empty() || out.ends_with(' ') ? "" : " ") + ('"' + quoted + '"');
  }
  return out;
}

engine::Snippet snippet_of(std::string_view marked) {
  engine::Snippet out;
  for (char const c : marked) {
    auto const at = static_cast<uint32_t>(out.text.size());
    if (c == kOpen[0]) {
      out.highlights.push_back({at, at});
    } else if (c == kClose[0]) {
      if (!out.highlights.empty()) out.highlights.back().end = at;
    } else {
      out.text += c;
    }
  }
  return out;
}

class Fts5Store final : public engine::Store {
 public:
  Fts5Store(engine::Store& inner, std::string path) : inner_(inner), path_(std::move(path)) {}

  Status fill() {
    VIGIE_TRY(auto database, Database::open(path_, Database::Mode::create));
    VIGIE_CHECK(database.run("PRAGMA synchronous=OFF"));
    VIGIE_CHECK(database.run("PRAGMA journal_mode=OFF"));
    VIGIE_CHECK(database.run("PRAGMA cache_size=-262144"));
    VIGIE_CHECK(database.run("BEGIN"));
    VIGIE_CHECK(database.run(kSchema));
    VIGIE_TRY(auto insert, Statement::prepare(database, "INSERT INTO text VALUES(?,?,?,?)"));
    Status wrong;
    VIGIE_CHECK(inner_.export_articles("", [&](engine::KeptArticle const& article) {
      auto const body = article::body(article);
      insert.bind(1, article.id).bind(2, article.title).bind(3, article.lede).bind(4, body);
      wrong = insert.run();
      return wrong.has_value();
    }));
    VIGIE_CHECK(wrong);
    VIGIE_CHECK(database.run("INSERT INTO text(text) VALUES('optimize')"));
    return database.run("COMMIT");
  }

  Result<engine::SearchAnswer> search(engine::SearchRequest const& request) const override {
    VIGIE_TRY(auto connection, borrow());
    auto const match = match_of(request.query);
    engine::SearchAnswer answer;
    answer.echo = request.query;
    {
      VIGIE_TRY(auto count, Statement::prepare(*connection, "SELECT count(*) FROM text WHERE text MATCH ?"));
      count.bind(1, match);
      VIGIE_TRY(bool const row, count.step());
      if (row) answer.total = static_cast<uint64_t>(count.integer(0));
    }
    bool const by_date = request.sort == engine::Sort::date;
    std::string const order = by_date ? "rowid DESC" : "rank";
    VIGIE_TRY(auto rows,
              Statement::prepare(*connection, ("SELECT id, snippet(text, -1, char(1), char(2), '…', 32) FROM "
                                               "text WHERE text MATCH ? ORDER BY " +
                                               order + " LIMIT ? OFFSET ?")
                                                  .c_str()));
    rows.bind(1, match).bind(2, int64_t{request.limit}).bind(3, int64_t{request.offset});
    while (true) {
      VIGIE_TRY(bool const row, rows.step());
      if (!row) break;
      engine::Hit hit;
      VIGIE_TRY(hit.article, inner_.article(rows.text(0)));
      hit.snippet = snippet_of(rows.text(1));
      answer.hits.push_back(std::move(hit));
    }
    if (request.facets) answer.facets.emplace();
    give_back(std::move(connection));
    return answer;
  }

  Result<engine::IngestTotals> ingest(source::Reader& reader,
                                      std::function<void(engine::ItemOutcome const&)> const& each,
                                      std::function<void(source::Progress)> const& progress,
                                      std::stop_token stop) override {
    return inner_.ingest(reader, each, progress, stop);
  }
  Result<engine::QuoteAnswer> quotes(engine::QuoteRequest const& r) const override { return inner_.quotes(r); }
  Result<engine::Copies> copies(std::string_view id) const override { return inner_.copies(id); }
  Result<std::vector<engine::KeptArticle>> story(std::string_view name, uint32_t limit) const override {
    return inner_.story(name, limit);
  }
  Result<std::vector<engine::KeptArticle>> latest(uint32_t limit, uint32_t offset) const override {
    return inner_.latest(limit, offset);
  }
  Result<engine::KeptArticle> article(std::string_view id) const override { return inner_.article(id); }
  Result<std::vector<engine::StoredEdition>> editions(std::string_view id) const override {
    return inner_.editions(id);
  }
  Result<source::Capture> capture(std::string_view id) const override { return inner_.capture(id); }
  Status export_articles(std::string_view query,
                         std::function<bool(engine::KeptArticle const&)> const& each) const override {
    return inner_.export_articles(query, each);
  }
  Result<std::vector<std::string>> remove(std::string_view what) override { return inner_.remove(what); }
  Result<engine::Stats> stats() const override { return inner_.stats(); }
  Result<std::vector<engine::CheckFinding>> check() const override { return inner_.check(); }
  Status reindex(bool extract, std::function<void(source::Progress)> const& progress) override {
    return inner_.reindex(extract, progress);
  }
  uint64_t wait_newer(uint64_t row, int timeout_ms, std::stop_token stop) const override {
    return inner_.wait_newer(row, timeout_ms, stop);
  }

 private:
  // A connection a thread at a time: as many as threads that answer.
  Result<std::unique_ptr<Database>> borrow() const {
    {
      std::lock_guard const lock(mutex_);
      if (!idle_.empty()) {
        auto one = std::move(idle_.back());
        idle_.pop_back();
        return one;
      }
    }
    VIGIE_TRY(auto database, Database::open(path_, Database::Mode::read_only));
    VIGIE_CHECK(database.run("PRAGMA mmap_size=17179869184"));
    return std::make_unique<Database>(std::move(database));
  }
  void give_back(std::unique_ptr<Database> one) const {
    std::lock_guard const lock(mutex_);
    idle_.push_back(std::move(one));
  }

  engine::Store& inner_;
  std::string path_;
  mutable std::mutex mutex_;
  mutable std::vector<std::unique_ptr<Database>> idle_;
};

int run(int count, char** arguments) {
  if (count < 2) {
    std::fprintf(stderr, "fts5_serve DATA [FTS5-FILE]\n");
    return 2;
  }
  std::string const data = arguments[1], file = count > 2 ? arguments[2] : data + "/fts5.db";
  sigset_t ends;
  sigemptyset(&ends);
  sigaddset(&ends, SIGTERM);
  sigaddset(&ends, SIGINT);
  pthread_sigmask(SIG_BLOCK, &ends, nullptr);
  auto const failed = [](Error const& error) {
    std::fprintf(stderr, "fts5_serve: %s\n", error.message.c_str());
    return 1;
  };
  auto const engine = engine::Engine::open(data);
  if (!engine) return failed(engine.error());
  Fts5Store store(**engine, file);
  if (!std::filesystem::exists(file)) {
    std::fprintf(stderr, "fts5_serve: filling %s from the catalogue, once; this takes minutes\n", file.c_str());
    if (auto const filled = store.fill(); !filled) return failed(filled.error());
  }
  serve::ServeOptions options;
  options.port = 0;
  auto const server = serve::Server::start(store, options);
  if (!server) return failed(server.error());
  std::puts((*server)->url().c_str());
  std::fflush(stdout);
  int signal = 0;
  sigwait(&ends, &signal);
  (*server)->stop();
  return 0;
}

}  // namespace
}  // namespace vigie

int main(int count, char** arguments) { return vigie::run(count, arguments); }
