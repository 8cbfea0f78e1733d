// index.hpp: the derived, findable form of the archive. Live segment in memory, sealed segments as mapped files, a
// manifest naming them and the last archive row they cover. Losing the folder loses nothing.
// Threads: add, erase, seal, purge belong to one writer; snapshot() may be called by anyone, and a snapshot is
// immutable.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/fs.hpp"
#include "base/result.hpp"

namespace vigie::text {
class Analysis;
class Analyzer;
}  // namespace vigie::text

namespace vigie::index {

struct Quotation {                 // views live for the call only
  std::string_view text, speaker;  // the speaker as resolved: "Vladimir
                                   // Poutine"; empty where nobody is named
};

struct Document {                      // what the index is told of an article; views live for the
                                       // call only
  uint64_t row = 0;                    // the archive's, growing from call to call
  int64_t time_s = 0;                  // the order of news: published when plausible, else seen
  std::optional<int64_t> published_s;  // absent: no date: filter ever matches
  int64_t seen_s = 0;
  std::string_view title, lede, kicker;
  std::vector<std::string_view> body;  // blocks; phrases never run across two
  std::vector<std::string_view> authors;
  std::string_view source, language;
  // What speech/ found, names as resolved and each once: said:, speaker:, person:, org:, place: and facets.
  std::vector<Quotation> quotes;
  std::vector<std::string_view> people, organisations, places;
  // What kinship/ found. Articles of one copy group are folded into one hit: a number that outlives editions, such as
  // hash64 of the first article's id, given to that article too; 0: alone. story: the story's number; 0: none.
  uint64_t copy_group = 0, story = 0;
  // The fields as analyzer() gave them since the last publish(), in the order of text::ArticleField; null: the index
  // analyses them itself.
  text::Analysis const* words = nullptr;
};

class Snapshot;

// When sealed segments of like size are merged: before seal() returns, or by a thread behind the writer, which takes
// the result over at a later publish() or seal().
enum class Merging : uint8_t { in_seal, behind };

// Segments are merged while they are no larger together: what is merged is held in memory until it is written.
inline constexpr uint64_t kMostMergedBytes = 256u << 20;

class Index {
 public:
  // Opens or creates. Errors: io; corrupt and unsupported (a newer or damaged format): the caller may rebuild.
  static Result<std::unique_ptr<Index>> open(std::string const& folder, Fs&, Merging = Merging::in_seal,
                                             uint64_t most_merged_bytes = kMostMergedBytes);
  virtual ~Index() = default;
  // The writer's, so that an article's words are found once for all who read them. publish() may forget them.
  virtual text::Analyzer& analyzer() = 0;
  virtual uint64_t covered_row() const = 0;  // rows up to this one are in sealed segments (or erased)
  virtual void add(Document const&) = 0;     // searchable after publish()
  virtual void erase(uint64_t row) = 0;      // a superseded or removed row; unknown
                                             // rows are ignored
  // Copy group and story change after an article was added: kept by the next seal(), like erase(); a caller that lost
  // its process before that tells again.
  virtual void regroup(uint64_t row, uint64_t copy_group, uint64_t story) = 0;
  virtual void publish() = 0;                      // makes what was added and erased visible to new snapshots
  virtual Status seal(uint64_t covered_row) = 0;   // writes the live segment, merges where due,
                                                   // replaces the manifest; tells of a merge that failed
  virtual bool wants_seal() const = 0;             // the live segment reached its count
  virtual Status purge() = 0;                      // rewrites segments that hold erased rows: no
                                                   // trace of them stays
  virtual Status clear() = 0;                      // back to empty, for reindex
  virtual std::vector<uint64_t> rows() const = 0;  // all rows held in sealed segments and not erased, sorted:
                                                   // for start and check
  virtual std::shared_ptr<Snapshot const> snapshot() const = 0;
  struct Finding {
    std::string where, what;
  };
  virtual Result<std::vector<Finding>> check() const = 0;  // checksums, order, bounds of every segment
  struct Stats {
    uint64_t segments = 0, terms = 0, bytes = 0, documents = 0, live_documents = 0;
  };
  virtual Stats stats() const = 0;
};

}  // namespace vigie::index
