// copies.hpp: whether an article is a copy, and of which. The earlier article is the original: published first, or
// added first where times are equal; so copies point back in time and form a forest. Threads: confined to the writer's.
// Cost: at most a dozen sketches compared.
#pragma once

#include <vector>

#include "kinship/memory.hpp"

namespace vigie::kinship {

struct Copies {
  std::optional<CopyOf> of;    // the earliest that meets the test
  std::vector<Copied> copied;  // later articles that had no original yet
};

struct Arrival {
  Key key{};
  int64_t time_s = 0;
  Trace const& trace;
};
// The article is not at hand yet.
Copies find_copies(Memory&, Arrival const&);

// The test: how much of the later text stands in the earlier one, and of the earlier in the later. `taken` is the share
// of the later text that makes it a copy; of the earlier text a little more must be there.
inline constexpr float kTaken = 0.5f;
bool is_copy(float share, float kept, float taken = kTaken);

}  // namespace vigie::kinship
