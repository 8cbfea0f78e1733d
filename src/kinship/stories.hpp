// stories.hpp: which story an article belongs to. It is compared with the articles that share rare words with it within
// kStorySeconds; then the stories it touches are grouped anew, which may join or split them.
// Threads: confined to the writer's. Cost: bounded by the constants of stories.cpp.
#pragma once

#include <span>
#include <vector>

#include "kinship/evidence.hpp"
#include "kinship/kinship.hpp"
#include "kinship/memory.hpp"
#include "kinship/reading.hpp"

namespace vigie::kinship {

inline constexpr int64_t kStorySeconds = 21 * 86'400;

class Stories {
 public:
  explicit Stories(Memory& memory) : memory_(memory) {}

  // Lowers the weights of words that many of the articles around use: the theme of the day tells nothing.
  void weigh(Trace&, int64_t time_s);
  // Slots of the articles worth comparing, most promising first. They live until the next call. Precondition: the trace
  // is the one weighed last.
  std::span<uint32_t const> candidates(Trace const&, int64_t time_s);
  // Links to the most alike; the trace is weighed and measured, its article not at hand yet.
  std::vector<Link> links(Trace const&, int64_t time_s);
  // Groups the stories that the article at `slot` touches. Sets its story, `moved`, `merged` and the reason's likeness.
  void place(uint32_t slot, Verdict&);

 private:
  Memory& memory_;
  std::span<uint32_t const> rank(int64_t time_s);

  std::vector<std::span<PostingList const>>
      lists_;  // of the trace weighed last: a block's, by term; then the next one's
  size_t blocks_ = 0;
  std::vector<float> score_;  // by slot, 0 between calls
  std::vector<uint32_t> touched_;
  std::vector<std::pair<float, uint32_t>> ranked_;
};

}  // namespace vigie::kinship
