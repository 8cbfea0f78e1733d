// kin.hpp: who copied whom and what belongs together, found as articles arrive. Everything a Kin holds in memory is a
// cache of what its Keeper keeps (Verdict::trace, story, copy_of), cut into shelves by time of publication: opening
// costs nothing, a shelf is read when the first article of its days arrives, the one used longest ago is dropped when
// the budget is spent. So old articles may arrive late, and the archive may be of any size.
//
//   per article:  kin.add(document)   -> keep {key, time_s, story, copy_of, trace}; apply moved and merged
//   per removal:  kin.erase(key, time_s)
//   rollback:     kin.forget()        -> memory is read again from the Keeper
//
// A suitable table: kin(row INTEGER PRIMARY KEY, time INTEGER, story INTEGER, copy_of INTEGER, trace BLOB) with an
// index on time; story_alias(old PRIMARY KEY, new). Threads: confined to the writer's. Lifetime: the Keeper outlives
// it. Cost of add(): see docs/kinship.md; bounded whatever the archive's size or the article's.
#pragma once

#include <functional>
#include <memory>

#include "base/result.hpp"
#include "kinship/kinship.hpp"

namespace vigie::kinship {

class Keeper {
 public:
  virtual ~Keeper() = default;
  // Calls back for each kept article with from_s <= time_s < to_s, in order of key. Must show what add() has returned
  // and was kept since, committed or not. Views live for the callback. Errors: io, corrupt.
  virtual Status each(int64_t from_s, int64_t to_s, std::function<void(Kept const&)> const&) = 0;
};

struct Options {
  size_t articles_max = 65'536;  // in memory, about 4 KB each; beyond, the days used longest ago are dropped
};

class Kin {
 public:
  static std::unique_ptr<Kin> open(Keeper&, Options = {});
  virtual ~Kin() = default;

  // Finds copy and story of a document and remembers it. The same key added again replaces what was known of it.
  // Any bytes and times are accepted; what exceeds the bounds of docs/kinship.md is not looked at. Errors: the
  // Keeper's; nothing was remembered then.
  virtual Result<Verdict> add(DocumentView const&) = 0;

  // The article is gone. Its story keeps its id, even when it was the founder. Unknown keys are ignored.
  virtual Status erase(Key, int64_t time_s) = 0;

  // Drops everything in memory.
  virtual void forget() = 0;
};

}  // namespace vigie::kinship
