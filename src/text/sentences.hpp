// sentences.hpp: where sentences begin and end. Made for news: abbreviations ("M. Poutine", "U.R.S.S.", "J.-C."),
// ellipses, quotes closed after the full stop, and texts whose paragraph breaks were lost ("blason.La voiture").
// Threads: safe. Cost: one pass.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace vigie::text {

struct Span {  // bytes of the text, half open
  uint32_t begin = 0, end = 0;
  bool operator==(Span const&) const = default;
};

// In order, without the white space around them; "\n" always ends one. Together they hold every byte that is not white
// space. Any bytes are accepted; texts beyond 4 GB are cut there.
std::vector<Span> sentences(std::string_view text);

}  // namespace vigie::text
