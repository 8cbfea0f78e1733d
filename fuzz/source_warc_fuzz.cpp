// Any bytes as a file or a pipe: reading ends, items are in bounds, and what is a capture of ours can be written and
// read back. The first byte picks the limits.
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstdlib>

#include "source/reader.hpp"
#include "source/warc_writer.hpp"

using namespace vigie;

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

void check_round_trip(source::Capture const& capture) {
  std::string const record = source::warc_of(capture, "vigie:article/x", utc_from_epoch(0));
  auto const header = source::parse_warc_header(record);
  require(header.has_value());
  auto const again =
      source::read_own_record(*header, std::string_view(record).substr(header->size, header->content_length));
  require(again && again->body == capture.body && again->url == capture.url && again->media == capture.media &&
          again->content_type == capture.content_type && again->seen == capture.seen);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(unsigned char const* data, size_t size) {
  if (size == 0) return 0;
  source::Limits const limits{.record_bytes = data[0] % 2 == 0 ? 1u << 20 : 300u, .expansion = 100};
  int const file = ::memfd_create("input", 0);
  require(::write(file, data + 1, size - 1) == static_cast<ssize_t>(size - 1));
  require(::lseek(file, 0, SEEK_SET) == 0);
  auto reader = source::open_descriptor(file, data[0] % 4 < 2 ? "x.warc.gz" : "x", limits);
  if (reader) {
    size_t items = 0;
    while (auto const item = (*reader)->next()) {
      require(++items <= 2 * size + 2);
      if (!item->capture) continue;
      require(item->capture->body.size() <= 4 * limits.record_bytes + 4096);
      check_round_trip(*item->capture);
    }
  }
  ::close(file);
  return 0;
}
