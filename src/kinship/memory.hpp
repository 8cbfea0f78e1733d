// memory.hpp: the articles at hand: those of the days around the newest arrivals, read from the Keeper when their days
// are first asked for, dropped by whole shelves when the budget is spent. Threads: confined to the writer's.
#pragma once

#include <absl/container/flat_hash_map.h>

#include <map>

#include "kinship/kin.hpp"
#include "kinship/postings.hpp"
#include "kinship/prints.hpp"
#include "kinship/shelf.hpp"
#include "kinship/trace.hpp"

namespace vigie::kinship {

struct Member {  // an article at hand
  Key key{};
  int64_t time_s = 0;
  StoryId story{};
  std::optional<Key> copy_of;
  Trace trace;
  std::vector<Link> links;  // trace.links, and those of later articles to this one; at most kLinksKept
  uint32_t serial = 0;      // 0: a free slot
};

class Memory {
 public:
  static constexpr uint32_t kNone = UINT32_MAX;
  static constexpr size_t kLinksKept = 64;

  Memory(Keeper& keeper, Options options) : keeper_(keeper), options_(options) {}

  // Reads what is missing of these times. Errors: the Keeper's.
  Status cover(int64_t from_s, int64_t to_s);
  // Precondition: its time is covered and its key unknown. Takes the links into both ends.
  uint32_t add(Member);
  void erase(uint32_t slot);
  void move(uint32_t slot, StoryId);
  void clear();
  // Drops what exceeds the budget, but for the shelf of `now_s`.
  void trim(int64_t now_s);

  uint32_t find(Key) const;  // kNone where it is not at hand
  Member& at(uint32_t slot) { return members_[slot]; }
  Member const& at(uint32_t slot) const { return members_[slot]; }
  bool is(uint32_t slot, uint32_t serial) const { return briefs_[slot].serial == serial; }
  // What ranking needs of a member, together: thousands are looked at for each article, a few dozen are compared.
  struct Brief {
    int64_t time_s = 0;
    float norm = 0;       // Trace::norm_all
    uint32_t serial = 0;  // the member's
  };
  Brief const& brief(uint32_t slot) const { return briefs_[slot]; }
  void expect(uint32_t slot) const { __builtin_prefetch(&briefs_[slot]); }  // is() or brief() will soon be asked
  size_t slots() const { return members_.size(); }

  // How many articles lie on the shelves of these times.
  size_t articles(int64_t from_s, int64_t to_s) const;
  template <class Visit>  // as Postings::each_block
  void each_block(int64_t from_s, int64_t to_s, Visit visit) const {
    postings_.each_block(shelf_of(from_s), shelf_of(to_s), visit);
  }
  // Those of the lists that are of these times.
  static std::span<PostingList const> within(std::span<PostingList const> lists, int64_t from_s, int64_t to_s) {
    auto const first = shelf_of(from_s), last = shelf_of(to_s);
    while (!lists.empty() && lists.front().shelf() < first) lists = lists.subspan(1);
    while (!lists.empty() && lists.back().shelf() > last) lists = lists.first(lists.size() - 1);
    return lists;
  }
  std::vector<uint32_t> const& story(StoryId) const;  // its members at hand
  Prints& prints() { return prints_; }

 private:
  static int64_t shelf_of(int64_t time_s);
  Status read(int64_t number, Shelf&);
  void shelve(uint32_t slot, int64_t number, Shelf&);
  void halve(int64_t number, Shelf&);
  void drop(std::map<int64_t, Shelf>::iterator);
  void link(uint32_t slot);

  Keeper& keeper_;
  Options options_;
  std::map<int64_t, Shelf> shelves_;
  std::vector<Member> members_;
  std::vector<Brief> briefs_;  // by slot
  std::vector<uint32_t> free_;
  absl::flat_hash_map<uint64_t, uint32_t> by_key_;
  absl::flat_hash_map<uint64_t, std::vector<uint32_t>> stories_;
  Prints prints_;
  Postings postings_;
  uint32_t last_serial_ = 0;
  uint64_t clock_ = 0;
};

}  // namespace vigie::kinship
