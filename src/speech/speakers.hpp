// speakers.hpp: from the words that name a speaker to the speaker: M. Poutine, le président russe, il -> Vladimir
// Poutine. Descriptions are matched with what the article says of people ("le président russe Vladimir Poutine"), then
// with who was last spoken of; pronouns with the last speaker or subject of their gender. Asked in the order of the
// text. Threads: confined to one thread. Cost: a bounded look back.
#pragma once

#include <optional>
#include <string>

#include "speech/reading.hpp"
#include "speech/source_phrase.hpp"

namespace vigie::speech {

struct Speaker {
  std::optional<std::string> name;  // as Quote::speaker
  uint32_t named = kNone;           // where it is one of the article's names
};

class Speakers {
 public:
  void begin(Reading const&);
  Speaker resolve(Source const&);
  // The speaker of the last quote, for one that stands alone.
  Speaker const& last() const { return last_; }

 private:
  Speaker resolve_pronoun(Source const&);
  Speaker resolve_description(Source const&);
  Speaker named(uint32_t id) const;
  bool fits(uint32_t id, Source const&) const;
  uint32_t recent(Source const&, bool people, bool organisations, bool media) const;
  uint32_t likely_person(Source const&) const;
  uint32_t described_as(Source const&) const;
  std::string description(Source const&) const;

  Reading const* reading_ = nullptr;
  Speaker last_;
  uint32_t last_at_ = 0;
};

}  // namespace vigie::speech
