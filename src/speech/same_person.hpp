// same_person.hpp: of the names with one last name that an archive holds, which are one person's. A name is joined to
// the one that says more when there is only one such; a last name alone only where nearly all who bear it, by the
// articles that name them, are one person, and stays apart otherwise: nothing is merged blindly. The answer depends on
// the set of names and their counts, never on the order of arrival. Threads: pure. Cost: quadratic in the names given,
// of which kFormsMax are looked at.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "speech/person_name.hpp"

namespace vigie::speech {

inline constexpr size_t kFormsMax = 48;  // the most frequent
// What makes a last name somebody's: so many articles that name them in full, and such a part of those that name any
// bearer of it. A public person, who is known by that name alone (public_roles.hpp), needs less.
inline constexpr uint32_t kKnownFrom = 3;
inline constexpr double kKnownShare = 0.95, kPublicShare = 0.8;

struct NameForm {
  std::string name;  // as an article has it
  uint32_t articles = 0;
  PersonName parts;
};

// For each form the one its person goes by, an index into `forms`: the most frequent that has a first name. A form that
// stays apart goes by itself. Precondition: all last names have one spelling_key; most frequent first.
std::vector<uint32_t> same_person(std::span<NameForm const> forms);

}  // namespace vigie::speech
