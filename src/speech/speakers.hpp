// speakers.hpp: from the words that name a speaker to the speaker: M. Poutine, le président russe, il -> Vladimir
// Poutine. Asked in the order of the text, because who spoke last is evidence (candidates.hpp). Threads: confined to
// one thread. Cost: a bounded look back.
#pragma once

#include <optional>
#include <string>

#include "speech/candidates.hpp"

namespace vigie::speech {

struct Speaker {
  std::optional<std::string> name;  // as Quote::speaker
  uint32_t named = kNone;           // where it is one of the article's names
};

class Speakers {
 public:
  void begin(Reading const&, Weights = Candidates::weights());
  Speaker resolve(Source const&);
  // The speaker of the last quote, for one that stands alone.
  Speaker const& last() const { return last_; }
  Speaker unnamed(uint32_t id) const;  // of an id for which is_unnamed_person holds
  // Whether `source` is left to the candidates, which gather() then holds (for tools/train_speakers).
  bool is_open(Source const&) const;
  Candidates const& gather(Source const&);
  void spoke(Speaker, Source const&);

 private:
  Weights weights() const { return Weights(weights_.data(), kEvidenceCount); }
  bool is_the_same(Source const&) const;
  Speaker choose(Source const&);
  Speaker several(Source const&) const;
  Speaker named(uint32_t id) const;
  std::string description(Source const&) const;

  Reading const* reading_ = nullptr;
  std::vector<float> weights_;
  Candidates candidates_;
  Speaker last_;
  LastSpeaker trace_;
};

}  // namespace vigie::speech
