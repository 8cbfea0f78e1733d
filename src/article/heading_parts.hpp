// heading_parts.hpp: the parts of one heading element. Newsrooms put the kicker, a second line, a date or words for
// screen readers into the <h1>, each in an element of its own; what is left is the headline. Told by the elements' tags
// and by what their classes are called. Threads: a pure function. Cost: one walk over the heading.
#pragma once

#include <optional>
#include <string>

#include "page/tree.hpp"

namespace vigie::article {

struct HeadingParts {
  std::string headline, kicker;
};

// Nothing where the heading is all one, or where what is left would be no headline.
std::optional<HeadingParts> heading_parts(page::Tree const&, page::NodeId heading);

}  // namespace vigie::article
