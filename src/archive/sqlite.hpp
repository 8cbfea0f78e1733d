// sqlite.hpp: connections and prepared statements that clean up after themselves. The only file that knows sqlite3.
// Threads: a Database and its Statements belong to one thread at a time. Lifetime: Statements die before their
// Database. Errors: io (also a full disk), corrupt, busy, over_limit.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace vigie::archive {

class Database {
 public:
  enum class Mode : uint8_t { read_only, read_write, create };
  static Result<Database> open(std::string const& path, Mode);
  Database(Database&&) noexcept;
  Database& operator=(Database&&) noexcept;
  ~Database();

  // Runs statements that return nothing.
  Status run(char const* sql);
  // The first column of the first row: for PRAGMAs and counts. 0 and "" where there is no row.
  Result<int64_t> integer(char const* sql);
  Result<std::string> text(char const* sql);
  int64_t last_row() const;

  enum class Checkpoint : uint8_t { passive, truncate };
  // Moves the write-ahead log into the database. False where a reader or writer stood in the way of all of it.
  Result<bool> checkpoint(Checkpoint);

  sqlite3* raw() const { return handle_; }
  tl::unexpected<Error> error(std::string_view doing) const;

 private:
  Database(sqlite3* handle, std::string path) : handle_(handle), path_(std::move(path)) {}
  sqlite3* handle_;
  std::string path_;
};

// A prepared statement, used again and again. bind() keeps views: what is bound must live until the statement is reset.
class Statement {
 public:
  static Result<Statement> prepare(Database&, char const* sql);
  Statement(Statement&&) noexcept;
  Statement& operator=(Statement&&) noexcept;
  ~Statement();

  // Parameters count from 1.
  Statement& bind(int at, int64_t);
  Statement& bind(int at, std::string_view text);
  Statement& bind_blob(int at, std::string_view bytes);
  Statement& bind_null(int at);

  // The next row; false behind the last, and then the statement is reset. After an error too.
  Result<bool> step();
  // For statements without rows: one step, then reset.
  Status run();
  void reset();

  // Columns count from 0. Views live until the next step() or reset().
  int64_t integer(int column) const;
  bool is_null(int column) const;
  std::string_view text(int column) const;  // also of blobs

 private:
  Statement(sqlite3_stmt* handle, Database* database) : handle_(handle), database_(database) {}
  sqlite3_stmt* handle_;
  Database* database_;
};

}  // namespace vigie::archive
