// bytes.hpp: decoded bytes, forward only. What is compressed comes in parts (gzip members, zstd frames) that can be
// found again behind a damaged one; what is not is a single part. Threads: one at a time.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "base/result.hpp"
#include "source/raw_file.hpp"
#include "source/reader.hpp"

namespace vigie::source {

inline constexpr size_t kMemberMax = size_t{4} << 20;  // a larger one is not held

class Bytes {
 public:
  virtual ~Bytes() = default;
  // The next bytes, never of two parts at once; 0 at the end. Errors: io; corrupt or over_limit (a bomb) for this part:
  // then only resync() leads on.
  virtual Result<size_t> read(char* out, size_t room) = 0;
  // Where in the file the part begins that the last read() dealt with.
  virtual uint64_t part_offset() const = 0;
  // Leaves the present part for the next one behind it whose content begins with `magic`. False where there is none.
  virtual Result<bool> resync(std::string_view magic) = 0;
  virtual bool has_parts() const = 0;
  // The compressed bytes of the part that begins there, where it is a gzip member of at most kMemberMax that was read
  // to its end, checksum and all, and is one of the last two; else empty. Lives until the next read().
  virtual std::string_view member(uint64_t /*part*/) const { return {}; }
  virtual Progress progress() const = 0;
};

// Tells gzip, zstd and plain from the first bytes. Errors: io, and unsupported for a compression read by no one here.
Result<std::unique_ptr<Bytes>> open_bytes(std::unique_ptr<RawFile>, Limits const&);

}  // namespace vigie::source
