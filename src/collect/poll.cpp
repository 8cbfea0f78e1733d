#include "collect/poll.hpp"

#include <algorithm>

#include "article/address.hpp"
#include "base/hash.hpp"
#include "collect/discovery.hpp"
#include "page/page.hpp"
#include "page/text.hpp"
#include "source/feed.hpp"
#include "source/inflate.hpp"
#include "source/sitemap.hpp"
#include "source/sniff.hpp"

namespace vigie::collect {
namespace {

using std::string_view;

constexpr int64_t kDay = 86'400;
constexpr int64_t kNewsDays = 3;     // news sitemaps carry two days
constexpr size_t kChildrenMax = 20;  // sitemaps of an index asked for in one poll
constexpr uint64_t kUnpackedMax = 64u << 20;
constexpr size_t kListedMax = 60;  // links of a watched page

// The key of an entry is the same in every source that shows it: its address, or else its id within the feed.
int64_t key_of(string_view url, string_view id, int64_t source) {
  auto const address = article::normalize_address(url);
  return static_cast<int64_t>(address.empty() ? hash64(id, static_cast<uint64_t>(source)) : hash64(address));
}

std::string line_of(std::string const& html) {
  page::PageReader reader;
  auto const& tree = reader.read_fragment(html, page::Atom::div).tree;
  return page::shown_line(tree, page::kDocument);
}

void read_feed(Reading& out, int64_t source, string_view body, std::string const& url) {
  source::FeedLimits const limits{.base = url};
  auto const feed = source::parse_feed(body, limits);
  auto split = source::split_feed(body, limits);
  out.title = line_of(feed.title_html);
  out.site = feed.link;
  out.hub = feed.hub;
  out.topic = feed.self.empty() ? url : feed.self;
  out.problem = feed.problem;
  out.understood = feed.format != source::Feed::Format::unknown;
  for (size_t i = 0; i < feed.entries.size() && i < split.entries.size(); ++i) {
    auto const& entry = feed.entries[i];
    auto& capture = split.entries[i];
    if (entry.link.empty() && entry.id.empty() && entry.title_html.empty()) continue;
    std::string const id = entry.id.empty() ? entry.title_html : entry.id;
    uint64_t digest = hash64(entry.content_html, hash64(entry.summary_html, hash64(entry.title_html)));
    if (entry.updated) digest = hash64(entry.title_html, static_cast<uint64_t>(entry.updated->epoch_s()));
    auto const published = entry.published ? entry.published : entry.updated;
    if (published) out.published.push_back(published->epoch_s());
    out.entries.push_back({.source = source,
                           .key = key_of(entry.link, id, source),
                           .digest = static_cast<int64_t>(digest),
                           .url = entry.link,
                           .feed_entry = std::move(capture.body),
                           .content_type = capture.content_type,
                           .published_s = entry.published ? entry.published->epoch_s() : 0});
  }
  if (out.entries.empty() && out.problem.empty()) out.problem = "the feed holds no entries";
}

void read_index(Reading& out, source::Sitemap const& index, int64_t now_s) {
  for (auto const& child : index.entries) {
    bool const recent = !child.modified || child.modified->epoch_s() >= now_s - kNewsDays * kDay;
    bool const news = child.url.find("news") != std::string::npos || child.url.find("actu") != std::string::npos;
    if (out.sitemaps.size() < kChildrenMax && (recent || news)) out.sitemaps.push_back(child.url);
  }
  if (out.sitemaps.empty()) out.problem = "the index names no sitemap of the last days";
}

void read_sitemap(Reading& out, int64_t source, string_view body, std::string const& url, int64_t now_s) {
  auto const sitemap = source::parse_sitemap(body, url);
  out.understood = source::looks_like_sitemap(body);
  out.problem = sitemap.problem;
  if (sitemap.is_index) return read_index(out, sitemap, now_s);
  bool dated = false;
  for (auto const& entry : sitemap.entries) dated |= entry.published || entry.modified;
  out.baseline = !sitemap.is_news && !dated;
  for (auto const& entry : sitemap.entries) {
    auto const when = entry.published ? entry.published : entry.modified;
    if (when) out.published.push_back(when->epoch_s());
    if (when && when->epoch_s() < now_s - kNewsDays * kDay) continue;
    if (article::is_home(entry.url)) continue;
    uint64_t const digest = entry.modified ? static_cast<uint64_t>(entry.modified->epoch_s()) : hash64(entry.title);
    out.entries.push_back({.source = source,
                           .key = key_of(entry.url, entry.url, source),
                           .digest = static_cast<int64_t>(digest),
                           .url = entry.url,
                           .published_s = entry.published ? entry.published->epoch_s() : 0});
  }
}

void read_listing(Reading& out, int64_t source, FetchAnswer const& answer, std::string const& url) {
  out.title = title_of(answer.body, answer.content_type);
  out.site = url;
  for (auto const& link : articles_listed(answer.body, answer.content_type, url)) {
    if (out.entries.size() == kListedMax) break;
    out.entries.push_back({.source = source, .key = key_of(link.url, link.url, source), .digest = 0, .url = link.url});
  }
  out.understood = true;
  if (out.entries.empty()) out.problem = "the page links to nothing that looks like an article";
}

// Sitemaps are often stored compressed.
std::string unpacked(std::string const& body) {
  if (!body.starts_with("\x1f\x8b")) return body;
  auto plain = source::inflate(body, source::Wrapping::gzip, kUnpackedMax);
  return plain ? std::move(*plain) : std::string();
}

}  // namespace

Offered what_is(FetchAnswer const& answer, std::string const& url) {
  auto const body = unpacked(answer.body);
  if (source::looks_like_sitemap(body)) return Offered::sitemap;
  auto const format = source::sniff(string_view(body).substr(0, source::kSniffBytes), url);
  if (format == source::Format::feed) return Offered::feed;
  return format == source::Format::html ? Offered::page : Offered::nothing;
}

Reading read_source(SourceKind kind, int64_t source, FetchAnswer const& answer, std::string const& url, int64_t now_s) {
  Reading out;
  auto const body = unpacked(answer.body);
  auto const is = what_is(answer, url);
  if (kind == SourceKind::feed && is != Offered::page) {
    read_feed(out, source, body, url);
  } else if (kind == SourceKind::sitemap && is != Offered::page) {
    read_sitemap(out, source, body, url, now_s);
  } else if (kind == SourceKind::page) {
    read_listing(out, source, answer, url);
  }
  if (!out.understood && out.problem.empty())
    out.problem = std::string(is == Offered::page ? "a page" : "something else") + " stands where the " +
                  std::string(name(kind)) + " was";
  return out;
}

}  // namespace vigie::collect
