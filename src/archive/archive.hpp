// archive.hpp: the only truth. SQLite (WAL, synchronous=FULL) holds articles and their editions; WARC files hold the
// bytes they came from. What commit() has returned for survives kill -9 and power loss.
// Threads: one Archive per data directory. Writing calls belong to one thread (the engine's writer); reading calls may
// be made from any thread at any time (each takes a connection of its own from a small pool) and see committed state.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "article/article.hpp"
#include "base/fs.hpp"
#include "base/result.hpp"
#include "kinship/kinship.hpp"
#include "source/capture.hpp"
#include "speech/speech.hpp"

namespace vigie::archive {

// Every edition ever added has a row; rows grow with time of arrival and are never reused.
enum class Row : uint64_t {};

struct Edition {
  Row row{};
  uint32_t number = 1;       // 1, 2, ... within its article
  article::Article article;  // article.seen is set
  speech::Speech speech;
  // Of latest editions that kinship/ was shown; the original's id, which is of an article that is kept.
  std::optional<kinship::StoryId> story;
  std::optional<std::string> copy_of;
  uint64_t copy_group = 0;  // hash64 of the id of the first article of its copies, in that article too; 0: alone
};

// An article whose story or copy group changed after it was added.
struct Regrouped {
  uint64_t change = 0;  // changes are numbered in order
  Row row{};
  uint64_t copy_group = 0, story = 0;  // as they are now
};

// Which analysers found what is kept beside the articles; 0 where nothing is complete. See set_analysers().
struct Analysers {
  uint32_t speech = 0, kinship = 0;

  bool operator==(Analysers const&) const = default;
};

enum class Added : uint8_t {
  fresh,      // a new article
  unchanged,  // nothing written
  edition,    // a newer edition of a known article; it is now the latest
  older,      // an edition older than the latest: kept, not shown
};

struct AddOutcome {
  Added added{};
  Row row{};                      // of the edition that is latest now
  std::optional<Row> superseded;  // the row that stopped being latest
};

struct Totals {
  uint64_t articles = 0, editions = 0, captures = 0, sources = 0;
  uint64_t database_bytes = 0, capture_bytes = 0;
  Row last_row{};
  std::optional<Time> first_published, last_published, last_seen;
};

struct Finding {  // of check(): something that does not agree
  std::string where, what;
};

struct Options {
  uint64_t capture_file_bytes = uint64_t{1} << 30;  // a capture file at least this long is followed by a new one
};

class Archive {
 public:
  // Creates the directory and its files where absent. Errors: io, corrupt (also captures without their catalogue),
  // unsupported (a newer schema; nothing is touched).
  static Result<std::unique_ptr<Archive>> open(std::string const& folder, Fs&, Options = {});
  virtual ~Archive() = default;

  // --- writing: the writer's thread only. Everything between begin() and commit() is one transaction. ---
  virtual Status begin() = 0;
  // `article.seen` must be set. The capture is written to the current WARC (gzip member per record) unless the outcome
  // is unchanged. The article is compared with its latest edition by what a reader sees; an older capture never
  // replaces a newer edition. What equals any known edition is unchanged too, unless the capture's own date
  // (Capture::seen) says that it is newer than the latest: then an edit was taken back. So reading the same input again
  // changes nothing. Errors: io (disk full), over_limit (a text beyond SQLite's 1 GB): the transaction is unusable,
  // call rollback().
  virtual Result<AddOutcome> add(article::Article const&, speech::Speech const&, source::Capture const&) = 0;
  // Syncs the captures, then commits. Only now may anything be acknowledged.
  virtual Status commit() = 0;
  virtual void rollback() = 0;
  // Takes articles out of catalogue and captures (the WARC files holding them are rewritten) with no trace left in
  // database pages, write-ahead log or captures. Commits by itself. Returns the removed rows. Unknown ids are skipped.
  virtual Result<std::vector<Row>> remove(std::vector<std::string> const& ids) = 0;
  // Replaces what was extracted for an edition, keeping its row, number and capture (re-extraction is no new edition).
  // Inside begin()/commit().
  virtual Status revise(Row, article::Article const&, speech::Speech const&) = 0;
  // Replaces what speech/ found in an edition. Inside begin()/commit().
  virtual Status revise_speech(Row, speech::Speech const&) = 0;
  // Keeps what kinship/ found of an edition that is the latest, and what it made known of others: moves, merges, later
  // copies. A copy that would close a circle is kept as an original. Inside begin()/commit(). When an edition is
  // superseded or removed, its kinship goes: copies of a superseded edition point to the newer one, those of a removed
  // article to the earliest among them.
  virtual Status keep_kin(Row, int64_t time_s, kinship::Verdict const&) = 0;
  // The row is no longer told of: a newer edition that is no article. Inside begin()/commit().
  virtual Status leave_kin(Row) = 0;
  // What was kept for from_s <= time < to_s, in order of row, committed or not. Views live for the callback.
  virtual Status each_kin(int64_t from_s, int64_t to_s, std::function<void(kinship::Kept const&)> const&) const = 0;
  // begin_kin() forgets every kinship, to be found anew; set_analysers() ends that: names of stories that nobody
  // carries any more become aliases of the story most of their articles are in now. Both commit by themselves.
  virtual Status begin_kin() = 0;
  virtual Status set_analysers(Analysers) = 0;
  // The row's story, original and copy group, committed or not. Writer's thread.
  virtual Status load_kin(Edition&) const = 0;
  // The index has been told of every regrouped row, and has kept that.
  virtual Status forget_regrouped() = 0;
  // The index has dropped every removed row: their list (numbers only) may go.
  virtual Status forget_removed() = 0;
  // Moves the write-ahead log into the database file. May be called from any one thread beside the writer.
  virtual Status checkpoint() = 0;

  // --- reading: any thread. ---
  virtual Result<Edition> latest(std::string_view id) const = 0;                 // not_found
  virtual Result<Edition> edition(Row) const = 0;                                // not_found
  virtual Result<std::string> id_of(Row) const = 0;                              // not_found
  virtual Result<std::vector<Edition>> editions(std::string_view id) const = 0;  // oldest first
  virtual Result<source::Capture> capture(Row) const = 0;                        // the bytes the edition came from
  // Calls back for each latest edition with row > after, in row order, until it returns false.
  virtual Status each_latest(Row after, std::function<bool(Edition&&)> const&) const = 0;
  // What an index that covers rows up to `covered` must drop: rows <= covered superseded by an edition > covered, and
  // rows removed and not yet forgotten. Sorted. Cost: proportional to what came after `covered`, not to the archive.
  virtual Result<std::vector<Row>> dead_since(Row covered) const = 0;
  // Articles regrouped since the change `after` and not yet forgotten, in order of change.
  virtual Result<std::vector<Regrouped>> regrouped(uint64_t after) const = 0;
  virtual Result<Totals> totals() const = 0;
  virtual Result<Analysers> analysers() const = 0;
  // What a story's name stands for now: itself while it has articles, else what it was merged into.
  virtual Result<kinship::StoryId> story_now(kinship::StoryId) const = 0;
  // The articles of a story, earliest first, at most `most`; a name that was merged stands for what it became.
  // Empty where there is no such story.
  virtual Result<std::vector<Edition>> story(kinship::StoryId, size_t most) const = 0;
  // The articles copied from this one, earliest first, at most `most`; not copies of copies.
  virtual Result<std::vector<Edition>> copies(std::string_view id, size_t most) const = 0;
  // Verifies the database (integrity_check), the captures (each pointer's record is whole and its digest agrees) and
  // their agreement; `full` decompresses every record.
  virtual Result<std::vector<Finding>> check(bool full) const = 0;
};

}  // namespace vigie::archive
