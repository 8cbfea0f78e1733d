// http_message.hpp: header fields, as WARC and HTTP share them, and an HTTP answer taken out of the record that holds
// it. Hostile input: sizes are bounded by the view; bodies never grow beyond the given limits. Threads: pure functions.
// Sources: RFC 9110, RFC 9112 (chunked), RFC 1950-1952, 7932, 8878.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "source/reader.hpp"

namespace vigie::source {

// The fields behind a start line, in order. Views live as long as the bytes that were parsed.
class HeaderFieldsView {
 public:
  // Reads "name: value" lines; continuation lines belong to the value; lines without a colon are passed over.
  static HeaderFieldsView parse(std::string_view lines);
  // The first field of that name (ASCII case ignored), trimmed; empty where there is none.
  std::string_view get(std::string_view name) const;
  bool has(std::string_view name) const;

 private:
  struct Field {
    std::string_view name, value;
  };
  std::vector<Field> fields_;
};

// Bytes up to and with the empty line that ends a header block; npos where it is not there. "\n" and "\r\n" both end
// lines.
size_t find_header_end(std::string_view bytes);

struct HttpAnswerView {
  int status = 0;
  std::string_view status_line;  // for messages
  HeaderFieldsView fields;
  std::string_view body;  // as sent: transfer and content encodings still on
};
// nullopt where the bytes do not begin with an HTTP status line. A missing empty line makes everything headers.
std::optional<HttpAnswerView> parse_http_answer(std::string_view block);

// The body with its encodings undone. Archives often hold bodies already decoded under headers that say otherwise: what
// does not look encoded is taken as it is. Errors: unsupported (unknown encodings), over_limit, corrupt.
Result<std::string> decode_body(HttpAnswerView const&, Limits const&);

// The status line and fields of an answer as they are kept beside a body whose encodings have been undone: one line
// each with CRLF, what told of the bytes on their way (Content-Encoding, Transfer-Encoding, Content-Length) under the
// names X-Archive-Orig-…, as other archiving tools have it. Lines that are no fields are dropped; at most 64 KiB are
// kept.
std::string kept_head(std::string_view head);

}  // namespace vigie::source
