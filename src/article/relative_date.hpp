// relative_date.hpp: "3 hours ago", "il y a deux jours", "gestern um 14 Uhr": how long before the page was read.
// What names no day is none: "two months ago", "some days ago". Threads: a pure function.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace vigie::article {

struct CountedBack {
  int64_t seconds = 0;
  bool of_change = false;  // "updated", "mis à jour" and the like stand before it
  bool operator==(CountedBack const&) const = default;
};

// Of a short folded line (strings.hpp) in French, English, German, Spanish, Italian, Portuguese or Dutch. "Today" and
// "yesterday" count where an hour or a word for publishing stands beside them and nothing else, or where they stand
// alone and `marked`, which is where the page itself calls the line a date: alone, they are names of sections too.
std::optional<CountedBack> count_back(std::string_view folded, bool marked);

}  // namespace vigie::article
