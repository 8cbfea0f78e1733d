#include "source/feed.hpp"

namespace vigie::source {

Feed parse_feed(std::string_view, FeedLimits) {
  Feed feed;
  feed.problem = "feeds are not read yet";
  return feed;
}
SplitFeed split_feed(std::string_view, FeedLimits) { return {{}, "feeds are not read yet"}; }

}  // namespace vigie::source
