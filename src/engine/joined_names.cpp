#include "engine/joined_names.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace vigie::engine {
namespace {

// The most frequent names in doubt are asked of the index; a list has a hundred, of which a page shows a dozen.
constexpr size_t kLastNamesAsked = 12;

bool is_whole(speech::PersonName const& name) { return !name.bare() && name.given[0].size() > 1; }

struct Entry {
  FacetCount shown;
  uint64_t best = 0;  // of the spelling shown

  void add(std::string const& name, uint64_t count, bool whole) {
    if (uint64_t const weight = whole ? count : 0; weight > best || shown.value.empty())
      shown.value = name, best = weight;
    shown.count += count;
  }
};

}  // namespace

std::vector<FacetCount> joined_names(std::vector<FacetCount> const& names, People& people) {
  std::vector<speech::PersonName> parts;
  std::map<std::string, unsigned> bearers;  // by last name, in one spelling
  for (auto const& [value, count] : names) {
    parts.push_back(speech::person_name(value));
    ++bearers[speech::spelling_key(parts.back().last)];
  }
  std::set<std::string> asked;
  auto const may_ask = [&](std::string const& last) {
    return asked.contains(last) || (asked.size() < kLastNamesAsked && asked.insert(last).second);
  };
  std::map<std::string, Entry> entries;
  for (size_t i = 0; i < names.size(); ++i) {
    auto const& [value, count] = names[i];
    bool const whole = is_whole(parts[i]);
    auto const last = speech::spelling_key(parts[i].last);
    bool const in_doubt = !last.empty() && (!whole || bearers[last] > 1) && may_ask(last);
    entries[in_doubt ? people.known_as(value) : value].add(value, count, whole);
  }
  std::vector<FacetCount> out;
  for (auto& [known_as, entry] : entries) {
    if (entry.best == 0) entry.shown.value = known_as;  // last names alone: called by the name in full
    out.push_back(std::move(entry.shown));
  }
  std::ranges::sort(out, [](FacetCount const& a, FacetCount const& b) {
    return a.count != b.count ? a.count > b.count : a.value < b.value;
  });
  return out;
}

}  // namespace vigie::engine
