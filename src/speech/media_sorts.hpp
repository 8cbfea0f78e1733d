// media_sorts.hpp: papers, agencies, radios and channels apart: "le quotidien" is not a press agency. Facts, written by
// hand for this project. Threads: pure. Cost: compares one name with short lists.
#pragma once

#include <string_view>

namespace vigie::speech {

// Whether `noun` ("quotidien", "chaîne", "radio", "agence") speaks of another sort of medium than `name` is.
bool is_other_medium(std::string_view noun, std::string_view name);

}  // namespace vigie::speech
