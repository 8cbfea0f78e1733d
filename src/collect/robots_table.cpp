#include "collect/robots_table.hpp"

namespace vigie::collect {

using archive::Database;
using archive::Statement;

Result<std::optional<RobotsRecord>> find_robots(Database& database, std::string const& host, int64_t now_s) {
  VIGIE_TRY(auto row,
            Statement::prepare(database, "SELECT says, text, until FROM robots WHERE host = ? AND until > ?"));
  row.bind(1, host).bind(2, now_s);
  VIGIE_TRY(bool const found, row.step());
  int64_t const says = found ? row.integer(0) : -1;
  if (says < 0 || says > static_cast<int64_t>(RobotsRecord::Says::forbid)) return std::nullopt;
  return RobotsRecord{static_cast<RobotsRecord::Says>(says), std::string(row.text(1)), row.integer(2)};
}

Status write_robots(Database& database, std::string const& host, RobotsRecord const& record) {
  VIGIE_TRY(auto s,
            Statement::prepare(database, "INSERT OR REPLACE INTO robots(host, says, text, until) VALUES(?,?,?,?)"));
  s.bind(1, host).bind(2, static_cast<int64_t>(record.says)).bind(3, record.text).bind(4, record.until_s);
  return s.run();
}

Status forget_robots(Database& database, int64_t now_s) {
  VIGIE_TRY(auto s, Statement::prepare(database, "DELETE FROM robots WHERE until <= ?"));
  s.bind(1, now_s);
  return s.run();
}

}  // namespace vigie::collect
