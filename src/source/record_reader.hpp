// record_reader.hpp: the captures of an archive of records, plain or compressed by record or as a whole. Damage costs
// the record it is in: the reader reports it and goes on at the next compressed part or at the next line that begins a
// record. What a record looks like, a RecordForm says (warc_reader.hpp, arc_reader.hpp). Position: where the record
// begins in the file; inside a part that holds several (a file compressed as a whole), its offset in the decoded bytes.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "source/reader.hpp"
#include "source/warc_record.hpp"
#include "source/window.hpp"

namespace vigie::source {

struct RecordFrame {
  size_t header_size = 0;
  uint64_t block_size = 0;
};

// Pure functions of bytes. A form belongs to one reader.
class RecordForm {
 public:
  enum class Begins : uint8_t { no, perhaps, yes };  // perhaps: more bytes would tell

  virtual ~RecordForm() = default;
  virtual std::string_view part_magic() const = 0;  // what a compressed part's content begins with
  virtual size_t shortest() const = 0;              // behind a lost record's first bytes the search goes on
  virtual Begins begins(std::string_view) const = 0;
  virtual bool has_header(std::string_view) const = 0;  // the header's end stands in these bytes
  // Precondition: has_header(). Errors: corrupt.
  virtual Result<RecordFrame> frame(std::string_view) const = 0;
  // Of one whole record. Errors: as captures_of(), with the address in the message.
  virtual Result<std::vector<Capture>> captures(std::string_view record, size_t header_size, Limits const&) = 0;
  // Whether the record may be kept as it is, because this capture can be read from it again.
  virtual bool gives_back(std::string_view /*record*/, Capture const&) const { return false; }
  // Where the next line begins that may begin a record; else npos, and how many bytes at the end must be `keep`t.
  virtual size_t find(std::string_view, size_t& keep) const = 0;
};

std::unique_ptr<Reader> record_reader(std::unique_ptr<RecordForm>, Window, std::string input, Limits);

}  // namespace vigie::source
