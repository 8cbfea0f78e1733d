// book.hpp: sources.db, what is watched and how it fares: the sources a person chose, when each is asked next, which of
// its entries are known, and which are still to be fetched. The captures and articles are not here. Losing this file
// loses the list of sources, not an article: fetching again keeps nothing twice.
// Threads: safe to share; calls are taken in turn. Several processes or books may open one file (SQLite, WAL).
// Durability: adding and removing sources survives power loss; the rest survives kill -9.
// Errors: io, corrupt, busy, unsupported (a newer file) from every call; not_found where said.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "collect/hub.hpp"
#include "collect/reread.hpp"
#include "collect/robots_memory.hpp"

namespace vigie::collect {

enum class SourceKind : uint8_t { feed, sitemap, page };
std::string_view name(SourceKind);
std::optional<SourceKind> parse_source_kind(std::string_view);

struct Source {
  int64_t id = 0;
  SourceKind kind = SourceKind::feed;
  std::string url{};      // as chosen
  std::string address{};  // where it is asked now, if it has moved for good; else empty
  std::string title{}, site{};
  int64_t added_s = 0;
  bool paused = false;  // neither asked nor fetched from until a person says so

  // Its health. Times are seconds since 1970; 0: never.
  int64_t last_try_s = 0, last_success_s = 0, next_try_s = 0, interval_s = 0;
  uint32_t failures = 0;  // in a row
  std::string problem{};  // of the last try, for a person; a warning where failures is 0
  std::string etag{}, last_modified{};
  uint64_t polls = 0;
  uint64_t fresh = 0, editions = 0;             // articles it brought
  uint64_t pages = 0, from_feed = 0;            // of those: whole pages, and feed texts where the page could not be had
  uint64_t duplicates = 0;                      // entries another source had already
  uint64_t refused = 0;                         // entries that gave nothing in the end
  uint64_t delays = 0, delay_sum_s = 0;         // between publication and capture, where both are known
  uint64_t compared = 0;                        // pages whose entry had words of its own in the feed
  uint64_t feed_letters = 0, page_letters = 0;  // of those: code points in the feed, and of the article on the page
  uint64_t rereads = 0;                         // pages asked for again though no feed spoke of them
  uint64_t withdrawn = 0;                       // of those: articles the site has no more
  uint64_t waiting = 0;                         // entries still to be fetched

  // How much of its pages' text the feed itself gives; more than 1 where the pages show less (a paywall).
  std::optional<double> feed_share() const {
    if (page_letters == 0) return std::nullopt;
    return static_cast<double>(feed_letters) / static_cast<double>(page_letters);
  }

  std::string const& asked_at() const { return address.empty() ? url : address; }
};

struct NewSource {
  std::string url{};
  SourceKind kind = SourceKind::feed;
  std::string title{}, site{};
};

// An entry of a source: its key is of its address (or id), its digest of what the source says about it.
struct Entry {
  int64_t source = 0;
  int64_t key = 0, digest = 0;
  std::string url{};
  std::string feed_entry{};    // the entry as a feed document of its own; empty for sitemaps and listings
  std::string content_type{};  // of feed_entry
  int64_t published_s = 0;
  uint32_t attempts = 0;
  int64_t next_try_s = 0;
};

class SourceBook : public RobotsMemory {
 public:
  // Opens or creates `folder`/sources.db.
  static Result<std::unique_ptr<SourceBook>> open(std::string const& folder);

  // The source as it is kept, due at once; the one there is where its address is known already.
  virtual Result<Source> add(NewSource const&) = 0;
  virtual Result<std::vector<Source>> list() = 0;          // by id
  virtual Result<Source> get(int64_t id) = 0;              // not_found
  virtual Status remove(int64_t id) = 0;                   // not_found; its articles stay
  virtual Status make_due(int64_t id, int64_t now_s) = 0;  // not_found
  // A source that goes on is due at once. not_found.
  virtual Status set_paused(int64_t id, bool paused, int64_t now_s) = 0;

  // Of sources that are not paused.
  virtual Result<std::vector<Source>> due(int64_t now_s, size_t most) = 0;  // longest due first
  virtual Result<std::vector<Entry>> pending(int64_t now_s, size_t most) = 0;
  // When something is due next; nullopt where nothing ever is.
  virtual Result<std::optional<int64_t>> next_due() = 0;

  // Ends a poll: of `entries` keeps as pending those that are new or changed, and writes the source's state (not its
  // counters), which `schedule` may complete once it is known how many those are. Entries another source brought are
  // only remembered; with `baseline` all are. Returns how many became pending. A source that was removed meanwhile
  // stays removed.
  virtual Result<uint32_t> polled(Source, std::span<Entry const> entries, bool baseline, int64_t now_s,
                                  std::function<void(Source&, uint32_t fresh)> const& schedule = {}) = 0;

  // What became of a pending entry.
  enum class End : uint8_t { fresh, edition, unchanged, refused };
  struct Settled {
    Entry entry;
    End end = End::fresh;
    bool whole_page = false;
    int64_t captured_s = 0;
    std::string problem{};
    uint64_t feed_letters = 0, page_letters = 0;  // both where both were had
    std::optional<Reread> again{};                // its page is read again
  };
  virtual Status settle(std::span<Settled const>, int64_t now_s) = 0;
  virtual Status postpone(Entry const&, std::string const& problem) = 0;  // with its new attempts and next_try_s

  // Pages to be read again, of sources that are not paused: at most `most_of_source` of each, longest due first.
  virtual Result<std::vector<Reread>> rereads(int64_t now_s, size_t most_of_source) = 0;
  virtual Status looked(std::span<Looked const>) = 0;

  // WebSub: what was agreed with the hub of a source, by source or by the callback's token; nullopt where nothing is.
  virtual Result<std::optional<HubSubscription>> subscription(int64_t source) = 0;
  virtual Result<std::optional<HubSubscription>> subscription_at(std::string const& token) = 0;
  virtual Status set_subscription(HubSubscription const&) = 0;

  // Entries last seen before `before_s`, and what is believed of robots.txt files no more.
  virtual Status forget_old(int64_t before_s, int64_t now_s) = 0;

  // How far an archive that is read in pieces has been kept, by path, size and time of change; 0 where not known.
  virtual Result<uint64_t> archive_position(std::string const& identity) = 0;
  virtual Status set_archive_position(std::string const& identity, uint64_t position) = 0;  // 0: forget
};

}  // namespace vigie::collect
