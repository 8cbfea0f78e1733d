// warc_writer.hpp: captures as WARC 1.1 records that any tool can replay and that give the capture back exactly.
// Layout: docs/storage.md. A capture that came with an HTTP head is a `response` record, any other a `resource` record
// whose block is the body; what WARC cannot say stands in Vigie-… fields.
// Threads: pure functions; a RecordPacker belongs to one thread.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"
#include "source/capture.hpp"
#include "source/warc_record.hpp"

namespace vigie::source {

// The uncompressed record. `fallback_uri` names what has no URL ("vigie:article/<id>"); `seen` dates what has no date.
std::string warc_of(Capture const&, std::string_view fallback_uri, Time seen);

// The first record of a file: which program wrote it.
std::string warc_info(std::string_view file_name, Time now);

// The capture that warc_of() was given, or nullopt for a record written by another program.
std::optional<Capture> read_own_record(WarcHeaderView const&, std::string_view block);

// One gzip member (RFC 1952) by libdeflate. Level 1 writes 3,200 news pages of 60 KB a second on a core where level 6
// writes 1,200, for 8 % more bytes; on records of 2 KB, 34,000 and 20,000 for 1 %.
class RecordPacker {
 public:
  explicit RecordPacker(int level = 1);
  ~RecordPacker();
  RecordPacker(RecordPacker&&) noexcept;
  RecordPacker& operator=(RecordPacker&&) noexcept;
  // Appends the member to `out`; returns its size.
  size_t pack(std::string_view record, std::string& out);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace vigie::source
