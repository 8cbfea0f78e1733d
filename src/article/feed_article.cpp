#include "article/feed_article.hpp"

#include <algorithm>

#include "article/address.hpp"
#include "article/byline.hpp"
#include "article/line_role.hpp"
#include "article/strings.hpp"
#include "source/feed.hpp"
#include "text/language.hpp"

namespace vigie::article {
namespace {

// The content's lines, but for those that are no text of the article ("Read more", "L'article ... est apparu en
// premier").
void read_content(std::string_view html, Plainer& plain, Article& a) {
  auto const lines = plain.lines(html);
  std::string_view rest = lines;
  while (!rest.empty()) {
    size_t const end = std::min(rest.find('\n'), rest.size());
    auto line = squeezed(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
    auto const words = count_words(line);
    auto const plain_line = folded(line);
    if (words == 0 || role_of_line(plain_line, words) == LineRole::related ||
        role_of_line(plain_line, words) == LineRole::share)
      continue;
    if (plain_line == folded(a.title) || plain_line.starts_with("the post ") ||
        plain_line.find("appeared first on") != plain_line.npos ||
        plain_line.find("est apparu en premier sur") != plain_line.npos ||
        (plain_line.starts_with("l article ") && plain_line.find(" est paru sur ") != plain_line.npos)) {
      continue;
    }
    a.blocks.push_back({BlockKind::paragraph, 0, std::move(line)});
  }
}

bool is_cut(std::string_view s) {
  return s.ends_with("...") || s.ends_with("\xE2\x80\xA6") || s.ends_with("[...]") || s.ends_with("[\xE2\x80\xA6]");
}

}  // namespace

void read_feed_entry(source::Capture const& capture, Plainer& plain, Article& a) {
  auto const feed = source::parse_feed(capture.body);
  a.url = capture.url;
  if (!feed.problem.empty()) a.diagnostics.push_back("feed: " + feed.problem);
  if (feed.entries.empty()) {
    a.kind = Kind::other;
    return;
  }
  auto const& entry = feed.entries.front();
  if (a.url.empty()) a.url = resolve_address(feed.link, entry.link);
  a.source = host_without_www(a.url);
  if (a.source.empty()) a.source = plain.line(feed.title_html);
  a.title = plain.line(entry.title_html);
  read_content(entry.content_html.empty() ? std::string_view() : std::string_view(entry.content_html), plain, a);
  auto const summary = plain.line(entry.summary_html);
  if (a.blocks.empty()) {
    a.lede = summary;
    a.lede_in_text = !summary.empty();
    a.diagnostics.push_back("body: the feed gives a summary only");
  } else if (!summary.empty() && summary.size() < 1500) {
    auto const opening = folded(a.blocks.front().text);
    auto const wanted = folded(summary);
    bool const repeats = is_cut(summary) || opening.starts_with(wanted.substr(0, 60));  // no lede then: the text again
    if (!repeats) {
      a.lede = summary;
      a.lede_in_text = true;
    }
  }
  for (auto const& author : entry.authors) add_authors(author, a.authors);
  for (auto const& label : entry.categories) {
    auto tag = squeezed(label);
    if (!tag.empty() && a.tags.size() < 60 && std::find(a.tags.begin(), a.tags.end(), tag) == a.tags.end())
      a.tags.push_back(std::move(tag));
  }
  a.published = entry.published ? entry.published : entry.updated;
  if (entry.published && entry.updated && entry.updated->epoch_s() > entry.published->epoch_s())
    a.modified = entry.updated;
  if (capture.seen && a.published && a.published->epoch_s() > capture.seen->epoch_s() + 86400) {
    a.diagnostics.push_back("published: later than the capture: not believed");
    a.published.reset();
  }
  a.image = resolve_address(a.url, entry.image);
  a.language = text::detect_language(a.title + "\n" + text(a), feed.language);
}

}  // namespace vigie::article
