// collector.hpp: keeps up with the sources of a SourceBook: asks each when it is due, fetches the page of every new
// entry, and hands pages (or the feed's own text where a page cannot be had) to Keep.
//
//   due sources ──poll──> entries ──new or changed──> pending (sources.db) ──visit──> captures ──Keep──> settled
//
// Pages kept lately are read again at certain ages (schedule.hpp), asked for only if they changed, when nothing newer
// of their host waits: an edit no feed tells of becomes an edition.
//
// A kill at any point costs work, not articles: an entry leaves `pending` only once Keep has told that it is durable,
// and keeping the same page again changes nothing.
// Threads: run() belongs to one thread; everything else may be called from any. Bounds: kUnderWayMax visits, batches of
// kBatchItems captures or kBatchBytes.
#pragma once

#include <functional>
#include <memory>
#include <stop_token>
#include <string>

#include "collect/book.hpp"
#include "collect/fetcher.hpp"
#include "collect/keep.hpp"
#include "collect/schedule.hpp"
#include "collect/visitor.hpp"

namespace vigie::collect {

struct CollectOptions {
  FetchLimits limits{};
  Manners manners{};
  Pace pace{};
  Rereading rereading{};
  std::string user_agent = "Vigie";
  uint32_t entries_a_poll = 500;  // new ones of one poll that are fetched; the rest waits for the next
  uint32_t page_attempts = 4;     // before an entry's page is given up
  int64_t retry_s = 600;          // before the second of them; doubled each time
  std::string callback{};         // the address under which hubs reach `vigie serve` (hub.hpp); empty: none is asked
  uint32_t errand_ms = 120'000;   // what a person waits for (finder.hpp) is given up after that
};

struct CollectEvent {  // for a log or a live page; told from run()'s thread
  int64_t source = 0;
  std::string url, problem;  // problem empty: it went well
  uint32_t fresh = 0;        // entries that were new
};

struct CollectTotals {
  uint64_t polls = 0, failed_polls = 0, unchanged_polls = 0;
  uint64_t fresh = 0, editions = 0, unchanged = 0, from_feed = 0, refused = 0;
  uint64_t rereads = 0, withdrawn = 0;
};

class Collector {
 public:
  static Result<std::unique_ptr<Collector>> create(SourceBook&, Keep, CollectOptions,
                                                   std::function<void(CollectEvent const&)> on_event = {});
  virtual ~Collector() = default;

  enum class Until : uint8_t { idle, stopped };  // idle: nothing is due any more
  // Errors: what kept sources.db or Keep from writing. What was told durable stays.
  virtual Result<CollectTotals> run(Until, std::stop_token) = 0;
  // Something may be due now (a source was added).
  virtual void wake() = 0;
};

}  // namespace vigie::collect
