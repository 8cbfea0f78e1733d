// person_name.hpp: what a person's name is made of, and whether one name is a shorter or otherwise spelt form of
// another: "V. Poutine", "Poutine" and "Vladimir Putin" of "Vladimir Poutine"; "George Bush" of "George W. Bush";
// "Jean Paul Tavel" of "Jean-Paul Tavel". It says what may be one name; whether it is one person, same_person.hpp does.
// Spelling rules cover how French, English and German write names of other alphabets (ISO 9 and GOST 7.79 tell what
// they romanize), and are no phonetics: "Martin" and "Martine" stay two. Threads: pure. Cost: linear in the name.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace vigie::speech {

struct PersonName {
  std::vector<std::string> given;      // folded words before the last name: first and middle names, initials
  std::vector<std::string> particles;  // "le" of "Le Pen", "van", "der"
  std::string last;                    // folded, the last word: "pen", "belkacem" of "Vallaud-Belkacem"
  bool first_name_only = false;        // one word, which is a first name or an ordinary word: nobody's last name

  bool bare() const { return given.empty(); }
};

// Of any bytes; `last` is empty where no letter is in it.
PersonName person_name(std::string_view name);

// Equal for the spellings of one word: "poutine" and "putin", "zelensky" and "zelenskyy". `folded`: of PersonName.
std::string spelling_key(std::string_view folded);

// Other ways to spell a last name that have its key, at most kSpellingsMax; `folded` itself is the first.
inline constexpr size_t kSpellingsMax = 24;
std::vector<std::string> spellings(std::string_view folded);

// Whether all that `shorter` says of a person `longer` says too. Two names may be forms of each other: then they differ
// in spelling alone. A last name spelt otherwise needs a first name that agrees, in full.
bool is_form_of(PersonName const& shorter, PersonName const& longer);

}  // namespace vigie::speech
