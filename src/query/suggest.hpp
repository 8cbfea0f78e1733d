// suggest.hpp: what may be meant while a query is being typed: words, names and headlines that go on from its last
// word. Newest documents are looked at first, and few of them: an answer is due before the next key.
// Threads: safe. Cost: bounded whatever the size of the index (kLookedAt forms and documents a segment).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "index/snapshot.hpp"

namespace vigie::query {

enum class SuggestionKind : uint8_t { word, person, organisation, place, headline };

struct Suggestion {
  SuggestionKind kind = SuggestionKind::word;
  std::string text;    // word: the query with its last word completed; name: the
                       // name; headline: empty, see row
  uint64_t count = 0;  // word: occurrences; name: articles among those looked at; headline: 0
  uint64_t row = 0;    // headline: the article's
};

// At most `limit` of each kind, most frequent first, headlines newest first. Nothing for fewer than two letters.
std::vector<Suggestion> suggest(index::Snapshot const&, std::string_view typed, size_t limit = 5);

}  // namespace vigie::query
