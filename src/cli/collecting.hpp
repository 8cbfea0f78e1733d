// collecting.hpp: what the commands that fetch share: options, where captures go, and the collector that runs beside
// `vigie serve`. At most one collector runs in a process.
#pragma once

#include <memory>
#include <string>
#include <thread>

#include "cli/options.hpp"
#include "cli/streams.hpp"
#include "collect/collector.hpp"
#include "engine/store.hpp"

namespace vigie::cli {

collect::CollectOptions collect_options(Options const&);

// Captures go through the store's ingest, as files do.
collect::Keep keep_in(engine::Store&);

// The one collector of this process.
class Collecting {
 public:
  // Errors: busy where one runs already; those of SourceBook::open.
  static Result<std::unique_ptr<Collecting>> begin(std::string const& data, engine::Store&,
                                                   collect::CollectOptions const&,
                                                   std::function<void(collect::CollectEvent const&)> on_event = {});
  ~Collecting();
  Collecting(Collecting const&) = delete;
  Collecting& operator=(Collecting const&) = delete;

  Result<collect::CollectTotals> run(collect::Collector::Until, std::stop_token);
  // A thread that runs until `stop`; what ends it early is said on `err`'s log line by the caller's function.
  std::jthread run_beside(std::stop_token stop, std::function<void(Error const&)> on_error);

  // A source may be due: tells the collector, if one runs.
  static void wake();

 private:
  Collecting() = default;
  std::unique_ptr<collect::SourceBook> book_;
  std::unique_ptr<collect::Collector> collector_;
};

}  // namespace vigie::cli
