// catalogue_writer.hpp: everything that changes vigie.db, one statement per idea, inside a transaction that the caller
// begins and ends. Threads: the writer's only.
#pragma once

#include <functional>
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

  // Kinship, in kin_writer.cpp.
  Status keep_kin(int64_t row, int64_t time_s, kinship::Verdict const&);
  Status each_kin(int64_t from_s, int64_t to_s, std::function<void(kinship::Kept const&)> const&);
  // Hands its copies on. See Archive::keep_kin.
  Status leave_kin(int64_t row);
  Status load_kin(Edition&);
  Status forget_regrouped() { return database_.run("DELETE FROM regrouped"); }
  Status begin_kin();
  Status set_analysers(Analysers);

  Result<std::vector<KnownEdition>> known(std::string_view id);
  // Returns the new row. `superseded_by`: 0 for an edition that is the latest now.
  Result<int64_t> insert(article::Article const&, speech::Speech const&, uint32_t number, int64_t superseded_by,
                         CapturePointer);
  // Its kinship goes, and what was copied from it is copied from `by`.
  Status supersede(int64_t row, int64_t by);
  // New text for an edition: appended to `content`, the old overwritten with blanks. revise_speech: likewise.
  Status revise(int64_t row, article::Article const&);
  Status revise_speech(int64_t row, speech::Speech const&);
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
  struct Texts {                      // where an edition's text stands
    int64_t content = 0, speech = 0;  // 0: nothing was ever found
  };
  Status load_totals();
  Status save_totals();
  Result<int64_t> insert_content(article::Article const&);
  Result<int64_t> insert_speech(speech::Speech const&);
  Status blank_content(int64_t key);
  Status blank_speech(int64_t key);
  Result<Texts> texts_of(int64_t row);
  Result<Statement*> statement(size_t which);
  Result<Statement*> kin_statement(size_t which);
  Status run_kin(size_t which, int64_t first, std::optional<int64_t> second = {});
  Result<int64_t> ask_kin(size_t which, int64_t first, std::optional<int64_t> second = {});
  Status set_copy(int64_t row, int64_t original);
  Status replace_kin(int64_t row, int64_t by);

  struct Counts {
    int64_t articles = 0, editions = 0, sources = 0;
    std::optional<Time> first_published, last_published, last_seen;
  };
  Database database_;
  std::vector<std::unique_ptr<Statement>> statements_, kin_statements_;
  Counts counts_;
  bool counts_changed_ = false;
  std::unordered_set<int64_t> sources_;  // hashes of names known to be in `source`
};

}  // namespace vigie::archive
