// survey_tags.hpp: what the survey makes of an element by its tag and role alone. Threads: pure functions.
#pragma once

#include <cstdint>
#include <string_view>

#include "article/survey.hpp"
#include "page/atom.hpp"

namespace vigie::article {

uint8_t heading_level(page::Atom);  // 1 to 6; 0 for what is no heading
PlaceSet place_of_tag(page::Atom);
PlaceSet place_of_role(std::string_view role);
// Elements whose text is for machines, forms or fallbacks.
bool is_skipped(page::Atom);
// Elements that hold one block each; around the others, blocks may stand side by side.
bool is_leaf_tag(page::Atom);

}  // namespace vigie::article
