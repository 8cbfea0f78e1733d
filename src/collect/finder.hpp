// finder.hpp: from an address a person gives to the sources worth watching there: the address itself where it is a feed
// or a sitemap, else what its page names, the usual places, and the sitemaps of its robots.txt. Each offer is fetched
// once, so that what is said of it is true. Fetches under the same manners as collecting.
// Threads: blocks its caller; one at a time.
#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "collect/book.hpp"
#include "collect/collector.hpp"

namespace vigie::collect {

struct Finding {
  NewSource source;
  uint64_t entries = 0;
  std::string problem{};  // a warning; empty mostly
};

struct Findings {
  std::vector<Finding> found;  // best first: a feed the page names, other feeds, news sitemaps, the page itself
  std::string problem;         // why nothing was, where nothing was
};

Result<Findings> find_sources(std::string const& url, CollectOptions const&, std::stop_token);

// What a source gives now: its entries and what is doubtful, without keeping anything.
Result<Finding> check_source(Source const&, CollectOptions const&, std::stop_token);

// One page as a capture. Errors: io and unsupported with the reason (walls, robots.txt, networks that are refused).
Result<source::Capture> fetch_page(std::string const& url, CollectOptions const&, std::stop_token);

}  // namespace vigie::collect
