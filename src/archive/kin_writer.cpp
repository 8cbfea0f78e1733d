// The part of CatalogueWriter that keeps kinship: one row of `kin` for each article, under its latest edition's number.
// What points to an article points to that row, so nothing here needs the text.
#include <array>

#include "archive/catalogue_writer.hpp"
#include "archive/columns.hpp"
#include "archive/kin_sql.hpp"

namespace vigie::archive {
namespace {

enum Which : size_t {
  kPut,
  kMove,
  kCircle,
  kCopy,
  kAlias,
  kNoAlias,
  kEach,
  kRepoint,
  kInherit,
  kParent,
  kHeir,
  kCopied,
  kDrop,
  kRoot,
  kReroot,
  kTell,
  kTellAll,
  kLoad,
  kCount
};

constexpr std::array<char const*, kCount> kSql = {
    "INSERT OR REPLACE INTO kin(row,time,story,copy_of,trace,root) VALUES(?1,?2,?3,NULL,?4,NULL)",
    "UPDATE kin SET story=?2 WHERE row=?1",
    // Whether ?1 stands above ?2, or is it.
    "WITH RECURSIVE up(row) AS (VALUES(?2) UNION SELECT k.copy_of FROM kin k JOIN up ON k.row=up.row WHERE k.copy_of "
    "IS "
    "NOT NULL) SELECT 1 FROM up WHERE row=?1",
    "UPDATE kin SET copy_of=?2,root=(SELECT coalesce(o.root,o.row) FROM kin o WHERE o.row=?2) WHERE row=?1",
    "INSERT OR REPLACE INTO story_alias(old,new) VALUES(?1,?2)",
    "DELETE FROM story_alias WHERE old=?1",
    "SELECT row,time,story,copy_of,trace FROM kin WHERE time>=?1 AND time<?2 ORDER BY row",
    "UPDATE kin SET copy_of=?2 WHERE copy_of=?1",
    "UPDATE kin SET copy_of=NULL,root=NULL WHERE row=?1",
    "SELECT copy_of FROM kin WHERE row=?1",
    "SELECT row FROM kin WHERE copy_of=?1 ORDER BY time,row LIMIT 1",
    "SELECT row FROM kin WHERE copy_of=?1",
    "DELETE FROM kin WHERE row=?1",
    "SELECT coalesce(root,row) FROM kin WHERE row=?1",
    // What was copied from ?1, however far, has ?2 for its first.
    "WITH RECURSIVE down(row) AS (SELECT row FROM kin WHERE copy_of=?1 UNION SELECT k.row FROM kin k JOIN down ON "
    "k.copy_of=down.row) UPDATE kin SET root=?2 WHERE row IN (SELECT row FROM down)",
    "INSERT INTO regrouped(row) VALUES(?1)",
    // ?1 and what was copied from it, however far.
    "INSERT INTO regrouped(row) WITH RECURSIVE down(row) AS (VALUES(?1) UNION SELECT k.row FROM kin k JOIN down ON "
    "k.copy_of=down.row) SELECT row FROM down",
    "SELECT k.story," VIGIE_ORIGINAL "," VIGIE_COPY_GROUP " FROM kin k WHERE k.row=?1",
};

template <class Number>
int64_t stored(Number number) {
  return static_cast<int64_t>(number);
}

}  // namespace

Result<Statement*> CatalogueWriter::kin_statement(size_t which) {
  kin_statements_.resize(kCount);
  if (!kin_statements_[which]) {
    VIGIE_TRY(auto prepared, Statement::prepare(database_, kSql[which]));
    kin_statements_[which] = std::make_unique<Statement>(std::move(prepared));
  }
  return kin_statements_[which].get();
}

Status CatalogueWriter::run_kin(size_t which, int64_t first, std::optional<int64_t> second) {
  VIGIE_TRY(auto* const change, kin_statement(which));
  change->bind(1, first);
  if (second) change->bind(2, *second);
  return change->run();
}

// The number a look-up gives; 0 where it gives none.
Result<int64_t> CatalogueWriter::ask_kin(size_t which, int64_t first, std::optional<int64_t> second) {
  VIGIE_TRY(auto* const query, kin_statement(which));
  query->bind(1, first);
  if (second) query->bind(2, *second);
  VIGIE_TRY(bool const found, query->step());
  int64_t const number = found ? query->integer(0) : 0;
  query->reset();
  return number;
}

Status CatalogueWriter::keep_kin(int64_t row, int64_t time_s, kinship::Verdict const& verdict) {
  VIGIE_TRY(auto* const put, kin_statement(kPut));
  VIGIE_CHECK(put->bind(1, row).bind(2, time_s).bind(3, stored(verdict.story)).bind_blob(4, verdict.trace).run());
  VIGIE_TRY(int64_t const copied, ask_kin(kCopied, row));  // where it was known before
  if (copied != 0) VIGIE_CHECK(run_kin(kReroot, row, row));
  VIGIE_CHECK(run_kin(kNoAlias, stored(verdict.story)));
  for (auto const& merged : verdict.merged) VIGIE_CHECK(run_kin(kAlias, stored(merged.from), stored(merged.into)));
  for (auto const& moved : verdict.moved) {
    VIGIE_CHECK(run_kin(kMove, stored(moved.key), stored(moved.story)));
    VIGIE_CHECK(run_kin(kNoAlias, stored(moved.story)));
    VIGIE_CHECK(run_kin(kTell, stored(moved.key)));
  }
  for (auto const& copied : verdict.copied) {
    VIGIE_CHECK(set_copy(stored(copied.key), row));
    VIGIE_CHECK(run_kin(kTellAll, stored(copied.key)));
  }
  if (!verdict.copy_of) return {};
  VIGIE_CHECK(set_copy(row, stored(verdict.copy_of->key)));
  if (!verdict.copied.empty()) return run_kin(kTellAll, row);
  VIGIE_TRY(int64_t const root, ask_kin(kRoot, row));
  return run_kin(kTell, root);  // it may have stood alone until now
}

Status CatalogueWriter::load_kin(Edition& edition) {
  VIGIE_TRY(auto* const query, kin_statement(kLoad));
  query->bind(1, stored(edition.row));
  VIGIE_TRY(bool const found, query->step());
  if (found) set_kin(*query, 0, edition);
  query->reset();
  return {};
}

// Editions change places in time, so what pointed back may come to point in a circle: the later wish is not granted.
// Only what stands among the same copies can stand above the original, so that no chain is walked for a new article.
Status CatalogueWriter::set_copy(int64_t row, int64_t original) {
  VIGIE_TRY(int64_t const first, ask_kin(kRoot, original));
  VIGIE_TRY(int64_t const own, ask_kin(kRoot, row));
  if (first == 0 || own == 0) return {};
  if (first != own) {
    VIGIE_CHECK(run_kin(kCopy, row, original));
    return run_kin(kReroot, row, first);
  }
  VIGIE_TRY(int64_t const circle, ask_kin(kCircle, row, original));
  return circle != 0 ? Status() : run_kin(kCopy, row, original);
}

Status CatalogueWriter::replace_kin(int64_t row, int64_t by) {
  VIGIE_CHECK(run_kin(kRepoint, row, by));
  VIGIE_CHECK(run_kin(kReroot, by, by));
  return run_kin(kDrop, row);
}

// What was copied from an article that goes was copied from what that was copied from, else from the earliest of them.
Status CatalogueWriter::leave_kin(int64_t row) {
  VIGIE_TRY(int64_t heir, ask_kin(kParent, row));
  if (heir == 0) {
    VIGIE_TRY(heir, ask_kin(kHeir, row));
    if (heir != 0) VIGIE_CHECK(run_kin(kInherit, heir));
  }
  if (heir == 0) return run_kin(kDrop, row);
  VIGIE_CHECK(run_kin(kRepoint, row, heir));
  VIGIE_CHECK(run_kin(kDrop, row));
  VIGIE_TRY(int64_t const first, ask_kin(kRoot, heir));
  if (first == heir) VIGIE_CHECK(run_kin(kReroot, heir, heir));  // else it is the first of them that it was before
  return run_kin(kTellAll, heir);
}

Status CatalogueWriter::each_kin(int64_t from_s, int64_t to_s, std::function<void(kinship::Kept const&)> const& each) {
  VIGIE_TRY(auto* const query, kin_statement(kEach));
  query->bind(1, from_s).bind(2, to_s);
  while (true) {
    VIGIE_TRY(bool const row, query->step());
    if (!row) return {};
    kinship::Kept kept;
    kept.key = kinship::Key{static_cast<uint64_t>(query->integer(0))};
    kept.time_s = query->integer(1);
    kept.story = kinship::StoryId{static_cast<uint64_t>(query->integer(2))};
    if (!query->is_null(3)) kept.copy_of = kinship::Key{static_cast<uint64_t>(query->integer(3))};
    kept.trace = query->text(4);
    each(kept);
  }
}

// A run that was cut short left part of the new kinship: the names before it are those that count.
Status CatalogueWriter::begin_kin() {
  return database_.run(
      "UPDATE analysers SET kinship=0; INSERT OR IGNORE INTO kin_before SELECT row,story FROM kin; DELETE FROM kin");
}

Status CatalogueWriter::set_analysers(Analysers analysers) {
  VIGIE_CHECK(database_.run(
      "INSERT OR REPLACE INTO story_alias SELECT old,new FROM (SELECT b.story AS old,k.story AS new,count(*) AS shared "
      "FROM kin_before b JOIN kin k ON k.row=b.row GROUP BY 1,2 ORDER BY shared) WHERE NOT EXISTS(SELECT 1 FROM kin "
      "WHERE story=old);"
      "DELETE FROM story_alias WHERE old IN (SELECT story FROM kin_before) AND EXISTS(SELECT 1 FROM kin WHERE "
      "story=old); DELETE FROM kin_before"));
  return database_.run(("UPDATE analysers SET speech=" + std::to_string(analysers.speech) +
                        ",kinship=" + std::to_string(analysers.kinship))
                           .c_str());
}

}  // namespace vigie::archive
