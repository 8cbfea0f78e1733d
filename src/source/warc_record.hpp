// warc_record.hpp: one WARC record held whole in memory, and what it means: a capture, something to pass over, or
// something that cannot be used. Threads: pure functions. Source: ISO 28500:2017 (WARC 1.1); IIPC's 1.0 differs in the
// precision of dates only. What Vigie itself writes is in warc_writer.hpp.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "source/http_message.hpp"
#include "source/reader.hpp"

namespace vigie::source {

// A record's header may not be longer; what is longer is no record.
inline constexpr size_t kWarcHeaderMax = size_t{64} << 10;

struct WarcHeaderView {
  size_t size = 0;  // of the header, with the empty line behind it
  HeaderFieldsView fields;
  uint64_t content_length = 0;

  std::string_view type() const { return fields.get("WARC-Type"); }
  // WARC-Target-URI without the angle brackets that one version of the standard's examples put around it.
  std::string_view target_uri() const;
};

// `bytes` begins with "WARC/" and holds the whole header. Errors: corrupt (no usable Content-Length).
Result<WarcHeaderView> parse_warc_header(std::string_view bytes);

// The captures in a record: none for what is passed over in silence (warcinfo, request, metadata, DNS, continuation),
// one for a page, several for a feed. Errors: unsupported (HTTP errors, images, revisits, ...), over_limit, corrupt.
Result<std::vector<Capture>> captures_of(WarcHeaderView const&, std::string_view block, Limits const&);

// Whether a record may stand in an archive as it is: it says all that WARC 1.0 and 1.1 ask for, and read_kept_record()
// gives `capture`, the only one in it, back.
bool is_kept_as_is(std::string_view record, WarcHeaderView const&, Capture const&);

// The capture in a record that was kept, be it of warc_of() or as it was found; nullopt where it holds none. Judges
// nothing: what was once kept is read by every later version.
std::optional<Capture> read_kept_record(WarcHeaderView const&, std::string_view block);

// The captures in an HTTP answer as archives store it, with its status line and headers. `whole` says where it is from.
// Errors: likewise.
Result<std::vector<Capture>> captures_of_http(Capture whole, std::string_view answer, Limits const&);

// A payload told from its bytes and its declared type. Feeds are taken apart. Errors: unsupported, invalid_input
// (empty).
Result<std::vector<Capture>> captures_of_payload(Capture whole, std::string_view name);

}  // namespace vigie::source
