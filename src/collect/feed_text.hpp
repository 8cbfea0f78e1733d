// feed_text.hpp: how much a feed itself tells of an article: what the share of a source's pages that its feed gives is
// made of. Threads: pure function. Never fails: what cannot be read is nothing. Cost: one parse of the entry.
#pragma once

#include <cstdint>
#include <string_view>

namespace vigie::collect {

// Code points a reader would see of an entry's content (its summary where there is none); `feed_entry` as Entry has it.
uint64_t feed_letters(std::string_view feed_entry);

}  // namespace vigie::collect
