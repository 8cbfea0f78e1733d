// intake.hpp: what comes in over HTTP: pasted text, a page, an archive, whatever `vigie ingest` reads. The bytes go
// through the same readers as files do. Bounds: kAtOnce uploads at a time; the answer names the first kToldMax items.
// Threads: safe. Lifetime: holds a reference to the store.
#pragma once

#include <atomic>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "engine/store.hpp"
#include "serve/watch.hpp"

namespace vigie::serve {

struct Upload {
  std::string_view bytes;
  std::string name;          // what items are said to come from
  std::string url;           // of a single page that does not know its own; empty: unknown
  std::string content_type;  // the same
};

struct Received {
  engine::IngestTotals totals;
  std::vector<engine::ItemOutcome> items;  // the first kToldMax
};

class Intake {
 public:
  static constexpr unsigned kAtOnce = 2;
  static constexpr size_t kToldMax = 100;

  explicit Intake(engine::Store& store) : store_(store) {}
  // Returns once everything is durable. Errors: busy (others are being read), io.
  Result<Received> take(Upload const&);
  // What stands at an address: a page, or a feed's entries. An address that cannot be had is an item with an error.
  // Errors: as take().
  Result<Received> fetch(Watch&, std::string const& url);

 private:
  Result<Received> read(source::Reader&);
  engine::Store& store_;
  std::atomic<unsigned> under_way_{0};
};

}  // namespace vigie::serve
