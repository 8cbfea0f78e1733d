#include "collect/reread_table.hpp"

namespace vigie::collect {

using archive::Database;
using archive::Statement;

Status plan_reread(Database& database, Reread const& one) {
  VIGIE_TRY(auto s,
            Statement::prepare(database,
                               "INSERT INTO reread(key, source, url, etag, last_modified, since, due, rereads) "
                               "SELECT ?1,?2,?3,?4,?5,?6,?7,0 WHERE EXISTS(SELECT 1 FROM source WHERE id = ?2) "
                               "ON CONFLICT(key, source) DO UPDATE SET url = excluded.url, etag = excluded.etag, "
                               "last_modified = excluded.last_modified, due = excluded.due"));
  s.bind(1, one.key).bind(2, one.source).bind(3, one.url).bind(4, one.etag).bind(5, one.last_modified);
  s.bind(6, one.since_s).bind(7, one.due_s);
  return s.run();
}

Result<std::vector<Reread>> due_rereads(Database& database, int64_t now_s, size_t most_of_source) {
  VIGIE_TRY(auto rows, Statement::prepare(
                           database,
                           "SELECT r.source, r.key, r.url, r.etag, r.last_modified, r.since, r.due, r.rereads "
                           "FROM source s CROSS JOIN reread r ON r.source = s.id AND r.key IN (SELECT key FROM reread "
                           "WHERE source = s.id AND due <= ?1 ORDER BY due LIMIT ?2) WHERE NOT s.paused"));
  rows.bind(1, now_s).bind(2, static_cast<int64_t>(most_of_source));
  std::vector<Reread> due;
  while (true) {
    VIGIE_TRY(bool const row, rows.step());
    if (!row) return due;
    due.push_back({.source = rows.integer(0),
                   .key = rows.integer(1),
                   .url = std::string(rows.text(2)),
                   .etag = std::string(rows.text(3)),
                   .last_modified = std::string(rows.text(4)),
                   .since_s = rows.integer(5),
                   .due_s = rows.integer(6),
                   .rereads = static_cast<uint32_t>(rows.integer(7))});
  }
}

Status note_looked(Database& database, Looked const& one) {
  auto const& reread = one.reread;
  VIGIE_TRY(auto row, Statement::prepare(database, one.over ? "DELETE FROM reread WHERE key = ? AND source = ?"
                                                            : "UPDATE reread SET etag = ?3, last_modified = ?4, due = "
                                                              "?5, rereads = ?6 WHERE key = ?1 AND source = ?2"));
  row.bind(1, reread.key).bind(2, reread.source);
  if (!one.over)
    row.bind(3, reread.etag).bind(4, reread.last_modified).bind(5, reread.due_s).bind(6, int64_t{reread.rereads});
  VIGIE_CHECK(row.run());
  bool const kept = one.fresh || one.edition;
  VIGIE_TRY(auto s,
            Statement::prepare(database,
                               "UPDATE source SET rereads = rereads + 1, withdrawn = withdrawn + ?, fresh = fresh "
                               "+ ?, editions = editions + ?, pages = pages + ?, problem = CASE ?5 WHEN '' THEN "
                               "problem ELSE ?5 END WHERE id = ?6"));
  s.bind(1, int64_t{one.withdrawn}).bind(2, int64_t{one.fresh}).bind(3, int64_t{one.edition}).bind(4, int64_t{kept});
  s.bind(5, one.problem).bind(6, reread.source);
  return s.run();
}

}  // namespace vigie::collect
