// feed.hpp: RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0, JSON Feed: one document -> one Feed, and one document -> one small
// document per entry, so that each entry can be kept and read again by itself.
// Hostile input: no entity is ever expanded but the five of XML and the named ones of HTML, depth and sizes are
// bounded, and what is ill-formed is read up to where nothing more can be understood. Threads: pure functions. Sources:
// RSS Advisory Board 2.0.11; RSS 1.0 (web.resource.org); RFC 4287; jsonfeed.org/version/1.1; Media RSS 1.5.1.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "source/capture.hpp"

namespace vigie::source {

// Text fields named …_html are HTML fragments whatever the feed called them (plain text is escaped): parse them as HTML
// to get their text. They may hold anything, scripts included. All strings are valid UTF-8. Absent is empty.
struct FeedEntry {
  std::string id;    // guid, atom:id, rdf:about; as given, not necessarily a URL
  std::string link;  // the entry's page, resolved against xml:base or the feed's own link where relative
  std::string title_html;
  std::string summary_html;             // description, atom:summary; may be the whole text where there is no content
  std::string content_html;             // content:encoded, atom:content, content_html
  std::vector<std::string> authors;     // plain names, as given, without the mail address of RSS 2.0's author
  std::vector<std::string> categories;  // plain labels
  std::optional<Time> published, updated;
  std::string image;  // URL: media:content or media:thumbnail, an image enclosure, JSON Feed's image
};

struct Feed {
  enum class Format : uint8_t { unknown, rss, rdf, atom, json };
  Format format = Format::unknown;
  std::string title_html;
  std::string link;                // the site's page
  std::string language;            // as given: "fr-FR"
  std::string hub, self;           // WebSub: who tells of news, and the feed's own address there
  std::vector<FeedEntry> entries;  // in document order
  std::string problem;  // what stopped the reading or had to be mended, for a person; empty for a clean document
};

struct FeedLimits {
  uint32_t depth = 256;        // elements inside elements; deeper ones stop the reading
  uint32_t entries = 100'000;  // of one document
  std::string_view base{};     // where the document came from: what relative links are seen from at the last
};

// Never fails: an unreadable document has no entries and a `problem`. `bytes` may be in any charset the XML declaration
// or a byte order mark names. Cost: linear.
Feed parse_feed(std::string_view bytes, FeedLimits = {});

// The document taken apart: one capture per entry (media feed_entry, url = the entry's link), each body a feed document
// of its own in UTF-8 with the channel's title, link and language. parse_feed() of such a body has exactly one entry,
// equal to the entry in the whole. `problem` is Feed::problem.
struct SplitFeed {
  std::vector<Capture> entries;
  std::string problem;
};
SplitFeed split_feed(std::string_view bytes, FeedLimits = {});

// RFC 822 as feeds write it ("Fri, 07 Sep 2018 18:42:00 +0200", two-digit years, named zones, no seconds, English or
// missing day names), or RFC 3339. nullopt where the text is neither.
std::optional<Time> parse_feed_date(std::string_view);

}  // namespace vigie::source
