// resume.hpp: how far a large archive has been kept, so that an interrupted `vigie ingest` of it goes on where it
// stopped. Kept in sources.db by path, size and time of change: another file of the same name begins anew. A help, not
// a truth: where it cannot be read or written, reading begins at the beginning, and keeping again changes nothing.
// Threads: confined to one.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

#include "collect/book.hpp"

namespace vigie::cli {

class Resume {
 public:
  // For WARC and ARC files (by name) of a mebibyte and more; for anything else it remembers nothing.
  Resume(std::string const& data, std::string const& path);

  uint64_t position() const { return position_; }  // of the last record known to be kept; 0: none
  void reached(uint64_t position);                 // that item is durable; written down every two seconds
  void finished();                                 // the archive was read to its end
  void interrupted();                              // it was not

 private:
  std::unique_ptr<collect::SourceBook> book_;
  std::string identity_;
  uint64_t position_ = 0, written_ = 0;
  std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
};

}  // namespace vigie::cli
