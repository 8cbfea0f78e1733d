// brotli by libbrotlidec (RFC 7932). Only ever a content encoding: it has no magic, so no file is known by it. The
// window is 16 MiB at most (large windows stay off).
#include <brotli/decode.h>

#include "source/decoder.hpp"

namespace vigie::source {
namespace {

class BrotliDecoder final : public Decoder {
 public:
  BrotliDecoder() : state_(BrotliDecoderCreateInstance(nullptr, nullptr, nullptr)) {}
  ~BrotliDecoder() override { BrotliDecoderDestroyInstance(state_); }
  BrotliDecoder(BrotliDecoder const&) = delete;
  BrotliDecoder& operator=(BrotliDecoder const&) = delete;

  std::string_view name() const override { return "br"; }
  std::string_view magic() const override { return {}; }

  void restart() override {
    BrotliDecoderDestroyInstance(state_);
    state_ = BrotliDecoderCreateInstance(nullptr, nullptr, nullptr);
  }

  Result<Step> step(std::string_view in, char* out, size_t room) override {
    size_t in_left = in.size(), out_left = room;
    auto const* next_in = reinterpret_cast<uint8_t const*>(in.data());
    auto* next_out = reinterpret_cast<uint8_t*>(out);
    auto const result = BrotliDecoderDecompressStream(state_, &in_left, &next_in, &out_left, &next_out, nullptr);
    if (result == BROTLI_DECODER_RESULT_ERROR) {
      return fail(Errc::corrupt, BrotliDecoderErrorString(BrotliDecoderGetErrorCode(state_)));
    }
    return Step{.consumed = in.size() - in_left,
                .produced = room - out_left,
                .finished = result == BROTLI_DECODER_RESULT_SUCCESS};
  }

 private:
  BrotliDecoderState* state_;
};

}  // namespace

std::unique_ptr<Decoder> brotli_decoder() { return std::make_unique<BrotliDecoder>(); }

}  // namespace vigie::source
