// capture.hpp: bytes as they were received, with what is known of how. A leaf record: everything after it can be
// recomputed from it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/time.hpp"

namespace vigie::source {

enum class Media : uint8_t {
  html,        // a page
  text,        // a plain-text scrape or a pasted page
  record,      // one JSON object of a jsonl file, as PRODUCT.md describes it
  feed_entry,  // a whole feed document (RSS, Atom or JSON Feed) that holds exactly one entry
};

struct Capture {
  Media media = Media::html;
  std::string body{};          // the payload: transfer and content encodings undone, charset untouched
  std::string url{};           // target URI; empty where unknown
  std::string content_type{};  // of the HTTP answer, with its charset parameter; empty where unknown
  std::string http_head{};     // status line and fields of the HTTP answer (kept_head()); empty where there was none
  std::optional<Time> seen{};  // when it was received (WARC-Date); absent: the moment it reaches the archive
  // The gzip member of a WARC file whose one record is this capture and gives it back (read_kept_record()), so that it
  // can be kept as it is; else empty. Who changes anything above empties it.
  std::string member{};
};

}  // namespace vigie::source
