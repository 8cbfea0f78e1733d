// pronoun_chain.hpp: "X s'est exprimé. Il a d'abord ... Puis il ...": pronouns that go on from sentence to sentence
// mean the one named before the first of them. Threads: pure. Cost: looks back over at most kChainMax sentences.
#pragma once

#include "speech/reading.hpp"
#include "speech/source_phrase.hpp"

namespace vigie::speech {

inline constexpr uint32_t kChainMax = 4;

// The first pronoun of the chain that the pronoun `source` goes on, in sentence `here` (counted from 0): a token before
// it; source.begin where it opens the chain itself.
uint32_t chain_begin(Reading const&, Source const& source, uint32_t here);

}  // namespace vigie::speech
