// suggestions.hpp: completions of what is being typed: sources, people, organisations, places and words of headlines,
// as the newest articles have them. Looked up among them when something new arrived, at most every kRefresh; answered
// from memory. Threads: safe. Lifetime: holds a reference to the store.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/mutex.hpp"
#include "engine/store.hpp"

namespace vigie::serve {

struct Suggestion {
  std::string text;       // what is shown: "Hélène Castaing"
  std::string query;      // what the search box would hold: the words before the last one, then this, as a filter
  std::string_view kind;  // "word", "source", "person", "organisation", "place"
};

class Suggestions {
 public:
  static constexpr uint32_t kLookedAt = 500;  // newest articles
  static constexpr size_t kToldMax = 8;
  static constexpr std::chrono::seconds kRefresh{30};

  explicit Suggestions(engine::Store const& store) : store_(store) {}

  // For the last word of `typed`; nothing inside quotation marks or behind a field's colon. `now` as in
  // top_stories.hpp. Case and accents do not matter. Most frequent first. Cost: one pass over the entries.
  std::vector<Suggestion> complete(std::string_view typed, uint64_t now) const;

 private:
  struct Entry {
    std::string text, folded;  // folded: each word behind a space, so that " cas" finds the beginning of any
    std::string_view kind;
    uint64_t count = 0;
  };
  using Entries = std::vector<Entry>;
  using Clock = std::chrono::steady_clock;
  std::shared_ptr<Entries const> entries(uint64_t now) const;
  Entries collect() const;

  engine::Store const& store_;
  mutable Mutex mutex_;
  mutable uint64_t known_ VIGIE_GUARDED_BY(mutex_) = 0;
  mutable Clock::time_point looked_ VIGIE_GUARDED_BY(mutex_){};
  mutable std::shared_ptr<Entries const> entries_ VIGIE_GUARDED_BY(mutex_);
};

}  // namespace vigie::serve
