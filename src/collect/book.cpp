#include "collect/book.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "archive/sqlite.hpp"
#include "base/mutex.hpp"
#include "base/time.hpp"
#include "collect/book_schema.hpp"
#include "collect/reread_table.hpp"
#include "collect/robots_table.hpp"

namespace vigie::collect {
namespace {

using archive::Database;
using archive::Statement;
using std::string_view;

constexpr std::array<string_view, 3> kKinds = {"feed", "sitemap", "page"};

constexpr char kColumns[] =
    "SELECT id, url, kind, title, site, added, address, last_try, last_success, next_try, interval, failures, problem, "
    "etag, last_modified, polls, fresh, editions, pages, from_feed, duplicates, refused, delays, delay_sum, "
    "paused, compared, feed_letters, page_letters, rereads, withdrawn, (SELECT count(*) FROM pending WHERE "
    "pending.source = source.id) "
    "FROM source ";

Source read_source(Statement const& row) {
  int at = 0;
  auto const integer = [&] { return row.integer(at++); };
  auto const count = [&] { return static_cast<uint64_t>(row.integer(at++)); };
  auto const text = [&] { return std::string(row.text(at++)); };
  Source s;
  s.id = integer();
  s.url = text();
  s.kind = static_cast<SourceKind>(integer());
  s.title = text();
  s.site = text();
  s.added_s = integer();
  s.address = text();
  s.last_try_s = integer();
  s.last_success_s = integer();
  s.next_try_s = integer();
  s.interval_s = integer();
  s.failures = static_cast<uint32_t>(integer());
  s.problem = text();
  s.etag = text();
  s.last_modified = text();
  s.polls = count();
  s.fresh = count();
  s.editions = count();
  s.pages = count();
  s.from_feed = count();
  s.duplicates = count();
  s.refused = count();
  s.delays = count();
  s.delay_sum_s = count();
  s.paused = integer() != 0;
  s.compared = count();
  s.feed_letters = count();
  s.page_letters = count();
  s.rereads = count();
  s.withdrawn = count();
  s.waiting = count();
  return s;
}

class SqliteBook final : public SourceBook {
 public:
  explicit SqliteBook(Database database) : database_(std::move(database)) {}

  Result<Source> add(NewSource const& wanted) override {
    MutexLock lock(mutex_);
    VIGIE_CHECK(
        durably("INSERT INTO source(url, kind, title, site, added) VALUES(?,?,?,?,?) ON CONFLICT(url) DO NOTHING",
                [&](Statement& s) {
                  s.bind(1, wanted.url).bind(2, static_cast<int64_t>(wanted.kind)).bind(3, wanted.title);
                  s.bind(4, wanted.site).bind(5, now_epoch_s());
                }));
    VIGIE_TRY(auto found, select("WHERE url = ?", [&](Statement& s) { s.bind(1, wanted.url); }));
    if (found.empty()) return fail(Errc::io, "the source was not kept: " + wanted.url);
    return std::move(found.front());
  }

  Result<std::vector<Source>> list() override {
    MutexLock lock(mutex_);
    return select("ORDER BY id", [](Statement&) {});
  }

  Result<Source> get(int64_t id) override {
    MutexLock lock(mutex_);
    VIGIE_TRY(auto found, select("WHERE id = ?", [&](Statement& s) { s.bind(1, id); }));
    if (found.empty()) return no_source(id);
    return std::move(found.front());
  }

  Status remove(int64_t id) override {
    MutexLock lock(mutex_);
    VIGIE_CHECK(run("DELETE FROM pending WHERE source = ?", [&](Statement& s) { s.bind(1, id); }));
    VIGIE_CHECK(run("DELETE FROM entry WHERE source = ?", [&](Statement& s) { s.bind(1, id); }));
    for (char const* const table : {"hub", "reread"}) {
      std::string const sql = std::string("DELETE FROM ") + table + " WHERE source = ?";
      VIGIE_CHECK(run(sql.c_str(), [&](Statement& s) { s.bind(1, id); }));
    }
    VIGIE_CHECK(durably("DELETE FROM source WHERE id = ?", [&](Statement& s) { s.bind(1, id); }));
    VIGIE_TRY(int64_t const gone, database_.integer("SELECT changes()"));
    if (gone == 0) return no_source(id);
    return {};
  }

  Status make_due(int64_t id, int64_t now_s) override {
    MutexLock lock(mutex_);
    VIGIE_CHECK(
        run("UPDATE source SET next_try = ? WHERE id = ?", [&](Statement& s) { s.bind(1, now_s).bind(2, id); }));
    VIGIE_TRY(int64_t const changed, database_.integer("SELECT changes()"));
    if (changed == 0) return no_source(id);
    return {};
  }

  Status set_paused(int64_t id, bool paused, int64_t now_s) override {
    MutexLock lock(mutex_);
    VIGIE_CHECK(
        durably("UPDATE source SET paused = ?, next_try = CASE ? WHEN 1 THEN next_try ELSE ? END WHERE id = ?",
                [&](Statement& s) { s.bind(1, int64_t{paused}).bind(2, int64_t{paused}).bind(3, now_s).bind(4, id); }));
    VIGIE_TRY(int64_t const changed, database_.integer("SELECT changes()"));
    if (changed == 0) return no_source(id);
    return {};
  }

  Result<std::vector<Source>> due(int64_t now_s, size_t most) override {
    MutexLock lock(mutex_);
    return select("WHERE next_try <= ? AND NOT paused ORDER BY next_try LIMIT ?",
                  [&](Statement& s) { s.bind(1, now_s).bind(2, static_cast<int64_t>(most)); });
  }

  Result<std::vector<Entry>> pending(int64_t now_s, size_t most) override {
    MutexLock lock(mutex_);
    VIGIE_TRY(auto rows,
              Statement::prepare(database_,
                                 "SELECT source, key, digest, url, feed_entry, content_type, published, attempts, "
                                 "next_try FROM pending WHERE next_try <= ? AND source NOT IN (SELECT id FROM source "
                                 "WHERE paused) ORDER BY next_try LIMIT ?"));
    rows.bind(1, now_s).bind(2, static_cast<int64_t>(most));
    std::vector<Entry> entries;
    while (true) {
      VIGIE_TRY(bool const row, rows.step());
      if (!row) return entries;
      entries.push_back({.source = rows.integer(0),
                         .key = rows.integer(1),
                         .digest = rows.integer(2),
                         .url = std::string(rows.text(3)),
                         .feed_entry = std::string(rows.text(4)),
                         .content_type = std::string(rows.text(5)),
                         .published_s = rows.integer(6),
                         .attempts = static_cast<uint32_t>(rows.integer(7)),
                         .next_try_s = rows.integer(8)});
    }
  }

  Result<std::optional<int64_t>> next_due() override {
    MutexLock lock(mutex_);
    VIGIE_TRY(auto row,
              Statement::prepare(database_,
                                 "SELECT min(t) FROM (SELECT min(next_try) AS t FROM source WHERE NOT paused UNION ALL "
                                 "SELECT min(next_try) FROM pending WHERE source NOT IN (SELECT id FROM "
                                 "source WHERE paused) UNION ALL SELECT min(due) FROM reread WHERE source NOT IN "
                                 "(SELECT id FROM source WHERE paused))"));
    VIGIE_TRY(bool const found, row.step());
    if (!found || row.is_null(0)) return std::nullopt;
    return row.integer(0);
  }

  Result<uint32_t> polled(Source source, std::span<Entry const> entries, bool baseline, int64_t now_s,
                          std::function<void(Source&, uint32_t)> const& schedule) override {
    MutexLock lock(mutex_);
    VIGIE_CHECK(database_.run("BEGIN IMMEDIATE"));
    auto pending = write_entries(source.id, entries, baseline, now_s);
    if (pending && schedule) schedule(source, *pending);
    if (auto const written = pending ? write_state(source) : Status(); !written)
      pending = tl::unexpected<Error>(written.error());
    if (!pending) {
      static_cast<void>(database_.run("ROLLBACK"));
      return pending;
    }
    VIGIE_CHECK(database_.run("COMMIT"));
    return pending;
  }

  Status settle(std::span<Settled const> settled, int64_t now_s) override {
    MutexLock lock(mutex_);
    return together([&]() VIGIE_REQUIRES(mutex_) -> Status {
      for (auto const& one : settled) VIGIE_CHECK(write_settled(one, now_s));
      return {};
    });
  }

  Status postpone(Entry const& entry, std::string const& problem) override {
    MutexLock lock(mutex_);
    VIGIE_CHECK(run("UPDATE pending SET attempts = ?, next_try = ?, feed_entry = ? WHERE key = ? AND source = ?",
                    [&](Statement& s) {
                      s.bind(1, int64_t{entry.attempts}).bind(2, entry.next_try_s).bind(3, entry.feed_entry);
                      s.bind(4, entry.key).bind(5, entry.source);
                    }));
    return note(entry.source, problem);
  }

  Result<std::optional<HubSubscription>> subscription(int64_t source) override {
    MutexLock lock(mutex_);
    return hub_row("source = ?", [&](Statement& s) { s.bind(1, source); });
  }

  Result<std::optional<HubSubscription>> subscription_at(std::string const& token) override {
    MutexLock lock(mutex_);
    return hub_row("token = ?", [&](Statement& s) { s.bind(1, token); });
  }

  Status set_subscription(HubSubscription const& one) override {
    MutexLock lock(mutex_);
    return run("INSERT OR REPLACE INTO hub VALUES(?,?,?,?,?,?,?)", [&](Statement& s) {
      s.bind(1, one.source).bind(2, one.hub).bind(3, one.topic).bind(4, one.token).bind(5, one.asked_s);
      s.bind(6, one.confirmed_s).bind(7, one.until_s);
    });
  }

  Result<std::vector<Reread>> rereads(int64_t now_s, size_t most_of_source) override {
    MutexLock lock(mutex_);
    return due_rereads(database_, now_s, most_of_source);
  }

  Status looked(std::span<Looked const> looked) override {
    MutexLock lock(mutex_);
    return together([&]() VIGIE_REQUIRES(mutex_) -> Status {
      for (auto const& one : looked) VIGIE_CHECK(note_looked(database_, one));
      return {};
    });
  }

  std::optional<RobotsRecord> robots(std::string const& host, int64_t now_s) override {
    MutexLock lock(mutex_);
    return find_robots(database_, host, now_s).value_or(std::nullopt);
  }

  void keep_robots(std::string const& host, RobotsRecord const& record) override {
    MutexLock lock(mutex_);
    static_cast<void>(write_robots(database_, host, record));
  }

  Status forget_old(int64_t before_s, int64_t now_s) override {
    MutexLock lock(mutex_);
    VIGIE_CHECK(forget_robots(database_, now_s));
    return run("DELETE FROM entry WHERE seen < ?", [&](Statement& s) { s.bind(1, before_s); });
  }

  Result<uint64_t> archive_position(std::string const& identity) override {
    MutexLock lock(mutex_);
    VIGIE_TRY(auto row, Statement::prepare(database_, "SELECT position FROM archive WHERE identity = ?"));
    row.bind(1, identity);
    VIGIE_TRY(bool const found, row.step());
    return found ? static_cast<uint64_t>(row.integer(0)) : uint64_t{0};
  }

  Status set_archive_position(std::string const& identity, uint64_t position) override {
    MutexLock lock(mutex_);
    if (position == 0) return run("DELETE FROM archive WHERE identity = ?", [&](Statement& s) { s.bind(1, identity); });
    return run("INSERT INTO archive VALUES(?, ?) ON CONFLICT(identity) DO UPDATE SET position = excluded.position",
               [&](Statement& s) { s.bind(1, identity).bind(2, static_cast<int64_t>(position)); });
  }

 private:
  static tl::unexpected<Error> no_source(int64_t id) {
    return fail(Errc::not_found, "there is no source " + std::to_string(id));
  }

  // In one transaction, or not at all.
  template <class Work>
  Status together(Work work) VIGIE_REQUIRES(mutex_) {
    VIGIE_CHECK(database_.run("BEGIN IMMEDIATE"));
    if (auto const done = work(); !done) {
      static_cast<void>(database_.run("ROLLBACK"));
      return done;
    }
    return database_.run("COMMIT");
  }

  template <class Bind>
  Status run(char const* sql, Bind bind) VIGIE_REQUIRES(mutex_) {
    VIGIE_TRY(auto statement, Statement::prepare(database_, sql));
    bind(statement);
    return statement.run();
  }

  template <class Bind>
  Status durably(char const* sql, Bind bind) VIGIE_REQUIRES(mutex_) {
    VIGIE_CHECK(database_.run("PRAGMA synchronous=FULL"));
    auto const done = run(sql, bind);
    VIGIE_CHECK(database_.run("PRAGMA synchronous=NORMAL"));
    return done;
  }

  template <class Bind>
  Result<std::vector<Source>> select(char const* where, Bind bind) VIGIE_REQUIRES(mutex_) {
    VIGIE_TRY(auto rows, Statement::prepare(database_, (std::string(kColumns) + where).c_str()));
    bind(rows);
    std::vector<Source> sources;
    while (true) {
      VIGIE_TRY(bool const row, rows.step());
      if (!row) return sources;
      sources.push_back(read_source(rows));
    }
  }

  template <class Bind>
  Result<std::optional<HubSubscription>> hub_row(char const* where, Bind bind) VIGIE_REQUIRES(mutex_) {
    std::string const sql = std::string("SELECT source, hub, topic, token, asked, confirmed, until FROM hub WHERE ");
    VIGIE_TRY(auto row, Statement::prepare(database_, (sql + where).c_str()));
    bind(row);
    VIGIE_TRY(bool const found, row.step());
    if (!found) return std::nullopt;
    return HubSubscription{.source = row.integer(0),
                           .hub = std::string(row.text(1)),
                           .topic = std::string(row.text(2)),
                           .token = std::string(row.text(3)),
                           .asked_s = row.integer(4),
                           .confirmed_s = row.integer(5),
                           .until_s = row.integer(6)};
  }

  Status note(int64_t source, std::string const& problem) VIGIE_REQUIRES(mutex_) {
    if (problem.empty()) return {};
    return run("UPDATE source SET problem = ? WHERE id = ?", [&](Statement& s) { s.bind(1, problem).bind(2, source); });
  }

  Status write_state(Source const& source) VIGIE_REQUIRES(mutex_) {
    return run(
        "UPDATE source SET title = ?, site = ?, address = ?, last_try = ?, last_success = ?, next_try = ?, "
        "interval = ?, failures = ?, problem = ?, etag = ?, last_modified = ?, polls = polls + 1 WHERE id = ?",
        [&](Statement& s) {
          s.bind(1, source.title).bind(2, source.site).bind(3, source.address).bind(4, source.last_try_s);
          s.bind(5, source.last_success_s).bind(6, source.next_try_s).bind(7, source.interval_s);
          s.bind(8, int64_t{source.failures}).bind(9, source.problem).bind(10, source.etag);
          s.bind(11, source.last_modified).bind(12, source.id);
        });
  }

  Result<uint32_t> write_entries(int64_t source, std::span<Entry const> entries, bool baseline, int64_t now_s)
      VIGIE_REQUIRES(mutex_) {
    VIGIE_TRY(auto there, Statement::prepare(database_, "SELECT 1 FROM source WHERE id = ?"));
    there.bind(1, source);
    VIGIE_TRY(bool const found, there.step());
    if (!found) return uint32_t{0};
    there.reset();
    uint32_t pending = 0, duplicates = 0;
    VIGIE_TRY(auto known, Statement::prepare(database_, "SELECT source, digest FROM entry WHERE key = ?"));
    VIGIE_TRY(auto waits, Statement::prepare(database_,
                                             "INSERT INTO pending(key, source, digest, url, feed_entry, content_type, "
                                             "published, next_try) VALUES(?,?,?,?,?,?,?,?) ON CONFLICT(key, source) DO "
                                             "UPDATE SET digest = excluded.digest, feed_entry = excluded.feed_entry "
                                             "WHERE digest != excluded.digest"));
    for (auto const& entry : entries) {
      bool own = false, other = false, changed = false;
      known.bind(1, entry.key);
      while (true) {
        VIGIE_TRY(bool const row, known.step());
        if (!row) break;
        bool const mine = known.integer(0) == source;
        own |= mine;
        other |= !mine;
        changed |= mine && known.integer(1) != entry.digest;
      }
      if (own && !changed) continue;
      if (!own && (other || baseline)) {
        duplicates += other ? 1 : 0;
        VIGIE_CHECK(remember(entry, now_s));
        continue;
      }
      waits.bind(1, entry.key).bind(2, source).bind(3, entry.digest).bind(4, entry.url).bind(5, entry.feed_entry);
      waits.bind(6, entry.content_type).bind(7, entry.published_s).bind(8, now_s);
      VIGIE_CHECK(waits.run());
      ++pending;
    }
    VIGIE_CHECK(run("UPDATE source SET duplicates = duplicates + ? WHERE id = ?",
                    [&](Statement& s) { s.bind(1, int64_t{duplicates}).bind(2, source); }));
    return pending;
  }

  Status remember(Entry const& entry, int64_t now_s) VIGIE_REQUIRES(mutex_) {
    return run(
        "INSERT INTO entry VALUES(?, ?, ?, ?) ON CONFLICT(key, source) DO UPDATE SET digest = excluded.digest, "
        "seen = excluded.seen",
        [&](Statement& s) { s.bind(1, entry.key).bind(2, entry.source).bind(3, entry.digest).bind(4, now_s); });
  }

  Status write_settled(Settled const& one, int64_t now_s) VIGIE_REQUIRES(mutex_) {
    auto const& entry = one.entry;
    VIGIE_CHECK(run("DELETE FROM pending WHERE key = ? AND source = ? AND digest = ?",
                    [&](Statement& s) { s.bind(1, entry.key).bind(2, entry.source).bind(3, entry.digest); }));
    VIGIE_CHECK(remember(entry, now_s));
    bool const kept = one.end == End::fresh || one.end == End::edition;
    bool const timed = one.end == End::fresh && entry.published_s > 0 && one.captured_s >= entry.published_s;
    VIGIE_CHECK(
        run("UPDATE source SET fresh = fresh + ?, editions = editions + ?, pages = pages + ?, from_feed = "
            "from_feed + ?, refused = refused + ?, delays = delays + ?, delay_sum = delay_sum + ? WHERE id = ?",
            [&](Statement& s) {
              s.bind(1, int64_t{one.end == End::fresh}).bind(2, int64_t{one.end == End::edition});
              s.bind(3, int64_t{kept && one.whole_page}).bind(4, int64_t{kept && !one.whole_page});
              s.bind(5, int64_t{one.end == End::refused}).bind(6, int64_t{timed});
              s.bind(7, timed ? one.captured_s - entry.published_s : 0).bind(8, entry.source);
            }));
    if (kept && one.whole_page && one.feed_letters > 0 && one.page_letters > 0) {
      VIGIE_CHECK(
          run("UPDATE source SET compared = compared + 1, feed_letters = feed_letters + ?, page_letters = "
              "page_letters + ? WHERE id = ?",
              [&](Statement& s) {
                s.bind(1, static_cast<int64_t>(one.feed_letters));
                s.bind(2, static_cast<int64_t>(one.page_letters)).bind(3, entry.source);
              }));
    }
    if (one.again) VIGIE_CHECK(plan_reread(database_, *one.again));
    return note(entry.source, one.problem);
  }

  Mutex mutex_;
  Database database_ VIGIE_GUARDED_BY(mutex_);
};

}  // namespace

string_view name(SourceKind kind) { return kKinds[static_cast<size_t>(kind)]; }

std::optional<SourceKind> parse_source_kind(string_view text) {
  for (size_t i = 0; i < kKinds.size(); ++i) {
    if (kKinds[i] == text) return static_cast<SourceKind>(i);
  }
  return std::nullopt;
}

Result<std::unique_ptr<SourceBook>> SourceBook::open(std::string const& folder) {
  VIGIE_TRY(auto database, Database::open(folder + "/sources.db", Database::Mode::create));
  VIGIE_CHECK(prepare_book(database, folder));
  return std::make_unique<SqliteBook>(std::move(database));
}

}  // namespace vigie::collect
