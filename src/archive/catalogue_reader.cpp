#include "archive/catalogue_reader.hpp"

#include <array>
#include <utility>

#include "archive/columns.hpp"
#include "archive/kin_sql.hpp"
#include "archive/speech_column.hpp"
#include "base/hash.hpp"

namespace vigie::archive {
namespace {

enum Which : size_t {
  kLatest,
  kEdition,
  kEditions,
  kLatestBehind,
  kDeadSince,
  kCapture,
  kTotals,
  kCapturesBehind,
  kAnalysers,
  kStoryNow,
  kStory,
  kCopies,
  kRegrouped,
  kIdOf,
  kCount
};

#define VIGIE_EDITION                                                                                                \
  "SELECT e.row,e.number,c.id,c.url,c.source,c.language,c.kicker,c.title,c.lede,c.shape,c.body,c.authors,c.section," \
  "c.tags,c.image,c.diagnostics,e.flags,e.published,e.published_form,e.modified,e.modified_form,e.seen,e.seen_form," \
  "s.found,k.story," VIGIE_ORIGINAL "," VIGIE_COPY_GROUP                                                             \
  " "                                                                                                                \
  "FROM edition e JOIN content c ON c.key=e.content LEFT JOIN speech s ON s.key=e.speech "                           \
  "LEFT JOIN kin k ON k.row=e.row "

// An identity is 64 bits of the id's hash; the id itself settles the rest.
constexpr std::array<char const*, kCount> kSql = {
    VIGIE_EDITION "WHERE e.identity=?1 AND c.id=?2 AND e.superseded_by IS NULL",
    VIGIE_EDITION "WHERE e.row=?1",
    VIGIE_EDITION "WHERE e.identity=?1 AND c.id=?2 ORDER BY e.row",
    VIGIE_EDITION "WHERE e.row>?1 AND e.superseded_by IS NULL ORDER BY e.row LIMIT ?2",
    "SELECT row FROM edition INDEXED BY edition_superseded WHERE superseded_by>?1 AND row<=?1 UNION SELECT row FROM "
    "removed ORDER BY 1",
    "SELECT file,start,length,digest FROM capture WHERE row=?1",
    "SELECT t.articles,t.editions,t.sources,t.first_published,t.first_published_form,t.last_published,"
    "t.last_published_form,t.last_seen,t.last_seen_form,(SELECT seq FROM sqlite_sequence WHERE name='edition'),"
    "(SELECT sum(bytes) FROM capture_file) FROM total t",
    "SELECT row,file,start,length,digest FROM capture WHERE row>?1 ORDER BY row LIMIT ?2",
    "SELECT speech,kinship FROM analysers",
    "SELECT " VIGIE_STORY_NOW,
    VIGIE_EDITION "WHERE k.story=" VIGIE_STORY_NOW " ORDER BY k.time,k.row LIMIT ?2",
    VIGIE_EDITION
    "WHERE k.copy_of=(SELECT l.row FROM edition l JOIN content m ON m.key=l.content WHERE l.identity=?1 AND m.id=?2 "
    "AND "
    "l.superseded_by IS NULL) ORDER BY k.time,k.row LIMIT ?3",
    "SELECT g.change,k.row,k.story," VIGIE_COPY_GROUP
    " FROM regrouped g JOIN kin k ON k.row=g.row WHERE g.change>?1 ORDER "
    "BY g.change",
    "SELECT c.id FROM edition e JOIN content c ON c.key=e.content WHERE e.row=?1",
};

constexpr int kSpeechColumn = 2 + kContentColumnCount + 7;  // then story and copy_of

int64_t number(Row row) { return static_cast<int64_t>(row); }

Edition edition_at(Statement const& row) {
  Edition edition;
  edition.row = Row{static_cast<uint64_t>(row.integer(0))};
  edition.number = static_cast<uint32_t>(row.integer(1));
  edition.article = article_at(row, 2);
  edition.speech = speech_of(row.text(kSpeechColumn), edition.article);
  set_kin(row, kSpeechColumn + 1, edition);
  return edition;
}

CapturePointer pointer_at(Statement const& row, int from) {
  auto const at = [&](int column) { return static_cast<uint64_t>(row.integer(from + column)); };
  return {at(0), at(1), at(2), at(3)};
}

}  // namespace

Result<std::unique_ptr<CatalogueReader>> CatalogueReader::open(std::string const& path) {
  VIGIE_TRY(auto database, Database::open(path, Database::Mode::read_only));
  VIGIE_CHECK(database.run("PRAGMA query_only=ON; PRAGMA cache_size=-4096; PRAGMA temp_store=MEMORY"));
  return std::unique_ptr<CatalogueReader>(new CatalogueReader(std::move(database)));
}

Result<Statement*> CatalogueReader::statement(size_t which) {
  statements_.resize(kCount);
  if (!statements_[which]) {
    VIGIE_TRY(auto prepared, Statement::prepare(database_, kSql[which]));
    statements_[which] = std::make_unique<Statement>(std::move(prepared));
  }
  return statements_[which].get();
}

Result<std::vector<Edition>> CatalogueReader::collect(Statement& query) {
  std::vector<Edition> editions;
  while (true) {
    VIGIE_TRY(bool const row, query.step());
    if (!row) return editions;
    editions.push_back(edition_at(query));
  }
}

Result<Edition> CatalogueReader::latest(std::string_view id) {
  VIGIE_TRY(auto* const query, statement(kLatest));
  query->bind(1, static_cast<int64_t>(hash64(id))).bind(2, id);
  VIGIE_TRY(auto found, collect(*query));
  if (found.empty()) return fail(Errc::not_found, "no article has the id " + std::string(id.substr(0, 200)));
  return std::move(found.front());
}

Result<Edition> CatalogueReader::edition(Row row) {
  VIGIE_TRY(auto* const query, statement(kEdition));
  query->bind(1, number(row));
  VIGIE_TRY(auto found, collect(*query));
  if (found.empty()) return fail(Errc::not_found, "no edition has the row " + std::to_string(number(row)));
  return std::move(found.front());
}

Result<std::string> CatalogueReader::id_of(Row row) {
  VIGIE_TRY(auto* const query, statement(kIdOf));
  query->bind(1, number(row));
  VIGIE_TRY(bool const found, query->step());
  if (!found) return fail(Errc::not_found, "no edition has the row " + std::to_string(number(row)));
  std::string id(query->text(0));
  query->reset();
  return id;
}

Result<std::vector<Edition>> CatalogueReader::editions(std::string_view id) {
  VIGIE_TRY(auto* const query, statement(kEditions));
  query->bind(1, static_cast<int64_t>(hash64(id))).bind(2, id);
  return collect(*query);
}

Result<std::vector<Edition>> CatalogueReader::latest_behind(Row after, int64_t most) {
  VIGIE_TRY(auto* const query, statement(kLatestBehind));
  query->bind(1, number(after)).bind(2, most);
  return collect(*query);
}

Result<std::vector<Row>> CatalogueReader::dead_since(Row covered) {
  VIGIE_TRY(auto* const query, statement(kDeadSince));
  query->bind(1, number(covered));
  std::vector<Row> rows;
  while (true) {
    VIGIE_TRY(bool const row, query->step());
    if (!row) return rows;
    rows.push_back(Row{static_cast<uint64_t>(query->integer(0))});
  }
}

Result<CapturePointer> CatalogueReader::capture(Row row) {
  VIGIE_TRY(auto* const query, statement(kCapture));
  query->bind(1, number(row));
  VIGIE_TRY(bool const found, query->step());
  if (!found) return fail(Errc::not_found, "no capture has the row " + std::to_string(number(row)));
  auto const pointer = pointer_at(*query, 0);
  query->reset();
  return pointer;
}

Result<std::vector<std::pair<Row, CapturePointer>>> CatalogueReader::captures_behind(Row after, int64_t most) {
  VIGIE_TRY(auto* const query, statement(kCapturesBehind));
  query->bind(1, number(after)).bind(2, most);
  std::vector<std::pair<Row, CapturePointer>> captures;
  while (true) {
    VIGIE_TRY(bool const row, query->step());
    if (!row) return captures;
    captures.emplace_back(Row{static_cast<uint64_t>(query->integer(0))}, pointer_at(*query, 1));
  }
}

Result<Totals> CatalogueReader::totals() {
  VIGIE_TRY(auto* const query, statement(kTotals));
  VIGIE_TRY(bool const row, query->step());
  if (!row) return fail(Errc::corrupt, "the catalogue has lost its totals");
  Totals totals;
  totals.articles = static_cast<uint64_t>(query->integer(0));
  totals.editions = totals.captures = static_cast<uint64_t>(query->integer(1));
  totals.sources = static_cast<uint64_t>(query->integer(2));
  totals.first_published = time_at(*query, 3);
  totals.last_published = time_at(*query, 5);
  totals.last_seen = time_at(*query, 7);
  totals.last_row = Row{static_cast<uint64_t>(query->integer(9))};
  totals.capture_bytes = static_cast<uint64_t>(query->integer(10));
  query->reset();
  return totals;
}

Result<Analysers> CatalogueReader::analysers() {
  VIGIE_TRY(auto* const query, statement(kAnalysers));
  VIGIE_TRY(bool const row, query->step());
  if (!row) return Analysers{};
  Analysers const found{static_cast<uint32_t>(query->integer(0)), static_cast<uint32_t>(query->integer(1))};
  query->reset();
  return found;
}

Result<kinship::StoryId> CatalogueReader::story_now(kinship::StoryId story) {
  VIGIE_TRY(auto* const query, statement(kStoryNow));
  query->bind(1, static_cast<int64_t>(story));
  VIGIE_TRY([[maybe_unused]] bool const row, query->step());
  kinship::StoryId const now{static_cast<uint64_t>(query->integer(0))};
  query->reset();
  return now;
}

Result<std::vector<Regrouped>> CatalogueReader::regrouped(uint64_t after) {
  VIGIE_TRY(auto* const query, statement(kRegrouped));
  query->bind(1, static_cast<int64_t>(after));
  std::vector<Regrouped> rows;
  while (true) {
    VIGIE_TRY(bool const row, query->step());
    if (!row) return rows;
    auto const at = [&](int column) { return static_cast<uint64_t>(query->integer(column)); };
    rows.push_back({at(0), Row{at(1)}, at(3), at(2)});
  }
}

Result<std::vector<Edition>> CatalogueReader::story(kinship::StoryId story, int64_t most) {
  VIGIE_TRY(auto* const query, statement(kStory));
  query->bind(1, static_cast<int64_t>(story)).bind(2, most);
  return collect(*query);
}

Result<std::vector<Edition>> CatalogueReader::copies(std::string_view id, int64_t most) {
  VIGIE_TRY(auto* const query, statement(kCopies));
  query->bind(1, static_cast<int64_t>(hash64(id))).bind(2, id).bind(3, most);
  return collect(*query);
}

Result<std::unique_ptr<CatalogueReader>> ReaderPool::borrow() {
  {
    MutexLock const lock(mutex_);
    if (!idle_.empty()) {
      auto reader = std::move(idle_.back());
      idle_.pop_back();
      return reader;
    }
  }
  return CatalogueReader::open(path_);
}

void ReaderPool::give_back(std::unique_ptr<CatalogueReader> reader) {
  MutexLock const lock(mutex_);
  if (idle_.size() < kKept) idle_.push_back(std::move(reader));
}

}  // namespace vigie::archive
