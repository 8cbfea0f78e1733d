#include "collect/feed_text.hpp"

#include "base/utf8.hpp"
#include "page/page.hpp"
#include "page/text.hpp"
#include "source/feed.hpp"

namespace vigie::collect {

uint64_t feed_letters(std::string_view feed_entry) {
  auto const feed = source::parse_feed(feed_entry);
  if (feed.entries.empty()) return 0;
  auto const& entry = feed.entries.front();
  auto const& html = entry.content_html.empty() ? entry.summary_html : entry.content_html;
  page::PageReader reader;
  auto const& tree = reader.read_fragment(html, page::Atom::div).tree;
  return count_code_points(page::shown_line(tree, page::kDocument));
}

}  // namespace vigie::collect
