// lz4 frames by liblz4 (LZ4 Frame Format 1.6.3), as FastWARC writes them: a frame a record. Blocks are at most 4 MiB by
// the format, so a frame cannot ask for more. Legacy frames and dictionaries are not read.
#include <lz4frame.h>

#include <algorithm>
#include <string>

#include "source/decoder.hpp"

namespace vigie::source {
namespace {

class Lz4Decoder final : public Decoder {
 public:
  Lz4Decoder() {
    if (LZ4F_isError(LZ4F_createDecompressionContext(&context_, LZ4F_VERSION))) context_ = nullptr;
  }
  ~Lz4Decoder() override { LZ4F_freeDecompressionContext(context_); }
  Lz4Decoder(Lz4Decoder const&) = delete;
  Lz4Decoder& operator=(Lz4Decoder const&) = delete;

  std::string_view name() const override { return "lz4"; }
  std::string_view magic() const override { return "\x04\x22\x4d\x18"; }

  void restart() override {
    if (context_ != nullptr) LZ4F_resetDecompressionContext(context_);
  }

  Result<Step> step(std::string_view in, char* out, size_t room) override {
    if (context_ == nullptr) return fail(Errc::io, "no memory for lz4");
    size_t consumed = in.size(), produced = room;
    size_t const hint = LZ4F_decompress(context_, out, &produced, in.data(), &consumed, nullptr);
    if (LZ4F_isError(hint)) return fail(Errc::corrupt, LZ4F_getErrorName(hint));
    return Step{.consumed = consumed, .produced = produced, .finished = hint == 0};
  }

 private:
  LZ4F_dctx* context_ = nullptr;
};

}  // namespace

std::unique_ptr<Decoder> lz4_decoder() { return std::make_unique<Lz4Decoder>(); }

}  // namespace vigie::source
