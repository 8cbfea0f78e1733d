// read_single.cpp: one file as one capture. A plain file of a page or a text is read straight into the capture's body;
// what is compressed, piped, an archive or a feed takes the readers' way.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <optional>

#include "base/descriptor.hpp"
#include "source/reader.hpp"
#include "source/sniff.hpp"

namespace vigie::source {
namespace {

// The whole of a regular file of at most `limit` bytes; nothing where it is another thing, cannot be read or changes
// while it is.
std::optional<std::string> whole_file(std::string const& path, uint64_t limit) {
  // O_NONBLOCK so that opening a named pipe without a writer cannot hang; regular files do not know it.
  Descriptor const file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  struct stat info{};
  if (!file.is_open() || ::fstat(file.get(), &info) != 0 || !S_ISREG(info.st_mode)) return {};
  auto const size = static_cast<uint64_t>(info.st_size);
  if (size == 0 || size > limit) return {};
  std::string bytes(size + 1, '\0');  // a byte more, to see that it ends there
  size_t done = 0;
  while (done < bytes.size()) {
    ssize_t const n = ::read(file.get(), bytes.data() + done, bytes.size() - done);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return {};
    if (n == 0) break;
    done += static_cast<size_t>(n);
  }
  if (done != size) return {};
  bytes.resize(size);
  return bytes;
}

std::optional<Media> media_of(Format format) {
  switch (format) {
    case Format::html:
      return Media::html;
    case Format::text:
      return Media::text;
    case Format::json_object:
      return Media::record;
    default:
      return {};
  }
}

}  // namespace

Result<Capture> read_single(std::string const& path, Limits limits) {
  struct stat info{};
  if (::stat(path.c_str(), &info) != 0) return fail_errno("cannot open " + path);
  if (S_ISDIR(info.st_mode)) return fail(Errc::invalid_input, path + " is a folder");
  bool const named_packed = path.ends_with(".gz") || path.ends_with(".zst");
  if (auto bytes = named_packed ? std::nullopt : whole_file(path, limits.record_bytes)) {
    if (auto const media = media_of(sniff(*bytes, path))) {
      Capture capture;
      capture.media = *media;
      capture.body = std::move(*bytes);
      return capture;
    }
  }
  VIGIE_TRY(auto const reader, open_path(path, limits));
  auto item = reader->next();
  if (!item) return fail(Errc::invalid_input, path + " holds nothing to read");
  return std::move(item->capture);
}

}  // namespace vigie::source
