// events.hpp: what is new, told to every open page. One thread waits on the store; each time articles arrived that the
// latest list shows, it makes one event and hands it to all listeners. The last kKept events can be told again to a
// reader that lost its connection. Source: HTML standard, 9.2 "Server-sent events".
// Threads: safe. A listener is called from the events thread and must return at once.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <unordered_set>
#include <vector>

#include "base/mutex.hpp"
#include "engine/store.hpp"

namespace vigie::serve {

class Events {
 public:
  static constexpr size_t kKept = 256;      // events
  static constexpr uint32_t kWatched = 50;  // newest articles looked at
  static constexpr int kPauseMs = 500;      // between two events, so that a long ingest does not flood pages

  using Listener = std::function<void(std::shared_ptr<std::string const> const&)>;

  explicit Events(engine::Store const&);
  ~Events();

  void start();
  void stop();

  uint64_t last() const;  // the id of the newest event: what a page made now knows
  // What a reader that knows events up to `after` must be told first, then registers it for what comes. Ids this server
  // never gave out (it was restarted, or the reader was away too long) are answered by one "reset" event.
  uint64_t subscribe(uint64_t after, Listener, std::string& missed);
  void unsubscribe(uint64_t listener);

 private:
  struct Event {
    uint64_t id;
    std::shared_ptr<std::string const> wire;
  };
  void run(std::stop_token);
  void look();
  void publish(std::string data);

  engine::Store const& store_;
  std::unordered_set<std::string> known_;  // run()'s own
  mutable Mutex mutex_;
  std::deque<Event> kept_ VIGIE_GUARDED_BY(mutex_);
  std::map<uint64_t, Listener> listeners_ VIGIE_GUARDED_BY(mutex_);
  uint64_t next_listener_ VIGIE_GUARDED_BY(mutex_) = 1;
  uint64_t const first_;  // ids begin at the clock's seconds, so that they differ from those before a restart
  uint64_t last_ VIGIE_GUARDED_BY(mutex_);
  std::jthread thread_;
};

}  // namespace vigie::serve
