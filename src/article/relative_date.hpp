// relative_date.hpp: "3 hours ago", "il y a deux jours", "vor 5 Minuten": how long before the page was read.
// Threads: a pure function.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace vigie::article {

// Seconds; of a short folded line (strings.hpp) in French, English, German, Spanish, Italian, Portuguese or Dutch.
std::optional<int64_t> seconds_ago(std::string_view folded);

}  // namespace vigie::article
