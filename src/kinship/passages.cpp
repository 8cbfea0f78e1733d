#include "kinship/passages.hpp"

#include <absl/container/flat_hash_map.h>

#include <algorithm>
#include <utility>

#include "base/hash.hpp"
#include "text/tokenizer.hpp"

namespace vigie::kinship {
namespace {

constexpr size_t kWordsMax = 200'000;
constexpr size_t kSeed = 4;        // words in a row
constexpr size_t kBridge = 5;      // words changed, added or left out inside a passage
constexpr size_t kPassageMin = 8;  // words
constexpr uint32_t kNowhere = UINT32_MAX;

struct Words {
  std::vector<text::RawToken> at;
  std::vector<uint64_t> hash;
};

Words words_of(std::string_view text) {
  Words words;
  text::Tokenizer tokenizer(text);
  for (text::RawToken token; words.at.size() < kWordsMax && tokenizer.next(token);) {
    words.at.push_back(token);
    words.hash.push_back(hash64(text::folded_of(text::surface_of(text.substr(token.begin, token.end - token.begin)))));
  }
  return words;
}

uint64_t seed_at(Words const& words, size_t i) {
  uint64_t seed = 0;
  for (size_t k = 0; k < kSeed; ++k) seed = (seed ^ words.hash[i + k]) * 0x9E3779B97F4A7C15;
  return seed;
}

// Where a seed stands in the earlier text: its first place, and for each place the next.
class Places {
 public:
  explicit Places(Words const& words) : next_(words.hash.size(), kNowhere) {
    for (size_t i = words.hash.size() >= kSeed ? words.hash.size() - kSeed + 1 : 0; i-- > 0;) {
      auto const [at, fresh] = first_.try_emplace(seed_at(words, i), static_cast<uint32_t>(i));
      if (!fresh) next_[i] = std::exchange(at->second, static_cast<uint32_t>(i));
    }
  }

  // The place at or after `expected` where it is near, else the first.
  uint32_t find(uint64_t seed, uint32_t expected) const {
    auto const at = first_.find(seed);
    if (at == first_.end()) return kNowhere;
    uint32_t place = at->second;
    for (int steps = 0; place != kNowhere && place < expected && steps < 16; ++steps) place = next_[place];
    return place != kNowhere && place >= expected && place <= expected + kBridge ? place : at->second;
  }

 private:
  absl::flat_hash_map<uint64_t, uint32_t> first_;
  std::vector<uint32_t> next_;
};

struct Run {  // words, half open, in both texts
  size_t begin, end, earlier_begin, earlier_end;
};

std::vector<Run> runs_of(Words const& later, Words const& earlier) {
  std::vector<Run> runs;
  Places const places(earlier);
  for (size_t i = 0; i + kSeed <= later.hash.size();) {
    bool const open = !runs.empty() && i <= runs.back().end + kBridge;
    auto const expected = open ? static_cast<uint32_t>(runs.back().earlier_end) : 0u;
    uint32_t const place = places.find(seed_at(later, i), expected);
    if (place == kNowhere) {
      ++i;
      continue;
    }
    size_t length = kSeed;
    while (i + length < later.hash.size() && place + length < earlier.hash.size() &&
           later.hash[i + length] == earlier.hash[place + length])
      ++length;
    bool const goes_on = open && place >= runs.back().earlier_end && place <= runs.back().earlier_end + kBridge;
    if (goes_on) {
      runs.back().end = i + length, runs.back().earlier_end = place + length;
    } else {
      runs.push_back({i, i + length, place, place + length});
    }
    i += length;
  }
  std::erase_if(runs, [](Run const& run) { return run.end - run.begin < kPassageMin; });
  return runs;
}

}  // namespace

Reuse reuse(std::string_view later_text, std::string_view earlier_text) {
  Words const later = words_of(later_text), earlier = words_of(earlier_text);
  Reuse result;
  size_t taken = 0;
  std::vector<bool> used(earlier.at.size());
  for (Run const& run : runs_of(later, earlier)) {
    taken += run.end - run.begin;
    std::fill(used.begin() + static_cast<ptrdiff_t>(run.earlier_begin),
              used.begin() + static_cast<ptrdiff_t>(run.earlier_end), true);
    result.passages.push_back({later.at[run.begin].begin, later.at[run.end - 1].end,
                               earlier.at[run.earlier_begin].begin, earlier.at[run.earlier_end - 1].end});
  }
  auto const kept = static_cast<size_t>(std::ranges::count(used, true));
  if (!later.at.empty()) result.share = static_cast<float>(taken) / static_cast<float>(later.at.size());
  if (!used.empty()) result.kept = static_cast<float>(kept) / static_cast<float>(used.size());
  return result;
}

}  // namespace vigie::kinship
