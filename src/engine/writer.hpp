// writer.hpp: the one thread that changes anything. Articles arrive in a queue and are committed in groups: as soon as
// 256 wait, or 20 ms after the first, all that wait up to 1,024: the more there are, the less each costs. Each
// article's words are found once here, for kinship/ and for the index. Behind each commit the index is brought up to
// date, and only then is the article acknowledged: what was told is both safe and found. Threads: every call may come
// from any thread. The queue is bounded by those who fill it (IngestSession's budget).
#pragma once

#include <atomic>
#include <deque>
#include <functional>
#include <thread>

#include "archive/archive.hpp"
#include "base/mutex.hpp"
#include "engine/kinships.hpp"
#include "index/index.hpp"

namespace vigie::engine {

class Writer {
 public:
  // Called on the writer's thread once durable and searchable, or with the error that kept it out; `more`: another job
  // of the same giver is settled at once behind this one. Must not block.
  using Settled = std::function<void(Result<archive::AddOutcome>, bool more)>;
  struct Job {
    article::Article article;
    speech::Speech speech;
    source::Capture capture;
    Settled settled;
    void const* giver = nullptr;
  };

  Writer(archive::Archive&, Kinships&, index::Index&);
  ~Writer();  // settles what is queued, then stops

  void add(Job);

  // Runs `task` on the writer's thread, between groups, and gives what it returned.
  Status run(std::function<Status()> task);

  // The newest row that readers can find; grows. wait_newer: see Store.
  uint64_t newest_row() const { return newest_row_.load(); }
  void note_row(uint64_t row);
  uint64_t wait_newer(uint64_t row, int timeout_ms, std::stop_token stop);

 private:
  struct Written;
  void work(std::stop_token);
  std::vector<Job> take_group(std::stop_token);
  void commit(std::vector<Job>);
  Status write_group(std::vector<Written>&);
  Status write(Written&);
  void index_group(std::vector<Written>&);
  static void settle_group(std::vector<Written>&, Error const*);

  archive::Archive& archive_;
  Kinships& kinships_;
  index::Index& index_;
  uint64_t last_change_ = 0;  // of Archive::regrouped() that the index was told
  size_t words_kept_ = 0;     // of the group in hand
  std::atomic<uint64_t> newest_row_{0};

  Mutex mutex_;
  std::condition_variable_any changed_, newer_;
  std::deque<Job> jobs_ VIGIE_GUARDED_BY(mutex_);
  std::deque<std::function<void()>> tasks_ VIGIE_GUARDED_BY(mutex_);

  std::jthread thread_;       // last: joins before what it uses goes
  std::jthread checkpoints_;  // moves the write-ahead log off the writer's time
};

}  // namespace vigie::engine
