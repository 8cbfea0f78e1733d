#include "serve/top_stories.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "serve/url.hpp"

namespace vigie::serve {

std::shared_ptr<std::vector<TopStory> const> TopStories::at(uint64_t now) const {
  {
    MutexLock lock(mutex_);
    if (stories_ && known_ == now) return stories_;
  }
  auto fresh = std::make_shared<std::vector<TopStory> const>(find());
  MutexLock lock(mutex_);
  known_ = now;
  stories_ = fresh;
  return fresh;
}

std::vector<TopStory> TopStories::find() const {
  struct Found {
    size_t newest;
    size_t articles = 0;
    std::set<std::string> sources;
  };
  std::vector<TopStory> out;
  auto const articles = store_.latest(kLookedAt);
  if (!articles) return out;  // whoever shows the list of latest says what went wrong
  std::map<std::string, Found> stories;
  for (size_t i = 0; i < articles->size(); ++i) {
    auto const& article = (*articles)[i];
    if (article.found.story.empty()) continue;
    auto& found = stories.try_emplace(article.found.story, Found{i, 0, {}}).first->second;
    ++found.articles;
    found.sources.emplace(article.source.empty() ? host_of(article.url) : article.source);
  }
  for (auto const& [id, found] : stories) {
    if (found.sources.size() > 1) out.push_back({id, (*articles)[found.newest], found.sources.size(), found.articles});
  }
  std::stable_sort(out.begin(), out.end(), [](auto const& a, auto const& b) {
    return std::pair(a.sources, a.articles) > std::pair(b.sources, b.articles);
  });
  if (out.size() > kToldMax) out.resize(kToldMax);
  return out;
}

}  // namespace vigie::serve
