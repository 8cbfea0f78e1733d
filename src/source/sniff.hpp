// sniff.hpp: what bytes are, told from the bytes first and the name second. Threads: pure functions.
// After: WHATWG MIME Sniffing (https://mimesniff.spec.whatwg.org/), cut down to what is read here.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace vigie::source {

enum class Format : uint8_t {
  empty,
  html,
  text,
  jsonl,        // one JSON object a line
  json_object,  // one JSON object over several lines
  feed,         // RSS, Atom, RDF or JSON Feed
  warc,
  arc,
  other_xml,  // XML that is neither a page nor a feed (a sitemap, OPML, SVG)
  json_array,
  binary,
};

// How much of the beginning sniff() looks at; more is ignored.
inline constexpr size_t kSniffBytes = 4096;

// `name` is a path or URL, or empty; its extension only decides between kinds of text.
Format sniff(std::string_view head, std::string_view name);

// What it was, for an error: "a PDF document", "a JPEG image", "binary data", "an XML document <urlset>".
inline constexpr std::string_view kUnknownData = "binary data";
std::string describe(std::string_view head, Format);

// What stands behind an XML prolog ("<?…?>", comments, a DOCTYPE with its subset, blanks); empty where it never ends.
std::string_view skip_prolog(std::string_view);

// The payload without a UTF-8 byte order mark and leading white space.
std::string_view skip_blank(std::string_view);

}  // namespace vigie::source
