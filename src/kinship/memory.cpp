#include "kinship/memory.hpp"

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace vigie::kinship {
namespace {

uint64_t number(Key key) { return static_cast<uint64_t>(key); }

}  // namespace

int64_t Memory::shelf_of(int64_t time_s) {
  return time_s >= 0 ? time_s / kShelfSeconds : -((kShelfSeconds - 1 - time_s) / kShelfSeconds);
}

Status Memory::cover(int64_t from_s, int64_t to_s) {
  ++clock_;
  for (int64_t n = shelf_of(from_s); n <= shelf_of(to_s); ++n) {
    auto const [at, fresh] = shelves_.try_emplace(n);
    at->second.used = clock_;
    if (!fresh) continue;
    if (auto read_it = read(n, at->second); !read_it) {
      drop(at);
      return read_it;
    }
  }
  return {};
}

Status Memory::read(int64_t n, Shelf& shelf) {
  return keeper_.each(n * kShelfSeconds, (n + 1) * kShelfSeconds, [&](Kept const& kept) {
    if (by_key_.contains(number(kept.key))) return;
    auto trace = decode(kept.trace, kept.key);
    if (!trace) return;  // of another version, or damaged: the article is as good as unknown
    Member member{kept.key, kept.time_s, kept.story, kept.copy_of, std::move(*trace), {}, 0};
    add(std::move(member));
    if (shelf.articles.size() > options_.articles_max / 4) halve(n, shelf);
  });
}

uint32_t Memory::add(Member member) {
  uint32_t slot = static_cast<uint32_t>(members_.size());
  if (free_.empty()) {
    members_.emplace_back();
    briefs_.emplace_back();
  } else {
    slot = free_.back();
    free_.pop_back();
  }
  member.serial = ++last_serial_;
  Member& here = members_[slot] = std::move(member);
  briefs_[slot] = {here.time_s, here.trace.norm_all, here.serial};
  by_key_[number(here.key)] = slot;
  stories_[static_cast<uint64_t>(here.story)].push_back(slot);
  prints_.add(here.trace.sketch, slot);
  link(slot);
  auto const number = shelf_of(here.time_s);
  shelve(slot, number, shelves_[number]);
  return slot;
}

void Memory::shelve(uint32_t slot, int64_t number, Shelf& shelf) {
  Member const& here = members_[slot];
  shelf.articles.emplace_back(slot, here.serial);
  postings_.add(number, shelf, here.trace, slot, here.serial);
}

size_t Memory::articles(int64_t from_s, int64_t to_s) const {
  size_t articles = 0;
  for (auto at = shelves_.lower_bound(shelf_of(from_s)); at != shelves_.end() && at->first <= shelf_of(to_s); ++at)
    articles += at->second.articles.size();
  return articles;
}

void Memory::link(uint32_t slot) {
  Member& here = members_[slot];
  here.links = here.trace.links;
  for (Link const& own : here.trace.links) {
    uint32_t const other = find(own.key);
    if (other != kNone && members_[other].links.size() < kLinksKept)
      members_[other].links.push_back({here.key, own.likeness});
  }
}

void Memory::erase(uint32_t slot) {
  Member& gone = members_[slot];
  by_key_.erase(number(gone.key));
  prints_.remove(gone.trace.sketch, slot);
  auto const story = stories_.find(static_cast<uint64_t>(gone.story));
  std::erase(story->second, slot);
  if (story->second.empty()) stories_.erase(story);
  gone = {};
  briefs_[slot] = {};
  free_.push_back(slot);
}

void Memory::move(uint32_t slot, StoryId to) {
  Member& member = members_[slot];
  auto const from = stories_.find(static_cast<uint64_t>(member.story));
  std::erase(from->second, slot);
  if (from->second.empty()) stories_.erase(from);
  member.story = to;
  stories_[static_cast<uint64_t>(to)].push_back(slot);
}

void Memory::clear() {
  shelves_.clear(), members_.clear(), briefs_.clear(), free_.clear(), by_key_.clear(), stories_.clear(),
      prints_.clear(), postings_.clear();
}

void Memory::trim(int64_t now_s) {
  int64_t const now = shelf_of(now_s);
  if (auto& shelf = shelves_[now]; shelf.articles.size() > options_.articles_max / 4) halve(now, shelf);
  while (by_key_.size() > options_.articles_max && shelves_.size() > 1) {
    auto const worse = [&](auto const& a, auto const& b) {  // used longer ago, then further away
      if (a.second.used != b.second.used) return a.second.used < b.second.used;
      return std::llabs(a.first - now) > std::llabs(b.first - now);
    };
    drop(std::ranges::min_element(shelves_, worse));
  }
}

// The older arrivals of a shelf that holds too many go; what is known of the others is shelved again.
void Memory::halve(int64_t number, Shelf& shelf) {
  postings_.drop(number, shelf);
  auto const articles = std::exchange(shelf.articles, {});
  shelf.words.clear();
  for (size_t i = 0; i < articles.size(); ++i) {
    auto const [slot, serial] = articles[i];
    if (!is(slot, serial)) continue;
    if (i < articles.size() / 2) {
      erase(slot);
    } else {
      shelve(slot, number, shelf);
    }
  }
}

void Memory::drop(std::map<int64_t, Shelf>::iterator shelf) {
  postings_.drop(shelf->first, shelf->second);
  for (auto const& [slot, serial] : shelf->second.articles)
    if (is(slot, serial)) erase(slot);
  shelves_.erase(shelf);
}

uint32_t Memory::find(Key key) const {
  auto const at = by_key_.find(number(key));
  return at == by_key_.end() ? kNone : at->second;
}

std::vector<uint32_t> const& Memory::story(StoryId id) const {
  static std::vector<uint32_t> const kEmpty;
  auto const at = stories_.find(static_cast<uint64_t>(id));
  return at == stories_.end() ? kEmpty : at->second;
}

}  // namespace vigie::kinship
