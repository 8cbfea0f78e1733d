// known_people.cpp: measures how well a last name alone is given back to its bearer over an archive
// (src/speech/same_person.hpp and the rule of stories in src/engine/people.hpp), without labels: in an article that
// names somebody in full the first name is hidden, the article's own name is no evidence, and the answer is compared
// with what was hidden. This is harder than the real case: who is written without a first name is mostly the one whom
// everybody knows, while here all who bear a name count alike.
//
//   vigie export --data DIR --format jsonl | build/release/src/speech/known_people [SEED [PER_CENT]]
//
// Prints for each kind of answer how many were right and wrong; deterministic for a seed. Memory: the names alone.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <map>
#include <string>
#include <vector>

#include "article/json.hpp"
#include "base/hash.hpp"
#include "speech/same_person.hpp"
#include "speech/speech.hpp"

namespace {

using namespace vigie;
using namespace vigie::speech;

struct Naming {
  size_t article = 0;
  std::string name, story;
  PersonName parts;
};
using Namings = std::map<std::string, std::vector<Naming>>;  // by spelling_key of the last name

Namings read_export(std::istream& in) {
  Namings out;
  article::Json json;
  size_t articles = 0;
  for (std::string line; std::getline(in, line); ++articles) {
    auto const record = json.read(line);
    if (!record) continue;
    std::string const story((*record)["story"].string());
    for (auto m = (*record)["mentions"].first(); m.exists(); m = m.next()) {
      if (m["kind"].string() != "person") continue;
      Naming naming{articles, std::string(m["name"].string()), story, {}};
      naming.parts = person_name(naming.name);
      if (!naming.parts.last.empty()) out[spelling_key(naming.parts.last)].push_back(std::move(naming));
    }
  }
  return out;
}

struct Answer {
  char const* by = "nobody else is named so";
  PersonName person;  // without a last name: left apart
};

// Whose is the last name alone in the article of `hidden`?
Answer ask(std::vector<Naming> const& bearers, Naming const& hidden) {
  std::map<std::string, NameForm> counted;
  for (auto const& naming : bearers) {
    if (naming.article == hidden.article) continue;
    auto& form = counted[naming.name];
    form.name = naming.name, form.parts = naming.parts, ++form.articles;
  }
  std::vector<NameForm> forms;
  for (auto& [name, form] : counted) forms.push_back(form);
  if (forms.empty()) return {};
  std::stable_sort(forms.begin(), forms.end(), [](auto& a, auto& b) { return a.articles > b.articles; });
  std::string const alone = hidden.name.substr(hidden.name.find_last_of(" ") + 1);
  size_t own = 0;
  while (own < forms.size() && forms[own].name != alone) ++own;
  if (own == forms.size()) forms.insert(forms.begin(), {alone, 0, person_name(alone)}), own = 0;
  auto const goes_by = same_person(forms);
  PersonName const* in_story = nullptr;
  bool several = false;
  for (auto const& naming : bearers) {
    if (naming.article == hidden.article || naming.story.empty() || naming.story != hidden.story) continue;
    if (naming.parts.bare()) continue;
    several |= in_story && !is_form_of(naming.parts, *in_story) && !is_form_of(*in_story, naming.parts);
    in_story = &naming.parts;
  }
  if (several) return {"several in the story", {}};
  if (in_story) return {"by the story", *in_story};
  if (goes_by[own] == own) return {"left apart", {}};
  return {"by the archive", forms[goes_by[own]].parts};
}

}  // namespace

int main(int count, char** arguments) {
  uint64_t const seed = count > 1 ? std::strtoull(arguments[1], nullptr, 10) : 1;
  uint64_t const per_cent = count > 2 ? std::strtoull(arguments[2], nullptr, 10) : 10;
  std::map<std::string, std::pair<int, int>> answers;  // right, wrong
  for (auto const& [key, bearers] : read_export(std::cin)) {
    for (auto const& hidden : bearers) {
      if (hidden.parts.bare() || hidden.parts.given[0].size() == 1) continue;
      if (hash64(hidden.name + std::to_string(hidden.article), seed) % 100 >= per_cent) continue;
      auto const [by, person] = ask(bearers, hidden);
      bool const right = is_form_of(person, hidden.parts) || is_form_of(hidden.parts, person);
      auto& [good, bad] = answers[by];
      right ? ++good : ++bad;
    }
  }
  for (auto const& [by, counts] : answers) {
    auto const [right, wrong] = counts;
    if (right == 0) {
      std::printf("%-24s %6d\n", by.c_str(), wrong);
    } else {
      std::printf("%-24s %6d right %5d wrong  %.3f\n", by.c_str(), right, wrong, 1.0 * right / (right + wrong));
    }
  }
}
