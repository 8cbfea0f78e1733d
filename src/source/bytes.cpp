#include "source/bytes.hpp"

#include <algorithm>
#include <optional>
#include <string>

#include "source/decoder.hpp"

namespace vigie::source {
namespace {

// Below this many decoded bytes a part is never called a bomb: short runs of one letter compress as well as any bomb.
constexpr uint64_t kBombFloor = uint64_t{1} << 20;
// Compressed bytes that may be read twice while looking for the next part, over a whole file. It bounds the work that
// overlapping damaged parts could otherwise ask for.
constexpr uint64_t kReread = uint64_t{16} << 20;

class PlainBytes final : public Bytes {
 public:
  explicit PlainBytes(std::unique_ptr<RawFile> file) : file_(std::move(file)) {}
  Result<size_t> read(char* out, size_t room) override { return file_->read(out, room); }
  uint64_t part_offset() const override { return 0; }
  Result<bool> resync(std::string_view) override { return false; }
  bool has_parts() const override { return false; }
  Progress progress() const override { return {file_->offset(), file_->size()}; }

 private:
  std::unique_ptr<RawFile> file_;
};

class PartBytes final : public Bytes {
 public:
  PartBytes(std::unique_ptr<RawFile> file, std::unique_ptr<Decoder> decoder, Limits const& limits)
      : file_(std::move(file)),
        decoder_(std::move(decoder)),
        expansion_(limits.expansion),
        holds_members_(decoder_->name() == "gzip") {}

  Result<size_t> read(char* out, size_t room) override {
    if (failed_) return tl::unexpected<Error>(*failed_);
    while (true) {
      VIGIE_TRY(auto const in, file_->peek(1));
      if (in.empty()) {
        if (inside_) return damaged(Errc::corrupt, "the file ends inside it");
        return 0;
      }
      if (!inside_) start();
      auto const step = decoder_->step(in, out, room);
      if (!step) return damaged(step.error().code, step.error().message);
      if (holds_members_) present_.take(in.substr(0, step->consumed));
      file_->consume(step->consumed);
      produced_ += step->produced;
      inside_ = !step->finished;
      present_.whole = step->finished;
      if (produced_ > kBombFloor && produced_ / expansion_ > file_->offset() - part_offset_) {
        return damaged(Errc::over_limit, "it expands more than " + std::to_string(expansion_) + " times");
      }
      if (step->produced > 0) return step->produced;
    }
  }

  uint64_t part_offset() const override { return part_offset_; }
  bool has_parts() const override { return true; }
  Progress progress() const override { return {file_->offset(), file_->size()}; }

  std::string_view member(uint64_t part) const override {
    for (auto const* held : {&present_, &before_}) {
      if (held->whole && held->offset == part) return held->bytes;
    }
    return {};
  }

  Result<bool> resync(std::string_view magic) override {
    uint64_t const behind = part_offset_ + 1;
    if (file_->offset() < behind) {
      file_->consume(1);  // the damage showed in the first step, before anything was consumed
    } else if (uint64_t const again = file_->offset() - behind; reread_ + again <= kReread && file_->rewind(behind)) {
      reread_ += again;
    }
    inside_ = false;
    failed_.reset();
    while (true) {
      VIGIE_TRY(auto const view, file_->peek(RawFile::kBuffer));
      size_t const at = view.find(decoder_->magic());
      if (at == std::string_view::npos) {
        size_t const tail = decoder_->magic().size() - 1;
        if (view.size() <= tail) return false;
        file_->consume(view.size() - tail);
        if (view.size() < RawFile::kBuffer) return false;
        continue;
      }
      if (at > 0) {
        file_->consume(at);
        continue;  // so that the candidate has the whole buffer behind it
      }
      if (begins_with(view, magic)) return true;
      file_->consume(1);
    }
  }

 private:
  // Who reads looks a step behind a record's end, so that the part before the present one is still wanted.
  struct Held {
    uint64_t offset = 0;
    std::string bytes{};
    bool whole = false, too_long = false;

    void take(std::string_view more) {
      too_long |= bytes.size() + more.size() > kMemberMax;
      too_long ? bytes.clear() : static_cast<void>(bytes.append(more));
    }
  };

  void start() {
    decoder_->restart();
    part_offset_ = file_->offset();
    produced_ = 0;
    std::swap(present_, before_);
    present_.offset = part_offset_;
    present_.bytes.clear();
    present_.whole = present_.too_long = false;
  }

  tl::unexpected<Error> damaged(Errc code, std::string const& why) {
    failed_ = Error{code, "the " + std::string(decoder_->name()) + " part at byte " + std::to_string(part_offset_) +
                              " cannot be read: " + why};
    return tl::unexpected<Error>(*failed_);
  }

  bool begins_with(std::string_view in, std::string_view magic) {
    std::string start(magic.size(), '\0');
    size_t filled = 0;
    decoder_->restart();
    while (filled < start.size() && !in.empty()) {
      auto const step = decoder_->step(in, start.data() + filled, start.size() - filled);
      if (!step || (step->consumed == 0 && step->produced == 0)) return false;
      in.remove_prefix(step->consumed);
      filled += step->produced;
      if (step->finished) break;
    }
    return filled == start.size() && start == magic;
  }

  std::unique_ptr<RawFile> file_;
  std::unique_ptr<Decoder> decoder_;
  uint64_t expansion_;
  bool holds_members_;
  Held present_, before_;
  bool inside_ = false;
  std::optional<Error> failed_;  // what read() says until resync()
  uint64_t part_offset_ = 0;
  uint64_t produced_ = 0;  // of the present part
  uint64_t reread_ = 0;
};

bool is_zstd(std::string_view head) {
  bool const skippable = head.size() >= 4 && (head[0] & '\xf0') == '\x50' && head.substr(1, 3) == "\x2a\x4d\x18";
  return skippable || head.starts_with("\x28\xb5\x2f\xfd");
}

}  // namespace

Result<std::unique_ptr<Bytes>> open_bytes(std::unique_ptr<RawFile> file, Limits const& limits) {
  VIGIE_TRY(auto const head, file->peek(8));
  if (head.starts_with("\x1f\x8b")) return std::make_unique<PartBytes>(std::move(file), gzip_decoder(), limits);
  if (head.starts_with("\x04\x22\x4d\x18")) return std::make_unique<PartBytes>(std::move(file), lz4_decoder(), limits);
  if (is_zstd(head)) return std::make_unique<PartBytes>(std::move(file), zstd_decoder(), limits);
  return std::make_unique<PlainBytes>(std::move(file));
}

}  // namespace vigie::source
