// Any bytes as a sitemap and as an OPML list: reading ends within its bounds, and a list that is written reads back.
#include <cstdlib>
#include <string_view>

#include "base/utf8.hpp"
#include "source/opml.hpp"
#include "source/sitemap.hpp"

using namespace vigie;

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(unsigned char const* data, size_t size) {
  std::string_view const bytes(reinterpret_cast<char const*>(data), size);
  auto const sitemap = source::parse_sitemap(bytes, "https://a.example/s.xml", 100);
  require(sitemap.entries.size() <= 100);
  for (auto const& entry : sitemap.entries) require(!entry.url.empty() && is_valid_utf8(entry.title));
  auto const list = source::parse_opml(bytes, 100);
  require(list.subscriptions.size() <= 100);
  auto const again = source::parse_opml(source::write_opml(list.subscriptions, "x"));
  require(again.subscriptions.size() == list.subscriptions.size());
  return 0;
}
