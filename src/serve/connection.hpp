// connection.hpp: one client's connection, from its first byte to its end, and what all connections share. How it
// lives:
//
//   read() -> on_read() -> [pool] App::answer() -> write() -> on_written() -> read() ...
//                 \-> refuse(4xx) -> close                \-> stream(): an /events reader, until either side goes
//
// Threads: socket, buffers and timer are touched on the connection's own strand only; the answer is made on the answer
// pool, where nothing but the request and the App are touched. Every call below may be made from any thread.
// Lifetime: a connection owns itself while something is under way; Shared outlives it. HTTP is connection.cpp's affair.
#pragma once

#include <atomic>
#include <boost/asio.hpp>
#include <memory>
#include <unordered_set>

#include "base/mutex.hpp"
#include "serve/app.hpp"
#include "serve/server.hpp"

namespace vigie::serve {

class Connection;

// What all connections share.
struct Shared {
  ServeOptions options;
  Metrics metrics;
  Events events;
  Access access;
  std::unique_ptr<App> app;
  std::atomic<uint32_t> uploads{0};
  std::atomic<bool> stopping{false};
  Mutex mutex;
  Condition emptied;
  std::unordered_set<Connection*> open VIGIE_GUARDED_BY(mutex);
  // Last, so that they go first: handlers they still hold own connections, which use what stands above.
  boost::asio::io_context io;
  boost::asio::thread_pool answers;

  Shared(engine::Store& store, ServeOptions given)
      : options(std::move(given)),
        events(store),
        access(options.access),
        io(static_cast<int>(options.io_threads)),
        answers(std::max(1u, options.answer_threads)) {}
};

class Connection : public std::enable_shared_from_this<Connection> {
 public:
  static std::shared_ptr<Connection> create(boost::asio::ip::tcp::socket&&, Shared&);
  virtual ~Connection() = default;
  virtual void run() = 0;
  virtual void refuse_and_close(int status) = 0;
  // A connection that waits for a request, or listens to events, is closed; one being answered finishes first.
  virtual void wind_down() = 0;
  virtual void drop() = 0;
};

}  // namespace vigie::serve
