#include "engine/joined_names.hpp"

#include <algorithm>
#include <map>

#include "text/analyzer.hpp"

namespace vigie::engine {
namespace {

std::string key_of(std::string_view name) {
  std::string key = text::fold(name);
  std::ranges::replace(key, '-', ' ');
  return key;
}

// "macron" of "emmanuel macron", "le pen" of "marine le pen": every proper tail at a word.
template <class Each>
void each_tail(std::string_view key, Each const& each) {
  for (size_t at = key.find(' '); at != std::string_view::npos; at = key.find(' ', at + 1)) each(key.substr(at + 1));
}

struct Whole {  // the full names that end with a tail
  std::string_view key;
  unsigned names = 0;

  void add(std::string_view name) { key = name, ++names; }
};

struct Entry {
  FacetCount shown;
  uint64_t best = 0;  // of the spelling shown
};

}  // namespace

std::vector<FacetCount> joined_names(std::vector<FacetCount> const& names) {
  std::map<std::string, Entry, std::less<>> entries;
  for (auto const& [value, count] : names) {
    auto& entry = entries[key_of(value)];
    if (count > entry.best) entry.shown.value = value, entry.best = count;
    entry.shown.count += count;
  }
  std::map<std::string_view, Whole> wholes;  // by tail; views of the keys above, which stay where they are
  for (auto const& [key, entry] : entries) {
    each_tail(key, [&, &whole = key](std::string_view tail) {
      if (entries.find(tail) != entries.end()) wholes[tail].add(whole);
    });
  }
  // In order of the tails' length, so that what a middle form gathers goes on to the full one.
  std::vector<std::pair<std::string_view, std::string_view>> merges;
  for (auto const& [tail, whole] : wholes)
    if (whole.names == 1) merges.emplace_back(tail, whole.key);
  std::ranges::stable_sort(merges, {}, [](auto const& merge) { return merge.first.size(); });
  for (auto const& [tail, whole] : merges) {
    auto const from = entries.find(tail);
    entries.find(whole)->second.shown.count += from->second.shown.count;
    from->second.shown.count = 0;
  }
  std::vector<FacetCount> out;
  for (auto const& [key, entry] : entries)
    if (entry.shown.count > 0) out.push_back(entry.shown);
  std::ranges::sort(out, [](FacetCount const& a, FacetCount const& b) {
    return a.count != b.count ? a.count > b.count : a.value < b.value;
  });
  return out;
}

}  // namespace vigie::engine
