// sqlite_driver.cpp: SQLite FTS5 behind the protocol of bench/compare/search/compare; one thread.
//
//   sqlite_driver build CORPUS.tsv FILE    and serve FILE
//
// The index holds no text (content=''), every position (detail=full) and takes ASCII words as they are. Rows grow with
// time, so the newest are the highest: FTS5's strong side. Times and facets are columns of an ordinary table with the
// same rows.
#include <sqlite3.h>
#include <sys/resource.h>

#include <array>
#include <cstdint>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <iostream>
#include <map>
#include <string>
#include <vector>

namespace {

// Processor time of this thread: what else the machine does stays out. Time that passes, for what waits on a disk.
enum class Clock : int { processor = CLOCK_THREAD_CPUTIME_ID, passing = CLOCK_MONOTONIC };

int64_t now(Clock clock = Clock::processor) {
  timespec t{};
  clock_gettime(static_cast<clockid_t>(clock), &t);
  return t.tv_sec * 1'000'000'000LL + t.tv_nsec;
}

std::vector<std::string> split(std::string const& line, char by) {
  std::vector<std::string> parts;
  for (size_t from = 0; from <= line.size();) {
    size_t const end = std::min(line.find(by, from), line.size());
    parts.push_back(line.substr(from, end - from));
    from = end + 1;
  }
  return parts;
}

double processor_s() {
  rusage u{};
  getrusage(RUSAGE_SELF, &u);
  return static_cast<double>(u.ru_utime.tv_sec + u.ru_stime.tv_sec) +
         1e-6 * static_cast<double>(u.ru_utime.tv_usec + u.ru_stime.tv_usec);
}

class Database {
 public:
  explicit Database(std::string const& path) {
    if (sqlite3_open(path.c_str(), &handle_) != SQLITE_OK) fail();
    run("pragma journal_mode=wal");
    run("pragma synchronous=normal");
    run("pragma mmap_size=17179869184");
    run("pragma cache_size=-262144");
  }
  ~Database() {
    for (auto& [text, statement] : kept_) sqlite3_finalize(statement);
    sqlite3_close(handle_);
  }
  void run(char const* sql) {
    if (sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr) != SQLITE_OK) fail();
  }
  sqlite3_stmt* ready(std::string const& sql) {
    auto& statement = kept_[sql];
    if (!statement && sqlite3_prepare_v2(handle_, sql.c_str(), -1, &statement, nullptr) != SQLITE_OK) fail();
    sqlite3_reset(statement);
    return statement;
  }
  void fail() {
    std::cerr << sqlite3_errmsg(handle_) << '\n';
    std::exit(1);
  }

 private:
  sqlite3* handle_ = nullptr;
  std::map<std::string, sqlite3_stmt*> kept_;
};

void bind(sqlite3_stmt* s, int at, std::string const& text) {
  sqlite3_bind_text(s, at, text.data(), static_cast<int>(text.size()), SQLITE_TRANSIENT);
}

void add(Database& database, std::vector<std::string> const& f) {
  auto* words = database.ready("insert into words(rowid, body) values(?, ?)");
  sqlite3_bind_int64(words, 1, std::stoll(f[0]));
  bind(words, 2, f[4]);
  auto* facts = database.ready(
      "insert into facts values(?, ?, ?, ?, (strftime('%Y', ?2, 'unixepoch') - 1970) * 12 + strftime('%m', ?2, "
      "'unixepoch'))");
  sqlite3_bind_int64(facts, 1, std::stoll(f[0]));
  sqlite3_bind_int64(facts, 2, std::stoll(f[1]));
  sqlite3_bind_int64(facts, 3, f[2].size() > 14 ? std::stoll(f[2].substr(6)) : 0);  // source17.example
  sqlite3_bind_int64(facts, 4, f[3].back());
  if (sqlite3_step(words) != SQLITE_DONE || sqlite3_step(facts) != SQLITE_DONE) database.fail();
}

int build(std::string const& corpus, std::string const& path) {
  double const start = processor_s();
  Database database(path);
  database.run("create virtual table words using fts5(body, content='', tokenize='ascii')");
  database.run(
      "create table facts(row integer primary key, time integer, source integer, language integer, month integer)");
  database.run("create index facts_time on facts(time)");
  std::ifstream file(corpus);
  long count = 0;
  database.run("begin");
  for (std::string line; std::getline(file, line);) {
    add(database, split(line, '\t'));
    if (++count % 20'000 == 0) database.run("commit; begin");
  }
  database.run("commit");
  double const indexed = processor_s() - start;
  database.run("insert into words(words) values('optimize')");
  database.run("pragma wal_checkpoint(truncate)");
  std::printf("%ld %.3f\n", count, indexed);
  return 0;
}

std::string written(std::vector<std::string> const& f) {
  if (f[1] == "PHRASE") return "\"" + f[2] + "\"";
  std::string query;
  for (auto const& word : split(f[2], ' ')) {
    if (!query.empty()) query += f[1] == "OR" ? " OR " : " AND ";
    query += "\"" + word + "\"";
  }
  return query;
}

std::string took(int64_t start, Clock clock = Clock::processor) { return std::to_string(now(clock) - start); }

// Times to rows: two look-ups in the index over time.
std::array<int64_t, 2> rows_between(Database& database, std::vector<std::string> const& f) {
  std::array<int64_t, 2> rows{0, INT64_MAX};
  if (f.size() < 5 || f[3].empty()) return rows;
  for (size_t i = 0; i < 2; ++i) {
    auto* s = database.ready("select row from facts where time >= ? order by time limit 1");
    sqlite3_bind_int64(s, 1, std::stoll(f[3 + i]));
    rows[i] = sqlite3_step(s) == SQLITE_ROW ? sqlite3_column_int64(s, 0) : INT64_MAX;
  }
  return rows;
}

std::string hits(sqlite3_stmt* s, int64_t start) {
  std::string text;
  size_t count = 0;
  for (; sqlite3_step(s) == SQLITE_ROW; ++count) text += " " + std::to_string(sqlite3_column_int64(s, 0));
  return took(start) + " " + std::to_string(count) + text;
}

std::string facets(Database& database, sqlite3_stmt* s, int64_t start) {
  std::array<std::map<int64_t, int64_t>, 3> counts;
  size_t total = 0;
  for (; sqlite3_step(s) == SQLITE_ROW; ++total) {
    auto* fact = database.ready("select source, language, month from facts where row = ?");
    sqlite3_bind_int64(fact, 1, sqlite3_column_int64(s, 0));
    sqlite3_step(fact);
    for (int i = 0; i < 3; ++i) ++counts[static_cast<size_t>(i)][sqlite3_column_int64(fact, i)];
  }
  std::string text;
  for (auto const& count : counts) text += " " + std::to_string(count.size()) + ":" + std::to_string(total);
  return took(start) + " " + std::to_string(total) + text;
}

std::string set(sqlite3_stmt* s, int64_t start) {
  uint64_t sum = 0, count = 0;
  for (; sqlite3_step(s) == SQLITE_ROW; ++count) {
    auto const row = static_cast<uint64_t>(sqlite3_column_int64(s, 0));
    sum += row * row;
  }
  return took(start) + " " + std::to_string(count) + " " + std::to_string(sum);
}

std::string append(Database& database, std::vector<std::string> const& f) {
  auto const start = now(Clock::passing);
  database.run("begin");
  add(database, {f.begin() + 1, f.end()});
  database.run("commit");
  auto* s = database.ready("select rowid from words where words match ?");
  bind(s, 1, split(f[5], ' ').front());
  size_t found = 0;
  while (sqlite3_step(s) == SQLITE_ROW) ++found;
  return took(start, Clock::passing) + " " + std::to_string(found);
}

std::string answer(Database& database, std::vector<std::string> const& f) {
  auto const start = now();
  if (f[0] == "append") return append(database, f);
  auto const [from, to] = rows_between(database, f);
  bool const ranged = to != INT64_MAX || from != 0;
  std::string sql = "select rowid from words where words match ?";
  if (ranged) sql += " and rowid >= ? and rowid < ?";
  if (f[0] == "top") sql += " order by rank limit 10";
  if (f[0] == "latest") sql += " order by rowid desc limit 20";
  auto* s = database.ready(sql);
  bind(s, 1, written(f));
  if (ranged) {
    sqlite3_bind_int64(s, 2, from);
    sqlite3_bind_int64(s, 3, to);
  }
  if (f[0] == "set") return set(s, start);
  return f[0] == "facets" ? facets(database, s, start) : hits(s, start);
}

}  // namespace

int main(int count, char** arguments) {
  std::vector<std::string> const given(arguments, arguments + count);
  if (count == 4 && given[1] == "build") return build(given[2], given[3]);
  if (count < 3) return 2;
  Database database(given[2]);
  for (std::string line; std::getline(std::cin, line);) {
    std::printf("%s\n", answer(database, split(line, '\t')).c_str());
    std::fflush(stdout);
  }
}
