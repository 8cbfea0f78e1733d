// json_feed.hpp: JSON Feed 1.0 and 1.1 by simdjson. The rules are those of parse_feed() and split_feed().
#pragma once

#include <string_view>

#include "source/feed.hpp"

namespace vigie::source {

Feed parse_json_feed(std::string_view bytes, FeedLimits);
SplitFeed split_json_feed(std::string_view bytes, FeedLimits);

}  // namespace vigie::source
