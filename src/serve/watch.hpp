// watch.hpp: the sources as pages and API reach them: the book of what is watched, and errands to the web for a person
// who waits (what does this address offer, what does this page say). Errands go out under the manners and refusals of
// collecting; kAtOnce of them at a time, the next is told to come back.
// Threads: safe. Lifetime: stop() before whoever waits for an errand is joined.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "collect/book.hpp"
#include "collect/collector.hpp"
#include "collect/finder.hpp"

namespace vigie::serve {

// What a person does to one source.
enum class SourceChange : uint8_t { check, pause, resume, remove };  // check: it is due now
std::optional<SourceChange> parse_source_change(std::string_view);
std::optional<int64_t> parse_source_id(std::string_view);

class Watch {
 public:
  static constexpr unsigned kAtOnce = 2;
  static constexpr uint32_t kPatienceMs = 30'000;  // for one whole errand

  // `wake` tells the collector that something may be due; empty: nothing collects in this process.
  Watch(std::unique_ptr<collect::SourceBook> book, collect::CollectOptions options, std::function<void()> wake);

  collect::SourceBook& book() { return *book_; }
  bool collects() const { return static_cast<bool>(wake_); }
  void wake() const;

  Result<collect::Source> add(collect::NewSource const&);  // as SourceBook::add; the collector is told
  Status change(int64_t id, SourceChange);                 // likewise; not_found

  // Nothing is kept. Errors: busy (other errands are under way), io.
  Result<collect::Findings> find(std::string const& url);
  // A page, or the entries of a feed. Errors: as collect::fetch_page(), and busy.
  Result<std::vector<source::Capture>> fetch(std::string const& url);

  // WebSub, from a hub: whether what it wants confirmed was asked for (then it is noted), and whether its bell is one
  // of ours (then the feed is asked at once, though not twice within seconds).
  bool confirm(std::string_view mode, std::string const& token, std::string_view topic, int64_t lease_s);
  bool knows_bell(std::string const& token) const;
  bool ring(std::string const& token);

  // Ends the errands under way.
  void stop() { stop_.request_stop(); }

 private:
  std::unique_ptr<collect::SourceBook> book_;
  collect::CollectOptions options_;
  std::function<void()> wake_;
  std::stop_source stop_;
  std::atomic<unsigned> under_way_{0};
};

}  // namespace vigie::serve
