#include "archive/catalogue_writer.hpp"

#include <array>

#include "archive/columns.hpp"
#include "archive/schema.hpp"
#include "archive/speech_column.hpp"
#include "base/hash.hpp"

namespace vigie::archive {
namespace {

constexpr int64_t kFutureS = 86'400;  // a date further ahead of the capture than this is not plausible

enum Which : size_t {
  kKnown,
  kInsertContent,
  kInsertSpeech,
  kInsertEdition,
  kInsertCapture,
  kSupersede,
  kSelectTexts,
  kSelectContent,
  kBlankContent,
  kPointContent,
  kSelectSpeech,
  kBlankSpeech,
  kPointSpeech,
  kRowsOf,
  kCapture,
  kCapturesIn,
  kPoint,
  kDoom,
  kForgetEdition,
  kForgetCapture,
  kMarkRemoved,
  kInsertSource,
  kSaveTotals,
  kSetFile,
  kForgetFile,
  kCount
};

constexpr std::array<char const*, kCount> kSql = {
    "SELECT e.row,e.number,e.digest,e.seen,e.seen_form,e.superseded_by IS NULL FROM edition e JOIN content c ON "
    "c.key=e.content WHERE e.identity=?1 AND c.id=?2 ORDER BY e.row",
    "INSERT INTO content(id,url,source,language,kicker,title,lede,shape,body,authors,section,tags,image,diagnostics) "
    "VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14)",
    "INSERT INTO speech(found) VALUES(?1)",
    "INSERT INTO edition(content,identity,number,digest,source,flags,published,published_form,modified,modified_form,"
    "seen,seen_form,superseded_by,speech) VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14)",
    "INSERT INTO capture(row,file,start,length,digest) VALUES(?1,?2,?3,?4,?5)",
    "UPDATE edition SET superseded_by=?2 WHERE row=?1",
    "SELECT content,speech FROM edition WHERE row=?1",
    "SELECT id,url,source,language,kicker,title,lede,shape,body,authors,section,tags,image,diagnostics FROM content "
    "WHERE key=?1",
    "UPDATE content SET id=?2,url=?3,source=?4,language=?5,kicker=?6,title=?7,lede=?8,shape=?9,body=?10,authors=?11,"
    "section=?12,tags=?13,image=?14,diagnostics=?15 WHERE key=?1",
    "UPDATE edition SET content=?2,digest=?3,source=?4,flags=?5,published=?6,published_form=?7,modified=?8,"
    "modified_form=?9 WHERE row=?1",
    "SELECT length(found) FROM speech WHERE key=?1",
    "UPDATE speech SET found=?2 WHERE key=?1",
    "UPDATE edition SET speech=?2 WHERE row=?1",
    "SELECT e.row FROM edition e JOIN content c ON c.key=e.content WHERE e.identity=?1 AND c.id=?2 ORDER BY e.row",
    "SELECT file,start,length,digest FROM capture WHERE row=?1",
    "SELECT row,start,length,digest FROM capture WHERE file=?1 ORDER BY start",
    "UPDATE capture SET file=?2,start=?3,length=?4,digest=?5 WHERE row=?1",
    "INSERT OR IGNORE INTO doomed_file(number) VALUES(?1)",
    "DELETE FROM edition WHERE row=?1",
    "DELETE FROM capture WHERE row=?1",
    "INSERT INTO removed(row) VALUES(?1)",
    "INSERT OR IGNORE INTO source(name_hash) VALUES(?1)",
    "UPDATE total SET articles=?1,editions=?2,sources=?3,first_published=?4,first_published_form=?5,last_published=?6,"
    "last_published_form=?7,last_seen=?8,last_seen_form=?9",
    "INSERT INTO capture_file(number,bytes) VALUES(?1,?2) ON CONFLICT(number) DO UPDATE SET bytes=?2",
    "DELETE FROM capture_file WHERE number=?1",
};

int64_t identity(std::string_view text) { return static_cast<int64_t>(hash64(text)); }

CapturePointer pointer_at(Statement const& row, uint64_t file, int from) {
  auto const at = [&](int column) { return static_cast<uint64_t>(row.integer(from + column)); };
  return {file, at(0), at(1), at(2)};
}

void bind_pointer(Statement& statement, int from, CapturePointer at) {
  for (uint64_t const value : {at.file, at.start, at.length, at.digest})
    statement.bind(from++, static_cast<int64_t>(value));
}

void widen(std::optional<Time>& first, std::optional<Time>& last, Time time) {
  if (!first || time.epoch_s() < first->epoch_s()) first = time;
  if (!last || time.epoch_s() > last->epoch_s()) last = time;
}

bool is_plausible(Time published, Time seen) { return published.epoch_s() <= seen.epoch_s() + kFutureS; }

}  // namespace

Result<std::unique_ptr<CatalogueWriter>> CatalogueWriter::open(std::string const& path) {
  VIGIE_TRY(auto database, open_catalogue(path));
  std::unique_ptr<CatalogueWriter> writer(new CatalogueWriter(std::move(database)));
  VIGIE_CHECK(writer->load_totals());
  return writer;
}

Result<Statement*> CatalogueWriter::statement(size_t which) {
  statements_.resize(kCount);
  if (!statements_[which]) {
    VIGIE_TRY(auto prepared, Statement::prepare(database_, kSql[which]));
    statements_[which] = std::make_unique<Statement>(std::move(prepared));
  }
  return statements_[which].get();
}

Status CatalogueWriter::commit() {
  VIGIE_CHECK(save_totals());
  return database_.run("COMMIT");
}

void CatalogueWriter::rollback() {
  // Where the failure has already ended the transaction, this only says so.
  [[maybe_unused]] auto const ended = database_.run("ROLLBACK");
  sources_.clear();
  [[maybe_unused]] auto const loaded = load_totals();
}

Result<std::vector<KnownEdition>> CatalogueWriter::known(std::string_view id) {
  VIGIE_TRY(auto* const query, statement(kKnown));
  query->bind(1, identity(id)).bind(2, id);
  std::vector<KnownEdition> editions;
  while (true) {
    VIGIE_TRY(bool const row, query->step());
    if (!row) return editions;
    editions.push_back({query->integer(0), static_cast<uint32_t>(query->integer(1)), query->integer(2),
                        time_of(query->integer(3), query->integer(4)), query->integer(5) != 0});
  }
}

Result<int64_t> CatalogueWriter::insert_content(article::Article const& article) {
  VIGIE_TRY(auto* const insert, statement(kInsertContent));
  ContentColumns const columns(article);
  columns.bind(*insert, 1);
  VIGIE_CHECK(insert->run());
  return database_.last_row();
}

Result<int64_t> CatalogueWriter::insert_speech(speech::Speech const& speech) {
  VIGIE_TRY(auto* const insert, statement(kInsertSpeech));
  std::string const blob = speech_blob(speech);
  VIGIE_CHECK(insert->bind_blob(1, blob).run());
  return database_.last_row();
}

Result<int64_t> CatalogueWriter::insert(article::Article const& article, speech::Speech const& speech, uint32_t number,
                                        int64_t superseded_by, CapturePointer pointer) {
  VIGIE_TRY(int64_t const content, insert_content(article));
  VIGIE_TRY(int64_t const found, insert_speech(speech));
  VIGIE_TRY(auto* const edition, statement(kInsertEdition));
  edition->bind(1, content).bind(2, identity(article.id)).bind(3, int64_t{number}).bind(4, content_digest(article));
  edition->bind(5, identity(article.source)).bind(6, flags_of(article));
  bind_time(*edition, 7, article.published);
  bind_time(*edition, 9, article.modified);
  bind_time(*edition, 11, article.seen);
  superseded_by == 0 ? edition->bind_null(13) : edition->bind(13, superseded_by);
  VIGIE_CHECK(edition->bind(14, found).run());
  int64_t const row = database_.last_row();
  VIGIE_TRY(auto* const capture, statement(kInsertCapture));
  capture->bind(1, row);
  bind_pointer(*capture, 2, pointer);
  VIGIE_CHECK(capture->run());
  return row;
}

Status CatalogueWriter::supersede(int64_t row, int64_t by) {
  VIGIE_TRY(auto* const update, statement(kSupersede));
  VIGIE_CHECK(update->bind(1, row).bind(2, by).run());
  return replace_kin(row, by);
}

Status CatalogueWriter::revise(int64_t row, article::Article const& article) {
  VIGIE_TRY(auto const old, texts_of(row));
  VIGIE_TRY(int64_t const content, insert_content(article));
  VIGIE_TRY(auto* const point, statement(kPointContent));
  point->bind(1, row).bind(2, content).bind(3, content_digest(article)).bind(4, identity(article.source));
  point->bind(5, flags_of(article));
  bind_time(*point, 6, article.published);
  bind_time(*point, 8, article.modified);
  VIGIE_CHECK(point->run());
  return blank_content(old.content);
}

Status CatalogueWriter::revise_speech(int64_t row, speech::Speech const& speech) {
  VIGIE_TRY(auto const old, texts_of(row));
  VIGIE_TRY(int64_t const found, insert_speech(speech));
  VIGIE_TRY(auto* const point, statement(kPointSpeech));
  VIGIE_CHECK(point->bind(1, row).bind(2, found).run());
  return blank_speech(old.speech);
}

Result<CatalogueWriter::Texts> CatalogueWriter::texts_of(int64_t row) {
  VIGIE_TRY(auto* const query, statement(kSelectTexts));
  query->bind(1, row);
  VIGIE_TRY(bool const found, query->step());
  if (!found) return fail(Errc::not_found, "no edition has the row " + std::to_string(row));
  Texts const texts{query->integer(0), query->integer(1)};
  query->reset();
  return texts;
}

// Blanks of the same length: SQLite writes a record of unchanged size over the old one where it stands.
Status CatalogueWriter::blank_content(int64_t key) {
  VIGIE_TRY(auto* const query, statement(kSelectContent));
  query->bind(1, key);
  VIGIE_TRY(bool const found, query->step());
  if (!found) return {};
  std::array<std::string, kContentColumnCount> blanks;
  for (int column = 0; column < kContentColumnCount; ++column) {
    blanks[static_cast<size_t>(column)].assign(query->text(column).size(), ' ');
  }
  query->reset();
  VIGIE_TRY(auto* const update, statement(kBlankContent));
  update->bind(1, key);
  for (int column = 0; column < kContentColumnCount; ++column) {
    auto const& blank = blanks[static_cast<size_t>(column)];
    column == 7 ? update->bind_blob(column + 2, blank) : update->bind(column + 2, blank);
  }
  return update->run();
}

Status CatalogueWriter::blank_speech(int64_t key) {
  if (key == 0) return {};
  VIGIE_TRY(auto* const query, statement(kSelectSpeech));
  query->bind(1, key);
  VIGIE_TRY(bool const found, query->step());
  if (!found) return {};
  std::string const blank(static_cast<size_t>(query->integer(0)), '\0');
  query->reset();
  VIGIE_TRY(auto* const update, statement(kBlankSpeech));
  return update->bind(1, key).bind_blob(2, blank).run();
}

Status CatalogueWriter::count_article(article::Article const& article, bool fresh) {
  counts_changed_ = true;
  counts_.articles += fresh ? 1 : 0;
  ++counts_.editions;
  if (article.published && is_plausible(*article.published, *article.seen)) {
    widen(counts_.first_published, counts_.last_published, *article.published);
  }
  if (!counts_.last_seen || article.seen->epoch_s() > counts_.last_seen->epoch_s()) counts_.last_seen = article.seen;
  int64_t const name = identity(article.source);
  if (article.source.empty() || !sources_.insert(name).second) return {};
  VIGIE_TRY(auto* const insert, statement(kInsertSource));
  VIGIE_CHECK(insert->bind(1, name).run());
  VIGIE_TRY(counts_.sources, database_.integer("SELECT count(*) FROM source"));
  return {};
}

Status CatalogueWriter::erase(int64_t row) {
  VIGIE_TRY(auto const texts, texts_of(row));
  VIGIE_CHECK(blank_content(texts.content));
  VIGIE_CHECK(blank_speech(texts.speech));
  VIGIE_CHECK(leave_kin(row));
  for (auto const which : {kForgetEdition, kForgetCapture, kMarkRemoved}) {
    VIGIE_TRY(auto* const change, statement(which));
    VIGIE_CHECK(change->bind(1, row).run());
  }
  return {};
}

Result<std::vector<int64_t>> CatalogueWriter::rows_of(std::string_view id) {
  VIGIE_TRY(auto* const query, statement(kRowsOf));
  query->bind(1, identity(id)).bind(2, id);
  std::vector<int64_t> rows;
  while (true) {
    VIGIE_TRY(bool const row, query->step());
    if (!row) return rows;
    rows.push_back(query->integer(0));
  }
}

Result<CapturePointer> CatalogueWriter::capture(int64_t row) {
  VIGIE_TRY(auto* const query, statement(kCapture));
  query->bind(1, row);
  VIGIE_TRY(bool const found, query->step());
  if (!found) return fail(Errc::not_found, "no capture has the row " + std::to_string(row));
  auto const pointer = pointer_at(*query, static_cast<uint64_t>(query->integer(0)), 1);
  query->reset();
  return pointer;
}

Result<std::vector<std::pair<int64_t, CapturePointer>>> CatalogueWriter::captures_in(uint64_t file) {
  VIGIE_TRY(auto* const query, statement(kCapturesIn));
  query->bind(1, static_cast<int64_t>(file));
  std::vector<std::pair<int64_t, CapturePointer>> captures;
  while (true) {
    VIGIE_TRY(bool const row, query->step());
    if (!row) return captures;
    captures.emplace_back(query->integer(0), pointer_at(*query, file, 1));
  }
}

Status CatalogueWriter::point(int64_t row, CapturePointer at) {
  VIGIE_TRY(auto* const update, statement(kPoint));
  update->bind(1, row);
  bind_pointer(*update, 2, at);
  return update->run();
}

Status CatalogueWriter::doom(uint64_t file) {
  VIGIE_TRY(auto* const insert, statement(kDoom));
  return insert->bind(1, static_cast<int64_t>(file)).run();
}

// Counts everything anew, which only a removal needs. Cost: one pass over `edition`, which holds numbers only.
Status CatalogueWriter::recount() {
  VIGIE_CHECK(database_.run("DELETE FROM source; INSERT INTO source SELECT DISTINCT source FROM edition"));
  sources_.clear();
  Counts counts;
  VIGIE_TRY(counts.articles, database_.integer("SELECT count(*) FROM edition WHERE superseded_by IS NULL"));
  VIGIE_TRY(counts.editions, database_.integer("SELECT count(*) FROM edition"));
  VIGIE_TRY(counts.sources, database_.integer("SELECT count(*) FROM source"));
  VIGIE_TRY(auto times, Statement::prepare(database_, "SELECT published,published_form,seen,seen_form FROM edition"));
  while (true) {
    VIGIE_TRY(bool const row, times.step());
    if (!row) break;
    auto const published = time_at(times, 0), seen = time_at(times, 2);
    if (published && is_plausible(*published, *seen)) widen(counts.first_published, counts.last_published, *published);
    if (!counts.last_seen || seen->epoch_s() > counts.last_seen->epoch_s()) counts.last_seen = seen;
  }
  counts_ = counts;
  counts_changed_ = true;
  return {};
}

Status CatalogueWriter::load_totals() {
  VIGIE_TRY(auto query, Statement::prepare(database_,
                                           "SELECT articles,editions,sources,first_published,first_published_form,"
                                           "last_published,last_published_form,last_seen,last_seen_form FROM total"));
  VIGIE_TRY(bool const row, query.step());
  if (!row) return fail(Errc::corrupt, "the catalogue has lost its totals");
  counts_ = {query.integer(0),  query.integer(1),  query.integer(2),
             time_at(query, 3), time_at(query, 5), time_at(query, 7)};
  counts_changed_ = false;
  return {};
}

Status CatalogueWriter::save_totals() {
  if (!counts_changed_) return {};
  VIGIE_TRY(auto* const update, statement(kSaveTotals));
  update->bind(1, counts_.articles).bind(2, counts_.editions).bind(3, counts_.sources);
  bind_time(*update, 4, counts_.first_published);
  bind_time(*update, 6, counts_.last_published);
  bind_time(*update, 8, counts_.last_seen);
  VIGIE_CHECK(update->run());
  counts_changed_ = false;
  return {};
}

Status CatalogueWriter::set_file_sizes(FileSizes const& before, FileSizes const& after) {
  for (auto const& [number, bytes] : after) {
    auto const known = before.find(number);
    if (known != before.end() && known->second == bytes) continue;
    VIGIE_TRY(auto* const set, statement(kSetFile));
    VIGIE_CHECK(set->bind(1, static_cast<int64_t>(number)).bind(2, static_cast<int64_t>(bytes)).run());
  }
  for (auto const& [number, bytes] : before) {
    if (after.contains(number)) continue;
    VIGIE_TRY(auto* const forget, statement(kForgetFile));
    VIGIE_CHECK(forget->bind(1, static_cast<int64_t>(number)).run());
  }
  return {};
}

Result<FileSizes> CatalogueWriter::file_sizes() {
  VIGIE_TRY(auto query, Statement::prepare(database_, "SELECT number,bytes FROM capture_file"));
  FileSizes sizes;
  while (true) {
    VIGIE_TRY(bool const row, query.step());
    if (!row) return sizes;
    sizes[static_cast<uint64_t>(query.integer(0))] = static_cast<uint64_t>(query.integer(1));
  }
}

Result<std::vector<uint64_t>> CatalogueWriter::doomed() {
  VIGIE_TRY(auto query, Statement::prepare(database_, "SELECT number FROM doomed_file"));
  std::vector<uint64_t> numbers;
  while (true) {
    VIGIE_TRY(bool const row, query.step());
    if (!row) return numbers;
    numbers.push_back(static_cast<uint64_t>(query.integer(0)));
  }
}

}  // namespace vigie::archive
