// opml.hpp: subscription lists, in and out. Threads: pure functions. Source: OPML 2.0 (opml.org/spec2.opml), 1.0.
// Hostile input: as feed.hpp.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace vigie::source {

struct Subscription {
  std::string url;   // xmlUrl
  std::string site;  // htmlUrl
  std::string title;
  std::string kind;  // type: "rss" mostly; Vigie writes "sitemap" and "page" too
};

struct SubscriptionList {
  std::vector<Subscription> subscriptions;  // in document order, folders flattened, an address once
  std::string problem;
};

SubscriptionList parse_opml(std::string_view bytes, size_t most = 10'000);
std::string write_opml(std::vector<Subscription> const&, std::string_view title);

}  // namespace vigie::source
