// claim.hpp: what the passes hand on: a cue found in a sentence, and the words it claims for a source. Claims are made
// sentence by sentence without knowing who "il" is; attribution.hpp resolves their sources in the order of the text.
#pragma once

#include "speech/source_phrase.hpp"
#include "speech/speech.hpp"

namespace vigie::speech {

struct Cue {
  uint32_t verb = 0;            // its last reporting word: what it governs begins behind
  uint32_t begin = 0, end = 0;  // with auxiliaries and clitic subject
  Facts facts = 0;              // what the verb governs, and its form
};

// Where the speaker of a claim without a source of its own is looked for.
enum class Lean : uint8_t { none, back, ahead };

struct Claim {
  QuoteType type = QuoteType::direct;
  uint32_t begin = 0, end = 0;  // tokens of the quoted text
  uint32_t cue_begin = 0, cue_end = 0;
  Source source;
  Lean lean = Lean::none;
  bool joins = false;  // goes on with the claim made before it: one group
  uint32_t group = 0;
};

}  // namespace vigie::speech
