// gzip by isa-l: it streams at twice zlib's speed and stops exactly behind a member's trailer (RFC 1952).
#include <isa-l/igzip_lib.h>

#include <algorithm>
#include <limits>

#include "source/decoder.hpp"

namespace vigie::source {
namespace {

std::string_view reason(int code) {
  switch (code) {
    case ISAL_INVALID_WRAPPER:
      return "not a gzip member";
    case ISAL_UNSUPPORTED_METHOD:
      return "an unknown compression method";
    case ISAL_INCORRECT_CHECKSUM:
      return "the checksum does not agree";
    default:
      return "the compressed bytes are damaged";
  }
}

uint32_t clamp32(size_t n) { return static_cast<uint32_t>(std::min<size_t>(n, std::numeric_limits<int32_t>::max())); }

class GzipDecoder final : public Decoder {
 public:
  GzipDecoder() { restart(); }
  std::string_view name() const override { return "gzip"; }
  std::string_view magic() const override { return "\x1f\x8b\x08"; }

  void restart() override {
    isal_inflate_init(&state_);
    state_.crc_flag = ISAL_GZIP;
  }

  Result<Step> step(std::string_view in, char* out, size_t room) override {
    uint32_t const given = clamp32(in.size()), space = clamp32(room);
    state_.next_in = reinterpret_cast<uint8_t*>(const_cast<char*>(in.data()));
    state_.avail_in = given;
    state_.next_out = reinterpret_cast<uint8_t*>(out);
    state_.avail_out = space;
    int const code = isal_inflate(&state_);
    if (code < 0) return fail(Errc::corrupt, std::string(reason(code)));
    return Step{.consumed = given - state_.avail_in,
                .produced = space - state_.avail_out,
                .finished = state_.block_state == ISAL_BLOCK_FINISH};
  }

 private:
  inflate_state state_;
};

}  // namespace

std::unique_ptr<Decoder> gzip_decoder() { return std::make_unique<GzipDecoder>(); }

}  // namespace vigie::source
