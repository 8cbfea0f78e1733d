// people.hpp: who is meant by a name, over all articles. The index is asked who bears a last name, in any spelling, in
// the newest kBearersLookedAt articles that name one; speech/same_person.hpp says which of these names are one
// person's. A last name that several share is resolved by the story an article stands in, when the articles of that
// story name just one of them in full; otherwise it stays apart. Nothing of this is stored: it follows what is in the
// index, so that it grows with every article, is the same after `reindex`, and forgets what was removed. Threads:
// confined to one request. Lifetime: the snapshot outlives it. Cost: a last name's postings, bounded, once.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "index/snapshot.hpp"
#include "speech/same_person.hpp"

namespace vigie::engine {

inline constexpr uint32_t kBearersLookedAt = 1000;
inline constexpr uint32_t kBearersLookedAtBriefly = 100;  // for lists, where a dozen names are asked about

// The people of one last name.
struct Bearers {
  std::vector<speech::NameForm> forms;  // most frequent first
  std::vector<uint32_t> goes_by;        // by form: the form its person is called by
  struct InStory {
    uint32_t person = kNobody;  // named in full by its articles, or kSeveral
    bool alone = false;         // an article has the last name alone
  };
  std::map<uint64_t, InStory> in_story;
  static constexpr uint32_t kNobody = UINT32_MAX, kSeveral = UINT32_MAX - 1;

  // The form with exactly this name; forms.size() where there is none.
  size_t find(std::string_view name) const;
  // The form that the bearer of this one goes by, in an article of this story (0: none).
  uint32_t person(size_t form, uint64_t story) const;
};

class People {
 public:
  explicit People(index::Snapshot const& snapshot, uint32_t looked_at = kBearersLookedAt)
      : snapshot_(snapshot), looked_at_(looked_at) {}

  // Those whose last name is that of `name`.
  Bearers const& bearers(std::string_view name);
  // What the person is called over all articles; `name` itself where that is not known.
  std::string known_as(std::string_view name, uint64_t story = 0);
  // Every name that person is called by, `name` among them.
  std::vector<std::string> all_names(std::string_view name, uint64_t story = 0);

 private:
  Bearers look_up(std::string_view last) const;

  index::Snapshot const& snapshot_;
  uint32_t const looked_at_;
  std::map<std::string, std::unique_ptr<Bearers>, std::less<>> known_;  // by spelling_key
};

}  // namespace vigie::engine
