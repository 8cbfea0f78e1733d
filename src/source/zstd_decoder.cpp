// zstd by libzstd (RFC 8878). The window is bounded, so that a frame cannot ask for gigabytes. The dictionary frame of
// .warc.zst files (IIPC "zstd compression for WARC", a skippable frame before the first record) is put to use.
#include <zstd.h>

#include <algorithm>
#include <string>

#include "base/coding.hpp"
#include "source/decoder.hpp"

namespace vigie::source {
namespace {

constexpr int kWindowLogMax = 27;                  // 128 MiB, what `zstd` itself accepts without being told
constexpr uint32_t kDictionaryFrame = 0x184D2A5D;  // a skippable frame's magic
constexpr size_t kDictionaryMax = size_t{16} << 20;

class ZstdDecoder final : public Decoder {
 public:
  ZstdDecoder() : context_(ZSTD_createDCtx()) { ZSTD_DCtx_setParameter(context_, ZSTD_d_windowLogMax, kWindowLogMax); }
  ~ZstdDecoder() override { ZSTD_freeDCtx(context_); }
  ZstdDecoder(ZstdDecoder const&) = delete;
  ZstdDecoder& operator=(ZstdDecoder const&) = delete;

  std::string_view name() const override { return "zstd"; }
  std::string_view magic() const override { return "\x28\xb5\x2f\xfd"; }

  void restart() override {
    ZSTD_DCtx_reset(context_, ZSTD_reset_session_only);
    header_.clear();
    frame_left_ = 0;
    state_ = State::magic;
  }

  Result<Step> step(std::string_view in, char* out, size_t room) override {
    size_t consumed = 0;
    while (state_ != State::frame) {  // the first eight bytes are held back until they tell what the frame is
      if (consumed == in.size()) return Step{.consumed = consumed};
      if (state_ == State::skippable) return skip(in.substr(consumed), consumed);
      header_ += in[consumed++];
      if (header_.size() == 4 && !is_skippable()) state_ = State::frame;
      if (header_.size() == 8) start_skippable();
      if (frame_left_ > kDictionaryMax && is_dictionary()) return fail(Errc::over_limit, "a dictionary beyond 16 MiB");
    }
    VIGIE_CHECK(feed_header(out, room));
    ZSTD_inBuffer input{in.data(), in.size(), consumed};
    ZSTD_outBuffer output{out, room, 0};
    size_t const hint = ZSTD_decompressStream(context_, &output, &input);
    if (ZSTD_isError(hint)) return fail(Errc::corrupt, ZSTD_getErrorName(hint));
    return Step{.consumed = input.pos, .produced = output.pos, .finished = hint == 0};
  }

 private:
  enum class State : uint8_t { magic, skippable, frame };

  bool is_skippable() const { return (ByteCursor(header_).fixed<uint32_t>() & 0xFFFFFFF0u) == 0x184D2A50u; }
  bool is_dictionary() const { return ByteCursor(header_).fixed<uint32_t>() == kDictionaryFrame; }

  void start_skippable() {
    frame_left_ = ByteCursor(std::string_view(header_).substr(4)).fixed<uint32_t>();
    state_ = State::skippable;
    dictionary_.clear();
  }

  Result<Step> skip(std::string_view in, size_t consumed) {
    auto const part = in.substr(0, std::min<uint64_t>(in.size(), frame_left_));
    if (is_dictionary()) dictionary_ += part;
    frame_left_ -= part.size();
    if (frame_left_ == 0 && is_dictionary()) VIGIE_CHECK(load_dictionary());
    return Step{.consumed = consumed + part.size(), .finished = frame_left_ == 0};
  }

  // The dictionary may itself be a zstd frame.
  Status load_dictionary() {
    if (dictionary_.starts_with(magic())) {
      std::string plain(kDictionaryMax, '\0');
      size_t const size = ZSTD_decompress(plain.data(), plain.size(), dictionary_.data(), dictionary_.size());
      if (ZSTD_isError(size)) return fail(Errc::corrupt, std::string("the dictionary: ") + ZSTD_getErrorName(size));
      plain.resize(size);
      dictionary_ = std::move(plain);
    }
    size_t const code = ZSTD_DCtx_loadDictionary(context_, dictionary_.data(), dictionary_.size());
    if (ZSTD_isError(code)) return fail(Errc::corrupt, std::string("the dictionary: ") + ZSTD_getErrorName(code));
    return {};
  }

  Status feed_header(char* out, size_t room) {
    if (header_.empty()) return {};
    ZSTD_inBuffer input{header_.data(), header_.size(), 0};
    ZSTD_outBuffer output{out, room, 0};
    size_t const hint = ZSTD_decompressStream(context_, &output, &input);
    header_.clear();
    if (ZSTD_isError(hint)) return fail(Errc::corrupt, ZSTD_getErrorName(hint));
    return {};
  }

  ZSTD_DCtx* context_;
  State state_ = State::magic;
  std::string header_;
  uint64_t frame_left_ = 0;
  std::string dictionary_;
};

}  // namespace

std::unique_ptr<Decoder> zstd_decoder() { return std::make_unique<ZstdDecoder>(); }

}  // namespace vigie::source
