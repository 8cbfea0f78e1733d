// decoder.hpp: one compressed part (a gzip member, a zstd or lz4 frame, a brotli stream) undone step by step. The
// implementations are the only files that know isa-l, libzstd, liblz4 and libbrotli. Threads: one at a time.
#pragma once

#include <memory>
#include <string_view>

#include "base/result.hpp"

namespace vigie::source {

class Decoder {
 public:
  struct Step {
    size_t consumed = 0, produced = 0;
    bool finished = false;  // the part is whole and its checksum agrees
  };

  virtual ~Decoder() = default;
  virtual std::string_view name() const = 0;   // "gzip"
  virtual std::string_view magic() const = 0;  // the bytes every part begins with
  // Ready for the first byte of a part.
  virtual void restart() = 0;
  // Errors: corrupt; unsupported (an option of the format that is not read).
  virtual Result<Step> step(std::string_view in, char* out, size_t room) = 0;
};

std::unique_ptr<Decoder> gzip_decoder();
std::unique_ptr<Decoder> zstd_decoder();
std::unique_ptr<Decoder> lz4_decoder();
std::unique_ptr<Decoder> brotli_decoder();  // without magic: a content encoding only

}  // namespace vigie::source
