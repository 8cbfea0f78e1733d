// sitemap.hpp: XML sitemaps, news sitemaps and their indexes. Never fails: what cannot be read is a `problem`.
// Hostile input: as feed.hpp (no entity is expanded, depth and counts are bounded). Threads: pure function.
// Sources: sitemaps.org protocol 0.9; Google's news sitemap 0.9.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"

namespace vigie::source {

struct SitemapEntry {
  std::string url;
  std::optional<Time> modified;   // lastmod
  std::optional<Time> published;  // news:publication_date
  std::string title, language;    // news:title, news:language
};

struct Sitemap {
  bool is_index = false;  // the entries are sitemaps themselves
  bool is_news = false;   // entries carry news:news
  std::vector<SitemapEntry> entries;
  std::string problem;
};

// `base`: where the document came from, for the addresses that are relative though they should not be.
Sitemap parse_sitemap(std::string_view bytes, std::string_view base = {}, size_t entries_max = 50'000);

// Whether the root element is that of a sitemap or of an index.
bool looks_like_sitemap(std::string_view bytes);

}  // namespace vigie::source
