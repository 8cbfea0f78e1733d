#include "archive/sqlite.hpp"

#include <sqlite3.h>

#include <utility>

namespace vigie::archive {
namespace {

constexpr int kBusyTimeoutMs = 10'000;

Errc code_of(int code) {
  switch (code & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return Errc::busy;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return Errc::corrupt;
    case SQLITE_TOOBIG:
      return Errc::over_limit;
    case SQLITE_MISMATCH:
    case SQLITE_CONSTRAINT:
      return Errc::invalid_input;
    default:
      return Errc::io;
  }
}

int flags_of(Database::Mode mode) {
  int const common = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE;
  if (mode == Database::Mode::read_only) return common | SQLITE_OPEN_READONLY;
  return common | SQLITE_OPEN_READWRITE | (mode == Database::Mode::create ? SQLITE_OPEN_CREATE : 0);
}

}  // namespace

Result<Database> Database::open(std::string const& path, Mode mode) {
  sqlite3* handle = nullptr;
  int const code = sqlite3_open_v2(path.c_str(), &handle, flags_of(mode), nullptr);
  Database database(handle, path);
  if (code != SQLITE_OK) return database.error("cannot open");
  sqlite3_extended_result_codes(handle, 1);
  sqlite3_busy_timeout(handle, kBusyTimeoutMs);
  return database;
}

Database::Database(Database&& other) noexcept
    : handle_(std::exchange(other.handle_, nullptr)), path_(std::move(other.path_)) {}

Database& Database::operator=(Database&& other) noexcept {
  std::swap(handle_, other.handle_);
  std::swap(path_, other.path_);
  return *this;
}

Database::~Database() { sqlite3_close(handle_); }

tl::unexpected<Error> Database::error(std::string_view doing) const {
  int const code = handle_ == nullptr ? SQLITE_NOMEM : sqlite3_errcode(handle_);
  char const* const why = handle_ == nullptr ? "out of memory" : sqlite3_errmsg(handle_);
  return fail(code_of(code), path_ + ": " + std::string(doing) + ": " + why);
}

Status Database::run(char const* sql) {
  if (sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr) != SQLITE_OK) return error(sql);
  return {};
}

Result<int64_t> Database::integer(char const* sql) {
  VIGIE_TRY(auto statement, Statement::prepare(*this, sql));
  VIGIE_TRY(bool const row, statement.step());
  return row ? statement.integer(0) : 0;
}

Result<std::string> Database::text(char const* sql) {
  VIGIE_TRY(auto statement, Statement::prepare(*this, sql));
  VIGIE_TRY(bool const row, statement.step());
  return row ? std::string(statement.text(0)) : std::string();
}

int64_t Database::last_row() const { return sqlite3_last_insert_rowid(handle_); }

Result<bool> Database::checkpoint(Checkpoint how) {
  int frames = 0, moved = 0;
  int const mode = how == Checkpoint::passive ? SQLITE_CHECKPOINT_PASSIVE : SQLITE_CHECKPOINT_TRUNCATE;
  int const code = sqlite3_wal_checkpoint_v2(handle_, nullptr, mode, &frames, &moved);
  if ((code & 0xFF) == SQLITE_BUSY) return false;
  if (code != SQLITE_OK) return error("cannot move the write-ahead log into the database");
  return frames == moved;
}

Result<Statement> Statement::prepare(Database& database, char const* sql) {
  sqlite3_stmt* handle = nullptr;
  if (sqlite3_prepare_v3(database.raw(), sql, -1, SQLITE_PREPARE_PERSISTENT, &handle, nullptr) != SQLITE_OK) {
    return database.error(sql);
  }
  return Statement(handle, &database);
}

Statement::Statement(Statement&& other) noexcept
    : handle_(std::exchange(other.handle_, nullptr)), database_(other.database_) {}

Statement& Statement::operator=(Statement&& other) noexcept {
  std::swap(handle_, other.handle_);
  std::swap(database_, other.database_);
  return *this;
}

Statement::~Statement() { sqlite3_finalize(handle_); }

Statement& Statement::bind(int at, int64_t value) {
  sqlite3_bind_int64(handle_, at, value);
  return *this;
}
// An empty view may have no address, which sqlite would take for NULL.
Statement& Statement::bind(int at, std::string_view text) {
  sqlite3_bind_text64(handle_, at, text.data() == nullptr ? "" : text.data(), text.size(), SQLITE_STATIC, SQLITE_UTF8);
  return *this;
}
Statement& Statement::bind_blob(int at, std::string_view bytes) {
  sqlite3_bind_blob64(handle_, at, bytes.data() == nullptr ? "" : bytes.data(), bytes.size(), SQLITE_STATIC);
  return *this;
}
Statement& Statement::bind_null(int at) {
  sqlite3_bind_null(handle_, at);
  return *this;
}

Result<bool> Statement::step() {
  int const code = sqlite3_step(handle_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) {
    sqlite3_reset(handle_);
    return false;
  }
  auto const error = database_->error("a query failed");
  sqlite3_reset(handle_);
  return error;
}

Status Statement::run() {
  VIGIE_TRY([[maybe_unused]] bool const row, step());
  sqlite3_reset(handle_);
  return {};
}

void Statement::reset() { sqlite3_reset(handle_); }

int64_t Statement::integer(int column) const { return sqlite3_column_int64(handle_, column); }
bool Statement::is_null(int column) const { return sqlite3_column_type(handle_, column) == SQLITE_NULL; }
std::string_view Statement::text(int column) const {
  auto const* const bytes = static_cast<char const*>(sqlite3_column_blob(handle_, column));
  return bytes == nullptr ? std::string_view()
                          : std::string_view(bytes, static_cast<size_t>(sqlite3_column_bytes(handle_, column)));
}

}  // namespace vigie::archive
