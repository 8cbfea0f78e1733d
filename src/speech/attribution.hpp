// attribution.hpp: claims with their speakers, as quotes. Sources are resolved in the order of the text, so that "il"
// and quotes standing alone may lean on who spoke before. Threads: confined to one thread, memory reused. Cost: linear
// in the claims, each with a bounded look about.
#pragma once

#include <span>
#include <vector>

#include "speech/claim.hpp"
#include "speech/speakers.hpp"

namespace vigie::speech {

class Attribution {
 public:
  void attribute(Reading const&, std::vector<Claim>& claims, std::vector<Quote>& quotes,
                 Weights weights = Candidates::weights());

 private:
  Quote quote(Claim const&) const;
  void echo(std::vector<Claim> const&, std::span<Quote>) const;

  Reading const* r_ = nullptr;
  Speakers speakers_;
};

}  // namespace vigie::speech
