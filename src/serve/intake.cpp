#include "serve/intake.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "collect/keep.hpp"
#include "serve/turn.hpp"
#include "serve/url.hpp"

namespace vigie::serve {
namespace {

// A file that exists in memory only, closed at the end.
class MemoryFile {
 public:
  static Result<MemoryFile> holding(std::string_view bytes) {
    MemoryFile file(memfd_create("upload", MFD_CLOEXEC));
    while (file.descriptor_ >= 0 && !bytes.empty()) {
      auto const written = write(file.descriptor_, bytes.data(), bytes.size());
      if (written <= 0) return fail(Errc::io, std::string("cannot hold an upload: ") + std::strerror(errno));
      bytes.remove_prefix(static_cast<size_t>(written));
    }
    if (file.descriptor_ < 0 || lseek(file.descriptor_, 0, SEEK_SET) != 0) {
      return fail(Errc::io, std::string("cannot hold an upload: ") + std::strerror(errno));
    }
    return file;
  }
  MemoryFile(MemoryFile&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  MemoryFile& operator=(MemoryFile&&) = delete;
  ~MemoryFile() {
    if (descriptor_ >= 0) close(descriptor_);
  }
  int descriptor() const { return descriptor_; }

 private:
  explicit MemoryFile(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};

// Adds what the uploader knows to captures that do not know it.
class KnowingReader final : public source::Reader {
 public:
  KnowingReader(source::Reader& inner, Upload const& upload) : inner_(inner), upload_(upload) {}

  std::optional<source::Item> next() override {
    auto item = inner_.next();
    if (!item || !item->capture || item->position > 1) return item;
    auto& capture = *item->capture;
    bool const is_page = capture.media == source::Media::html || capture.media == source::Media::text;
    if (is_page && capture.url.empty()) capture.url = upload_.url;
    if (is_page && capture.content_type.empty()) capture.content_type = upload_.content_type;
    return item;
  }
  source::Progress progress() const override { return inner_.progress(); }

 private:
  source::Reader& inner_;
  Upload const& upload_;
};

}  // namespace

Result<Received> Intake::read(source::Reader& reader) {
  Received received;
  auto const each = [&](engine::ItemOutcome const& item) {
    if (received.items.size() < kToldMax) received.items.push_back(item);
  };
  VIGIE_TRY(received.totals, store_.ingest(reader, each, [](source::Progress) {}, std::stop_token()));
  return received;
}

Result<Received> Intake::take(Upload const& upload) {
  Turn const turn(under_way_, kAtOnce);
  if (!turn.granted()) return fail(Errc::busy, "other uploads are being read; try again in a moment");
  VIGIE_TRY(auto const file, MemoryFile::holding(upload.bytes));
  VIGIE_TRY(auto const reader, source::open_descriptor(file.descriptor(), upload.name));
  KnowingReader knowing(*reader, upload);
  return read(knowing);
}

Result<Received> Intake::fetch(Watch& watch, std::string const& url) {
  auto captures = watch.fetch(url);
  if (!captures) {
    if (captures.error().code == Errc::busy) return tl::unexpected<Error>(captures.error());
    Received refused;
    refused.totals.error = 1;
    refused.items.push_back({url, 0, {}, engine::ItemStatus::error, captures.error().message});
    return refused;
  }
  std::vector<source::Item> items;
  for (auto& one : *captures) items.push_back({.input = url, .position = 0, .capture = std::move(one)});
  collect::CaptureReader reader(std::move(items));
  return read(reader);
}

}  // namespace vigie::serve
