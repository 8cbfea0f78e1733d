#include "archive/schema.hpp"

#include <array>

#include "base/time.hpp"

namespace vigie::archive {
namespace {

constexpr int64_t kApplicationId = 0x56494749;  // "VIGI", in the database's header

// Text stands in `content` alone. Its rows are only ever appended, or overwritten in place with blanks of the same
// length: no cell of that table ever moves, so that what is removed leaves no copy in the unused part of some page.
// All other tables hold numbers.
constexpr char const* kVersion1 = R"sql(
CREATE TABLE content(
  key INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL, url TEXT NOT NULL, source TEXT NOT NULL, language TEXT NOT NULL,
  kicker TEXT NOT NULL, title TEXT NOT NULL, lede TEXT NOT NULL,
  shape BLOB NOT NULL, body TEXT NOT NULL,
  authors TEXT NOT NULL, section TEXT NOT NULL, tags TEXT NOT NULL, image TEXT NOT NULL, diagnostics TEXT NOT NULL
) STRICT;
CREATE TABLE edition(
  row INTEGER PRIMARY KEY AUTOINCREMENT,
  content INTEGER NOT NULL,
  identity INTEGER NOT NULL,
  number INTEGER NOT NULL,
  digest INTEGER NOT NULL,
  source INTEGER NOT NULL,
  flags INTEGER NOT NULL,
  published INTEGER, published_form INTEGER,
  modified INTEGER, modified_form INTEGER,
  seen INTEGER NOT NULL, seen_form INTEGER NOT NULL,
  superseded_by INTEGER
) STRICT;
CREATE INDEX edition_identity ON edition(identity);
CREATE INDEX edition_superseded ON edition(superseded_by) WHERE superseded_by IS NOT NULL;
CREATE TABLE capture(
  row INTEGER PRIMARY KEY,
  file INTEGER NOT NULL, start INTEGER NOT NULL, length INTEGER NOT NULL, digest INTEGER NOT NULL
) STRICT;
CREATE TABLE capture_file(number INTEGER PRIMARY KEY, bytes INTEGER NOT NULL) STRICT;
CREATE TABLE doomed_file(number INTEGER PRIMARY KEY) STRICT;
CREATE TABLE removed(row INTEGER PRIMARY KEY) STRICT;
CREATE TABLE total(
  articles INTEGER NOT NULL, editions INTEGER NOT NULL, sources INTEGER NOT NULL,
  first_published INTEGER, first_published_form INTEGER, last_published INTEGER, last_published_form INTEGER,
  last_seen INTEGER, last_seen_form INTEGER
) STRICT;
CREATE TABLE source(name_hash INTEGER PRIMARY KEY) STRICT;
INSERT INTO total(articles, editions, sources) VALUES(0, 0, 0);
)sql";

// What speech/ and kinship/ found. `speech` holds text and is written as `content` is: appended, or blanked in place. A
// trace holds hashes of words, no words. Rows of version 1 get theirs when the engine recomputes (`analysers` says 0).
constexpr char const* kVersion2 = R"sql(
CREATE TABLE speech(key INTEGER PRIMARY KEY AUTOINCREMENT, found BLOB NOT NULL) STRICT;
ALTER TABLE edition ADD COLUMN speech INTEGER;
CREATE TABLE kin(
  row INTEGER PRIMARY KEY, time INTEGER NOT NULL, story INTEGER NOT NULL, copy_of INTEGER, trace BLOB NOT NULL
) STRICT;
CREATE INDEX kin_time ON kin(time);
CREATE INDEX kin_story ON kin(story);
CREATE INDEX kin_copy ON kin(copy_of) WHERE copy_of IS NOT NULL;
CREATE TABLE regrouped(change INTEGER PRIMARY KEY AUTOINCREMENT, row INTEGER NOT NULL) STRICT;
CREATE TABLE kin_before(row INTEGER PRIMARY KEY, story INTEGER NOT NULL) STRICT;
CREATE TABLE story_alias(old INTEGER PRIMARY KEY, new INTEGER NOT NULL) STRICT;
CREATE TABLE analysers(speech INTEGER NOT NULL, kinship INTEGER NOT NULL) STRICT;
INSERT INTO analysers VALUES(0, 0);
)sql";

// The first of the copies among which an article stands (NULL for what copies nothing), so that nobody walks up a chain
// to find it.
constexpr char const* kVersion3 = R"sql(
ALTER TABLE kin ADD COLUMN root INTEGER;
WITH RECURSIVE down(row, root) AS (
  SELECT o.row, o.row FROM kin o WHERE o.copy_of IS NULL AND EXISTS(SELECT 1 FROM kin c WHERE c.copy_of=o.row)
  UNION ALL SELECT k.row, down.root FROM down JOIN kin k ON k.copy_of=down.row)
UPDATE kin SET root=down.root FROM down WHERE kin.row=down.row AND kin.copy_of IS NOT NULL;
)sql";

constexpr std::array<char const*, kSchemaVersion> kMigrations = {kVersion1, kVersion2, kVersion3};

Status migrate(Database& database, int from) {
  for (int version = from; version < kSchemaVersion; ++version) {
    VIGIE_CHECK(database.run("BEGIN IMMEDIATE"));
    std::string const note = "INSERT INTO migration VALUES(" + std::to_string(version + 1) + "," +
                             std::to_string(now_epoch_s()) + "); PRAGMA user_version=" + std::to_string(version + 1);
    auto done = database.run(
        "CREATE TABLE IF NOT EXISTS migration(version INTEGER PRIMARY KEY, applied_s INTEGER NOT NULL) STRICT");
    if (done) done = database.run(kMigrations[static_cast<size_t>(version)]);
    if (done) done = database.run(note.c_str());
    if (done) done = database.run("COMMIT");
    if (!done) {
      [[maybe_unused]] auto const undone = database.run("ROLLBACK");
      return done;
    }
  }
  return {};
}

// Looks before anything is written: also not by switching to WAL.
Result<int> version_of(Database& database, std::string const& path) {
  VIGIE_TRY(auto const application, database.integer("PRAGMA application_id"));
  VIGIE_TRY(auto const version, database.integer("PRAGMA user_version"));
  VIGIE_TRY(auto const tables, database.integer("SELECT count(*) FROM sqlite_schema"));
  if (tables == 0 && version == 0) return 0;
  if (application != kApplicationId) return fail(Errc::unsupported, path + " is a database of another program");
  if (version > kSchemaVersion) {
    return fail(Errc::unsupported, path + " was written by a newer Vigie (schema " + std::to_string(version) +
                                       ", this one knows " + std::to_string(kSchemaVersion) + "); nothing was changed");
  }
  return static_cast<int>(version);
}

}  // namespace

Result<Database> open_catalogue(std::string const& path) {
  VIGIE_TRY(auto database, Database::open(path, Database::Mode::create));
  VIGIE_TRY(int const version, version_of(database, path));
  if (version == 0) {
    VIGIE_CHECK(database.run("PRAGMA page_size=8192"));
    VIGIE_CHECK(database.run(("PRAGMA application_id=" + std::to_string(kApplicationId)).c_str()));
  }
  VIGIE_TRY(auto const mode, database.text("PRAGMA journal_mode=WAL"));
  if (mode != "wal") return fail(Errc::io, path + ": this file system does not allow a write-ahead log");
  // FULL: a commit returns when the log is on the disk. No automatic checkpoint: the engine asks for them aside.
  VIGIE_CHECK(
      database.run("PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA wal_autocheckpoint=0;"
                   "PRAGMA journal_size_limit=67108864; PRAGMA cache_size=-32768; PRAGMA temp_store=MEMORY"));
  VIGIE_CHECK(migrate(database, version));
  return database;
}

}  // namespace vigie::archive
