#include "kinship/kinship.hpp"

#include <array>

#include "base/hash.hpp"

namespace vigie::kinship {
namespace {

constexpr std::string_view kDigits =
    "abcdefghijkmnpqrstuvwxyz23456789";  // no l, o, 0, 1: read aloud and typed by people
constexpr size_t kLetters = 13;          // of five bits: 65, the first one holds four
constexpr uint64_t kStorySeed = 0x73746F7279;

}  // namespace

std::string name(StoryId story) {
  auto value = static_cast<uint64_t>(story);
  std::string out(kLetters, ' ');
  for (size_t i = kLetters; i-- > 0; value >>= 5) out[i] = kDigits[value & 31];
  return out;
}

std::optional<StoryId> parse_story(std::string_view text) {
  if (text.size() != kLetters) return std::nullopt;
  uint64_t value = 0;
  for (char const c : text) {
    size_t const digit = kDigits.find(c);
    if (digit == std::string_view::npos || value >> 59 != 0) return std::nullopt;
    value = value << 5 | digit;
  }
  return StoryId{value};
}

StoryId founded_by(std::string_view article_id) {
  uint64_t const value = hash64(article_id, kStorySeed);
  return StoryId{value == 0 ? 1 : value};
}

}  // namespace vigie::kinship
