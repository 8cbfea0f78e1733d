// discovery.hpp: what a page offers to be watched: the feeds it names, the sitemaps of its site, the articles it links
// to. Nothing is fetched here. Threads: pure functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace vigie::collect {

struct OfferedFeed {
  std::string url, title;
  bool is_named = true;  // the page names it; else it is where feeds often are, to be tried
};

// From <link rel="alternate" type="…">, then from links whose address or words speak of a feed, then the common paths.
std::vector<OfferedFeed> feeds_offered(std::string_view html, std::string_view content_type, std::string_view url);

struct ListedLink {
  std::string url, words;
};
// The links of a listing page that look like articles': same site, an address that says more than a section's, words
// that read like a headline. In page order, an address once.
std::vector<ListedLink> articles_listed(std::string_view html, std::string_view content_type, std::string_view url);

std::string title_of(std::string_view html, std::string_view content_type);

}  // namespace vigie::collect
