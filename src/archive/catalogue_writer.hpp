// catalogue_writer.hpp: everything that changes vigie.db, one statement per idea, inside a transaction that the caller
// begins and ends. Threads: the writer's only.
#pragma once

#include <memory>
#include <string>
#include <unordered_set>
#include <vector>

#include "archive/archive.hpp"
#include "archive/capture_files.hpp"
#include "archive/sqlite.hpp"

namespace vigie::archive {

// What add() must know of an edition that is already there.
struct KnownEdition {
  int64_t row = 0;
  uint32_t number = 0;
  int64_t digest = 0;
  Time seen;
  bool is_latest = false;
};

class CatalogueWriter {
 public:
  static Result<std::unique_ptr<CatalogueWriter>> open(std::string const& path);

  Status begin() { return database_.run("BEGIN IMMEDIATE"); }
  Status commit();
  void rollback();

  Result<std::vector<KnownEdition>> known(std::string_view id);
  // Returns the new row. `superseded_by`: 0 for an edition that is the latest now.
  Result<int64_t> insert(article::Article const&, uint32_t number, int64_t superseded_by, CapturePointer);
  Status supersede(int64_t row, int64_t by);
  // New text for an edition: appended to `content`, the old overwritten with blanks.
  Status revise(int64_t row, article::Article const&);
  Status count_article(article::Article const&, bool fresh);

  // Removal. erase() blanks the text and forgets the rows of an edition.
  Status erase(int64_t row);
  Result<std::vector<std::pair<int64_t, CapturePointer>>> captures_in(uint64_t file);
  Status point(int64_t row, CapturePointer);
  Status doom(uint64_t file);
  Status recount();
  Status forget_removed() { return database_.run("DELETE FROM removed"); }

  Status set_file_sizes(FileSizes const& before, FileSizes const& after);
  Result<FileSizes> file_sizes();
  Result<std::vector<uint64_t>> doomed();
  Status forget_doomed() { return database_.run("DELETE FROM doomed_file"); }
  Result<std::vector<int64_t>> rows_of(std::string_view id);
  Result<CapturePointer> capture(int64_t row);

  Database& database() { return database_; }

 private:
  explicit CatalogueWriter(Database database) : database_(std::move(database)) {}
  Status load_totals();
  Status save_totals();
  Result<int64_t> insert_content(article::Article const&);
  Status blank_content(int64_t key);
  Result<int64_t> content_of(int64_t row);
  Result<Statement*> statement(size_t which);

  struct Counts {
    int64_t articles = 0, editions = 0, sources = 0;
    std::optional<Time> first_published, last_published, last_seen;
  };
  Database database_;
  std::vector<std::unique_ptr<Statement>> statements_;
  Counts counts_;
  bool counts_changed_ = false;
  std::unordered_set<int64_t> sources_;  // hashes of names known to be in `source`
};

}  // namespace vigie::archive
