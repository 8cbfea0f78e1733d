// Any bytes as a feed: reading ends, and each entry taken out alone reads as it did in the whole.
#include <cstdlib>

#include "base/utf8.hpp"
#include "source/feed.hpp"

using namespace vigie;

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(unsigned char const* data, size_t size) {
  std::string_view const bytes(reinterpret_cast<char const*>(data), size);
  auto const feed = source::parse_feed(bytes);
  auto const split = source::split_feed(bytes);
  require(feed.entries.size() == split.entries.size());
  for (size_t i = 0; i < feed.entries.size() && i < 20; ++i) {
    auto const& entry = feed.entries[i];
    require(is_valid_utf8(entry.title_html) && is_valid_utf8(entry.content_html) && is_valid_utf8(entry.link));
    auto const alone = source::parse_feed(split.entries[i].body);
    require(alone.entries.size() <= 1);
  }
  return 0;
}
