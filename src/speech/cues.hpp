// cues.hpp: which words are reporting verbs where they stand. A verb of the lexicon counts in a form that reports:
// finite, a participle behind its auxiliary or behind another report ("a accusé ... et assuré"), a gerund, or an
// infinitive; set phrases ("mettre en garde", "faire valoir") count as one verb. Threads: pure. Cost: looks at a dozen
// tokens.
#pragma once

#include "speech/claim.hpp"
#include "speech/reading.hpp"

namespace vigie::speech {

// `told`: another report stands before in this sentence, with which a bare participle may be coordinated.
bool cue_at(Reading const&, uint32_t i, bool english, bool told, Cue&);
bool negated(Reading const&, Cue const&);

}  // namespace vigie::speech
