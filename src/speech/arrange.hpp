// arrange.hpp: claims as they will be shown: without loose signs at their ends, whole sentences in marks apart, nothing
// twice, in the order of the text. Threads: pure. Cost: n log n in the claims.
#pragma once

#include <vector>

#include "speech/claim.hpp"
#include "speech/reading.hpp"

namespace vigie::speech {

void arrange(Reading const&, std::vector<Claim>&);

}  // namespace vigie::speech
