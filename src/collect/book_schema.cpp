#include "collect/book_schema.hpp"

#include <algorithm>
#include <array>

namespace vigie::collect {
namespace {

constexpr int64_t kVersion = 5;

constexpr char kSchema[] = R"(
CREATE TABLE IF NOT EXISTS source(
  id INTEGER PRIMARY KEY AUTOINCREMENT, url TEXT NOT NULL UNIQUE, kind INTEGER NOT NULL, title TEXT NOT NULL,
  site TEXT NOT NULL, added INTEGER NOT NULL, address TEXT NOT NULL DEFAULT '', last_try INTEGER NOT NULL DEFAULT 0,
  last_success INTEGER NOT NULL DEFAULT 0, next_try INTEGER NOT NULL DEFAULT 0, interval INTEGER NOT NULL DEFAULT 0,
  failures INTEGER NOT NULL DEFAULT 0, problem TEXT NOT NULL DEFAULT '', etag TEXT NOT NULL DEFAULT '',
  last_modified TEXT NOT NULL DEFAULT '', polls INTEGER NOT NULL DEFAULT 0, fresh INTEGER NOT NULL DEFAULT 0,
  editions INTEGER NOT NULL DEFAULT 0, pages INTEGER NOT NULL DEFAULT 0, from_feed INTEGER NOT NULL DEFAULT 0,
  duplicates INTEGER NOT NULL DEFAULT 0, refused INTEGER NOT NULL DEFAULT 0, delays INTEGER NOT NULL DEFAULT 0,
  delay_sum INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE INDEX IF NOT EXISTS source_due ON source(next_try);
CREATE TABLE IF NOT EXISTS entry(
  key INTEGER NOT NULL, source INTEGER NOT NULL, digest INTEGER NOT NULL, seen INTEGER NOT NULL,
  PRIMARY KEY(key, source)) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS pending(
  key INTEGER NOT NULL, source INTEGER NOT NULL, digest INTEGER NOT NULL, url TEXT NOT NULL, feed_entry TEXT NOT NULL,
  content_type TEXT NOT NULL, published INTEGER NOT NULL, attempts INTEGER NOT NULL DEFAULT 0,
  next_try INTEGER NOT NULL, PRIMARY KEY(key, source)) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS pending_due ON pending(next_try);
CREATE INDEX IF NOT EXISTS pending_of ON pending(source);
CREATE INDEX IF NOT EXISTS entry_of ON entry(source);
CREATE TABLE IF NOT EXISTS archive(identity TEXT PRIMARY KEY, position INTEGER NOT NULL) STRICT, WITHOUT ROWID;
)";

// What each later version added; kSchema is the first.
constexpr std::array kMigrations = {
    "ALTER TABLE source ADD COLUMN paused INTEGER NOT NULL DEFAULT 0",
    "CREATE TABLE hub(source INTEGER PRIMARY KEY, hub TEXT NOT NULL, topic TEXT NOT NULL, token TEXT NOT NULL UNIQUE, "
    "asked INTEGER NOT NULL, confirmed INTEGER NOT NULL, until INTEGER NOT NULL) STRICT",
    "ALTER TABLE source ADD COLUMN compared INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE source ADD COLUMN feed_letters INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE source ADD COLUMN page_letters INTEGER NOT NULL DEFAULT 0",
    "CREATE TABLE reread(key INTEGER NOT NULL, source INTEGER NOT NULL, url TEXT NOT NULL, etag TEXT NOT NULL, "
    "last_modified TEXT NOT NULL, since INTEGER NOT NULL, due INTEGER NOT NULL, rereads INTEGER NOT NULL, "
    "PRIMARY KEY(key, source)) STRICT, WITHOUT ROWID;"
    "CREATE INDEX reread_due ON reread(due); CREATE INDEX reread_of ON reread(source, due);"
    "CREATE TABLE robots(host TEXT PRIMARY KEY, says INTEGER NOT NULL, text TEXT NOT NULL, until INTEGER NOT NULL) "
    "STRICT, WITHOUT ROWID;"
    "ALTER TABLE source ADD COLUMN rereads INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE source ADD COLUMN withdrawn INTEGER NOT NULL DEFAULT 0",
};
static_assert(kMigrations.size() + 1 == kVersion);

}  // namespace

Status prepare_book(archive::Database& database, std::string const& folder) {
  VIGIE_CHECK(database.run("PRAGMA journal_mode=WAL"));
  VIGIE_CHECK(database.run("PRAGMA synchronous=NORMAL"));
  VIGIE_TRY(int64_t version, database.integer("PRAGMA user_version"));
  if (version > kVersion) return fail(Errc::unsupported, folder + "/sources.db was written by a newer vigie");
  if (version == kVersion) return {};
  VIGIE_CHECK(database.run("BEGIN IMMEDIATE"));
  VIGIE_TRY(version, database.integer("PRAGMA user_version"));  // another process may have been quicker
  if (version == 0) VIGIE_CHECK(database.run(kSchema));
  for (int64_t at = std::max<int64_t>(version, 1); at < kVersion; ++at) {
    VIGIE_CHECK(database.run(kMigrations[static_cast<size_t>(at - 1)]));
  }
  VIGIE_CHECK(database.run(("PRAGMA user_version=" + std::to_string(kVersion)).c_str()));
  return database.run("COMMIT");
}

}  // namespace vigie::collect
