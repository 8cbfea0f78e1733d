// poll.hpp: what an answer of a source says: its entries, and what to remember of it. Threads: pure functions.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "collect/book.hpp"
#include "collect/visitor.hpp"

namespace vigie::collect {

struct Reading {
  std::vector<Entry> entries;
  std::vector<std::string> sitemaps;  // of an index: those worth asking for now
  std::vector<int64_t> published;     // of all entries that say so
  std::string title, site;
  std::string hub, topic;   // WebSub: who tells of news of this feed, under which address
  std::string problem;      // empty: understood without a doubt
  bool understood = false;  // it is what the source should be
  bool baseline = false;    // too much and undated: on a first poll it is remembered, not fetched
};

// `url` is where the bytes came from. Never fails.
Reading read_source(SourceKind, int64_t source, FetchAnswer const&, std::string const& url, int64_t now_s);

// What an address offers when a person gives it: the kind of source it is itself, if it is one.
enum class Offered : uint8_t { nothing, feed, sitemap, page };
Offered what_is(FetchAnswer const&, std::string const& url);

}  // namespace vigie::collect
