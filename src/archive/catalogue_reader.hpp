// catalogue_reader.hpp: one read-only connection with the statements that reading needs, and the small pool of them
// that lets any thread read at any time. Each call sees one committed state.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "archive/archive.hpp"
#include "archive/capture_files.hpp"
#include "archive/sqlite.hpp"
#include "base/mutex.hpp"

namespace vigie::archive {

class CatalogueReader {
 public:
  static Result<std::unique_ptr<CatalogueReader>> open(std::string const& path);

  Result<Edition> latest(std::string_view id);
  Result<Edition> edition(Row);
  Result<std::string> id_of(Row);
  Result<std::vector<Edition>> editions(std::string_view id);
  // Up to `most` latest editions with row > after.
  Result<std::vector<Edition>> latest_behind(Row after, int64_t most);
  Result<std::vector<Row>> dead_since(Row covered);
  Result<CapturePointer> capture(Row);
  Result<Totals> totals();
  Result<Analysers> analysers();
  Result<std::vector<Regrouped>> regrouped(uint64_t after);
  Result<kinship::StoryId> story_now(kinship::StoryId);
  Result<std::vector<Edition>> story(kinship::StoryId, int64_t most);
  Result<std::vector<Edition>> copies(std::string_view id, int64_t most);
  // Every capture pointer with row > after, at most `most`.
  Result<std::vector<std::pair<Row, CapturePointer>>> captures_behind(Row after, int64_t most);
  Database& database() { return database_; }

 private:
  explicit CatalogueReader(Database database) : database_(std::move(database)) {}
  Result<Statement*> statement(size_t which);
  Result<std::vector<Edition>> collect(Statement&);

  Database database_;
  std::vector<std::unique_ptr<Statement>> statements_;
};

class ReaderPool {
 public:
  explicit ReaderPool(std::string path) : path_(std::move(path)) {}

  // Runs `use` with a connection of its own. Connections are kept for the next call, at most kKept.
  template <class Use>
  auto with(Use const& use) -> decltype(use(std::declval<CatalogueReader&>())) {
    VIGIE_TRY(auto reader, borrow());
    auto result = use(*reader);
    give_back(std::move(reader));
    return result;
  }

 private:
  static constexpr size_t kKept = 8;
  Result<std::unique_ptr<CatalogueReader>> borrow();
  void give_back(std::unique_ptr<CatalogueReader>);

  std::string const path_;
  Mutex mutex_;
  std::vector<std::unique_ptr<CatalogueReader>> idle_ VIGIE_GUARDED_BY(mutex_);
};

}  // namespace vigie::archive
