// suggestions.hpp: completions of what is being typed: people, organisations, places, words and headlines of the whole
// index (Store::suggest), and the names of the sources that tell most, looked up at most every kRefresh.
// Threads: safe. Lifetime: holds a reference to the store.
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
  std::string_view kind;  // "word", "source", "person", "organisation", "place", "headline"
  std::string id;         // of a headline's article
};

class Suggestions {
 public:
  static constexpr size_t kToldMax = 8;
  static constexpr uint32_t kOfAKind = 3;
  static constexpr std::chrono::seconds kRefresh{30};

  explicit Suggestions(engine::Store const& store) : store_(store) {}

  // For the last word of `typed`; nothing inside quotation marks or behind a field's colon. Case and accents do not
  // matter. Names first, then sources, words and headlines. Cost: Store::suggest's.
  std::vector<Suggestion> complete(std::string_view typed) const;

 private:
  struct Source {
    std::string name, folded;  // folded: each word behind a space, so that " cas" finds the beginning of any
  };
  using Sources = std::vector<Source>;
  using Clock = std::chrono::steady_clock;
  std::shared_ptr<Sources const> sources() const;

  engine::Store const& store_;
  mutable Mutex mutex_;
  mutable Clock::time_point looked_ VIGIE_GUARDED_BY(mutex_){};
  mutable std::shared_ptr<Sources const> sources_ VIGIE_GUARDED_BY(mutex_);
};

}  // namespace vigie::serve
