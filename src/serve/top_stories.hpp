// top_stories.hpp: the stories that most sources told lately. Looked up among the newest articles when something new
// arrived, else answered from memory. Threads: safe. Lifetime: holds a reference to the store.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/mutex.hpp"
#include "engine/store.hpp"

namespace vigie::serve {

struct TopStory {
  std::string id;
  engine::KeptArticle article;  // the newest that tells it
  size_t sources = 0, articles = 0;
};

class TopStories {
 public:
  static constexpr uint32_t kLookedAt = 300;  // newest articles
  static constexpr size_t kToldMax = 6;

  explicit TopStories(engine::Store const& store) : store_(store) {}
  // `now` names the state of the store (events.hpp); the same answer is given until it changes. Stories of one source
  // are none. Most sources first, then most articles.
  std::shared_ptr<std::vector<TopStory> const> at(uint64_t now) const;

 private:
  std::vector<TopStory> find() const;

  engine::Store const& store_;
  mutable Mutex mutex_;
  mutable uint64_t known_ VIGIE_GUARDED_BY(mutex_) = 0;
  mutable std::shared_ptr<std::vector<TopStory> const> stories_ VIGIE_GUARDED_BY(mutex_);
};

}  // namespace vigie::serve
