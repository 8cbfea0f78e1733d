// The archive: a CatalogueWriter, the CaptureFiles it points into, and a pool of readers. The order of a commit is what
// durability rests on (docs/storage.md): capture bytes written and synced, then the catalogue's transaction, then the
// acknowledgement. A removal adds: old capture files are unlinked only after the transaction that points elsewhere.
#include <algorithm>
#include <chrono>
#include <filesystem>
#include <set>
#include <thread>

#include "archive/archive.hpp"
#include "archive/capture_files.hpp"
#include "archive/catalogue_reader.hpp"
#include "archive/catalogue_writer.hpp"
#include "archive/check.hpp"
#include "archive/columns.hpp"
#include "base/mutex.hpp"
#include "source/warc_writer.hpp"

namespace vigie::archive {
namespace {

constexpr int64_t kReadGroup = 256;  // editions held in memory by a walk
constexpr int kTruncateTries = 100;  // of the log after a removal, kTruncateWaitMs apart: readers are short
constexpr int kTruncateWaitMs = 50;
constexpr uint64_t kLogMostBytes = uint64_t{128} << 20;  // then commit() itself moves the log

uint64_t file_size(std::string const& path) {
  std::error_code error;
  auto const size = std::filesystem::file_size(path, error);
  return error ? 0 : size;
}

struct Decision {
  Added added = Added::fresh;
  KnownEdition const* latest = nullptr;
  uint32_t number = 1;
};

// What an arriving edition is, given the editions known of its article. See Archive::add.
Decision decide(std::vector<KnownEdition> const& known, int64_t digest, Time seen, bool dated) {
  Decision decision;
  if (known.empty()) return decision;
  auto const latest = std::ranges::find_if(known, &KnownEdition::is_latest);
  decision.latest = latest == known.end() ? &known.back() : &*latest;
  decision.number = std::ranges::max(known, {}, &KnownEdition::number).number + 1;
  bool const newer = seen.epoch_s() > decision.latest->seen.epoch_s();
  bool const repeated = std::ranges::any_of(known, [&](KnownEdition const& k) { return k.digest == digest; });
  if (digest == decision.latest->digest || (repeated && !(dated && newer))) {
    decision.added = Added::unchanged;
  } else {
    decision.added = seen.epoch_s() >= decision.latest->seen.epoch_s() ? Added::edition : Added::older;
  }
  return decision;
}

class SqliteArchive final : public Archive {
 public:
  SqliteArchive(std::string path, std::unique_ptr<CatalogueWriter> writer, CaptureFiles captures, Database checkpointer)
      : path_(std::move(path)),
        readers_(path_),
        writer_(std::move(writer)),
        captures_(std::move(captures)),
        checkpointer_(std::move(checkpointer)) {}

  Status begin() override {
    before_ = captures_.sizes();
    return writer_->begin();
  }

  Result<AddOutcome> add(article::Article const& article, speech::Speech const& speech,
                         source::Capture const& capture) override {
    if (!article.seen) return fail(Errc::invalid_input, "an article without the time it was seen");
    VIGIE_TRY(auto const known, writer_->known(article.id));
    auto const decision = decide(known, content_digest(article), *article.seen, capture.seen.has_value());
    auto const row_of = [](int64_t row) { return Row{static_cast<uint64_t>(row)}; };
    if (decision.added == Added::unchanged) return AddOutcome{Added::unchanged, row_of(decision.latest->row), {}};
    VIGIE_TRY(auto const pointer, keep(article, capture));
    bool const older = decision.added == Added::older;
    VIGIE_TRY(int64_t const row,
              writer_->insert(article, speech, decision.number, older ? decision.latest->row : 0, pointer));
    VIGIE_CHECK(writer_->count_article(article, known.empty()));
    if (known.empty()) return AddOutcome{Added::fresh, row_of(row), {}};
    if (older) return AddOutcome{Added::older, row_of(decision.latest->row), {}};
    VIGIE_CHECK(writer_->supersede(decision.latest->row, row));
    return AddOutcome{Added::edition, row_of(row), row_of(decision.latest->row)};
  }

  Status commit() override {
    auto const done = try_commit();
    if (!done) rollback();
    return done;
  }

  void rollback() override {
    writer_->rollback();
    captures_.rollback();
  }

  Result<std::vector<Row>> remove(std::vector<std::string> const& ids) override {
    VIGIE_CHECK(begin());
    auto removed = try_remove(ids);
    if (!removed || removed->empty()) {
      rollback();
      return removed;
    }
    VIGIE_CHECK(commit());
    VIGIE_CHECK(drop_doomed());
    VIGIE_CHECK(empty_log());
    return removed;
  }

  Status revise(Row row, article::Article const& article, speech::Speech const& speech) override {
    VIGIE_CHECK(writer_->revise(static_cast<int64_t>(row), article));
    return revise_speech(row, speech);
  }
  Status revise_speech(Row row, speech::Speech const& speech) override {
    return writer_->revise_speech(static_cast<int64_t>(row), speech);
  }

  Status keep_kin(Row row, int64_t time_s, kinship::Verdict const& verdict) override {
    return writer_->keep_kin(static_cast<int64_t>(row), time_s, verdict);
  }
  Status leave_kin(Row row) override { return writer_->leave_kin(static_cast<int64_t>(row)); }
  Status each_kin(int64_t from_s, int64_t to_s, std::function<void(kinship::Kept const&)> const& each) const override {
    return writer_->each_kin(from_s, to_s, each);
  }
  Status load_kin(Edition& edition) const override { return writer_->load_kin(edition); }
  Status forget_regrouped() override { return writer_->forget_regrouped(); }
  Status begin_kin() override {
    return alone([&] { return writer_->begin_kin(); });
  }
  Status set_analysers(Analysers analysers) override {
    return alone([&] { return writer_->set_analysers(analysers); });
  }

  Status forget_removed() override {
    VIGIE_CHECK(writer_->forget_removed());
    return {};
  }

  Status checkpoint() override {
    MutexLock const lock(checkpoint_mutex_);
    VIGIE_TRY([[maybe_unused]] bool const all, checkpointer_.checkpoint(Database::Checkpoint::passive));
    return {};
  }

  Result<Edition> latest(std::string_view id) const override {
    return readers_.with([&](CatalogueReader& reader) { return reader.latest(id); });
  }
  Result<Edition> edition(Row row) const override {
    return readers_.with([&](CatalogueReader& reader) { return reader.edition(row); });
  }
  Result<std::string> id_of(Row row) const override {
    return readers_.with([&](CatalogueReader& reader) { return reader.id_of(row); });
  }
  Result<std::vector<Edition>> editions(std::string_view id) const override {
    return readers_.with([&](CatalogueReader& reader) { return reader.editions(id); });
  }

  // A removal may move the record between the look-up and the reading: then the second look finds it.
  Result<source::Capture> capture(Row row) const override {
    auto const read = [&]() -> Result<source::Capture> {
      VIGIE_TRY(auto const at, readers_.with([&](CatalogueReader& reader) { return reader.capture(row); }));
      VIGIE_TRY(auto const record, captures_.read(at));
      return capture_of_record(record, captures_.path(at.file));
    };
    auto first = read();
    return first ? std::move(first) : read();
  }

  Status each_latest(Row after, std::function<bool(Edition&&)> const& each) const override {
    while (true) {
      VIGIE_TRY(auto group,
                readers_.with([&](CatalogueReader& reader) { return reader.latest_behind(after, kReadGroup); }));
      for (auto& edition : group) {
        after = edition.row;
        if (!each(std::move(edition))) return {};
      }
      if (group.size() < static_cast<size_t>(kReadGroup)) return {};
    }
  }

  Result<std::vector<Row>> dead_since(Row covered) const override {
    return readers_.with([&](CatalogueReader& reader) { return reader.dead_since(covered); });
  }

  Result<Totals> totals() const override {
    VIGIE_TRY(auto totals, readers_.with([](CatalogueReader& reader) { return reader.totals(); }));
    totals.database_bytes = file_size(path_) + file_size(path_ + "-wal");
    return totals;
  }

  Result<std::vector<Regrouped>> regrouped(uint64_t after) const override {
    return readers_.with([&](CatalogueReader& reader) { return reader.regrouped(after); });
  }
  Result<kinship::StoryId> story_now(kinship::StoryId story) const override {
    return readers_.with([&](CatalogueReader& reader) { return reader.story_now(story); });
  }
  Result<Analysers> analysers() const override {
    return readers_.with([](CatalogueReader& reader) { return reader.analysers(); });
  }
  Result<std::vector<Edition>> story(kinship::StoryId story, size_t most) const override {
    return readers_.with([&](CatalogueReader& reader) { return reader.story(story, static_cast<int64_t>(most)); });
  }
  Result<std::vector<Edition>> copies(std::string_view id, size_t most) const override {
    return readers_.with([&](CatalogueReader& reader) { return reader.copies(id, static_cast<int64_t>(most)); });
  }

  Result<std::vector<Finding>> check(bool full) const override {
    return readers_.with([&](CatalogueReader& reader) { return check_archive(reader, captures_, full); });
  }

  // What an interrupted removal left to do, and what an interrupted write left behind.
  Status recover() {
    VIGIE_CHECK(drop_doomed());
    VIGIE_TRY(auto sizes, writer_->file_sizes());
    VIGIE_CHECK(captures_.recover(std::move(sizes)));
    VIGIE_TRY([[maybe_unused]] bool const all, writer_->database().checkpoint(Database::Checkpoint::truncate));
    return {};
  }

 private:
  // A transaction of its own around one change.
  template <class Change>
  Status alone(Change const& change) {
    VIGIE_CHECK(begin());
    if (auto const done = change(); !done) {
      rollback();
      return done;
    }
    return commit();
  }

  Result<CapturePointer> keep(article::Article const& article, source::Capture const& capture) {
    if (!capture.member.empty()) return captures_.append_member(capture.member, *article.seen);
    auto const record = source::warc_of(capture, "vigie:article/" + article.id, *article.seen);
    return captures_.append(record, *article.seen);
  }

  Status try_commit() {
    VIGIE_CHECK(captures_.sync());
    VIGIE_CHECK(writer_->set_file_sizes(before_, captures_.sizes()));
    VIGIE_CHECK(writer_->commit());
    captures_.committed();
    // Committed is committed: a checkpoint that fails now is tried again later.
    if (file_size(path_ + "-wal") > kLogMostBytes) [[maybe_unused]]
      auto const moved = checkpoint();
    return {};
  }

  Result<std::vector<Row>> try_remove(std::vector<std::string> const& ids) {
    std::vector<Row> removed;
    std::set<uint64_t> files;
    for (auto const& id : ids) {
      VIGIE_TRY(auto const rows, writer_->rows_of(id));
      for (int64_t const row : rows) {
        VIGIE_TRY(auto const at, writer_->capture(row));
        files.insert(at.file);
        VIGIE_CHECK(writer_->erase(row));
        removed.push_back(Row{static_cast<uint64_t>(row)});
      }
    }
    if (removed.empty()) return removed;
    for (uint64_t const file : files) VIGIE_CHECK(rewrite(file));
    VIGIE_CHECK(writer_->recount());
    std::ranges::sort(removed);
    return removed;
  }

  // The captures that still belong to an edition move to a new file.
  Status rewrite(uint64_t file) {
    VIGIE_TRY(auto const kept, writer_->captures_in(file));
    std::vector<CapturePointer> from, to;
    for (auto const& [row, at] : kept) from.push_back(at);
    VIGIE_TRY([[maybe_unused]] auto const number, captures_.rewrite(file, from, to, utc_from_epoch(now_epoch_s())));
    for (size_t i = 0; i < kept.size(); ++i) VIGIE_CHECK(writer_->point(kept[i].first, to[i]));
    return writer_->doom(file);
  }

  Status drop_doomed() {
    VIGIE_TRY(auto const files, writer_->doomed());
    for (uint64_t const file : files) VIGIE_CHECK(captures_.drop(file));
    return files.empty() ? Status() : writer_->forget_doomed();
  }

  // Removed text also stands in the write-ahead log until that is moved and cut.
  Status empty_log() {
    for (int tried = 0; tried < kTruncateTries; ++tried) {
      VIGIE_TRY(bool const all, writer_->database().checkpoint(Database::Checkpoint::truncate));
      if (all) return {};
      std::this_thread::sleep_for(std::chrono::milliseconds(kTruncateWaitMs));
    }
    return fail(Errc::busy,
                "removed, but readers keep the write-ahead log in use: it is emptied at the next removal or start");
  }

  std::string const path_;
  mutable ReaderPool readers_;
  std::unique_ptr<CatalogueWriter> writer_;
  CaptureFiles captures_;
  FileSizes before_;  // of the capture files when the transaction began
  Mutex checkpoint_mutex_;
  Database checkpointer_ VIGIE_GUARDED_BY(checkpoint_mutex_);
};

bool has_captures(std::string const& folder, Fs& fs) {
  auto const names = fs.list(folder);
  return names && std::ranges::any_of(*names, [](std::string const& name) { return name.ends_with(".warc.gz"); });
}

}  // namespace

Result<std::unique_ptr<Archive>> Archive::open(std::string const& folder, Fs& fs, Options options) {
  VIGIE_CHECK(fs.make_folders(folder));
  std::string const path = folder + "/vigie.db", captures_folder = folder + "/captures";
  if (!fs.exists(path) && has_captures(captures_folder, fs)) {
    return fail(Errc::corrupt,
                folder +
                    " holds captures but no vigie.db: put the catalogue back, or move captures/ away and "
                    "ingest its files");
  }
  VIGIE_TRY(auto writer, CatalogueWriter::open(path));
  VIGIE_CHECK(fs.sync_folder(folder));
  VIGIE_TRY(auto checkpointer, Database::open(path, Database::Mode::read_write));
  VIGIE_CHECK(checkpointer.run("PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=0"));
  auto archive = std::make_unique<SqliteArchive>(
      path, std::move(writer), CaptureFiles(fs, captures_folder, options.capture_file_bytes), std::move(checkpointer));
  VIGIE_CHECK(archive->recover());
  return archive;
}

}  // namespace vigie::archive
