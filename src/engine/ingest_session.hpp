// ingest_session.hpp: one reader's items on their way into the archive.
//
//   reading thread ──items──> extracting threads ──in input order──> Writer ──> outcomes ──in input order──> caller
//
// What is on the way is bounded in number and bytes; a slow disk or a slow reader of stdout pushes back on reading.
// Threads: run() is called once, from one thread; the rest happens inside.
#pragma once

#include <deque>

#include "article/extract.hpp"
#include "engine/store.hpp"
#include "engine/writer.hpp"

namespace vigie::engine {

class IngestSession {
 public:
  IngestSession(source::Reader& reader, Writer& writer) : reader_(reader), writer_(writer) {}

  // Runs to the end of the reader, or until `stop`; both callbacks are called on this thread. What was read before a
  // stop is still written and told. Errors: what kept the archive from writing; what was told before stays.
  Result<IngestTotals> run(std::function<void(ItemOutcome const&)> const& each,
                           std::function<void(source::Progress)> const& progress, std::stop_token stop);

 private:
  // An item on its way: read -> extracted -> handed to the writer -> settled -> told.
  struct Slot {
    source::Item item{{}, 0, source::Capture{}};
    size_t bytes = 0;
    bool extracted = false, refused = false, settled = false;
    Writer::Job job;
    ItemOutcome outcome;
  };

  void read_items(std::stop_token);
  void extract_items();
  void extract(Slot&, article::Extractor&, speech::Analyst&) const;
  void hand_over_extracted() VIGIE_REQUIRES(mutex_);
  void settle(Slot&, Result<archive::AddOutcome>, bool more);
  std::vector<ItemOutcome> take_settled() VIGIE_REQUIRES(mutex_);

  source::Reader& reader_;
  Writer& writer_;

  Mutex mutex_;
  Condition room_, read_, settled_;  // for the reading thread, for the extracting ones, for the caller's
  // References into a deque survive pushing and popping at its ends, so a slot is worked on outside the lock.
  std::deque<Slot> slots_ VIGIE_GUARDED_BY(mutex_);
  size_t to_extract_ VIGIE_GUARDED_BY(mutex_) = 0;    // index of the first slot no thread has taken
  size_t to_hand_over_ VIGIE_GUARDED_BY(mutex_) = 0;  // index of the first slot the writer has not got
  size_t bytes_under_way_ VIGIE_GUARDED_BY(mutex_) = 0;
  bool reading_ended_ VIGIE_GUARDED_BY(mutex_) = false;
  source::Progress progress_ VIGIE_GUARDED_BY(mutex_);
  std::optional<Error> fatal_ VIGIE_GUARDED_BY(mutex_);
};

}  // namespace vigie::engine
