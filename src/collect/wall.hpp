// wall.hpp: answers that are not what was asked for: a bot wall, a consent page, a door. They are recognised and said,
// never passed: Vigie answers no challenge and accepts no terms in anybody's name. Threads: pure functions.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "collect/fetcher.hpp"

namespace vigie::collect {

enum class Wall : uint8_t {
  none,
  challenge,    // a test for robots: 202, or a page that says so
  too_many,     // 429
  refused,      // 401, 403, 451
  unavailable,  // 5xx
  gone,         // 410
  absent,       // 404 and the rest of 4xx
  consent,      // a page that asks to accept cookies first
  payment,      // 402
};
std::string_view name(Wall);  // a sentence's beginning, for a person

// `url` is where the answer came from in the end.
Wall recognise(FetchAnswer const&, std::string_view url);

}  // namespace vigie::collect
