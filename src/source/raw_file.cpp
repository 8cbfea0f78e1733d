#include "source/raw_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace vigie::source {

RawFile::RawFile(int descriptor, bool owned, std::string name)
    : descriptor_(descriptor),
      owned_(owned),
      name_(std::move(name)),
      buffer_(std::make_unique_for_overwrite<char[]>(kBuffer)) {
  struct stat info{};
  if (::fstat(descriptor_, &info) == 0 && S_ISREG(info.st_mode)) {
    off_t const start = ::lseek(descriptor_, 0, SEEK_CUR);  // not 0 where a shell has read some of it already
    seekable_ = start == 0;
    size_ = static_cast<uint64_t>(info.st_size);
    if (start > 0) buffer_offset_ = static_cast<uint64_t>(start);
  }
}

RawFile::~RawFile() {
  if (owned_) ::close(descriptor_);
}

Result<std::unique_ptr<RawFile>> RawFile::open(std::string const& path) {
  // O_NONBLOCK so that opening a named pipe without a writer cannot hang; regular files do not know it.
  int const descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (descriptor < 0) return fail_errno("cannot open " + path);
  std::unique_ptr<RawFile> file(new RawFile(descriptor, true, path));
  struct stat info{};
  if (::fstat(descriptor, &info) != 0) return fail_errno("cannot read the size of " + path);
  if (!S_ISREG(info.st_mode)) {
    if (!S_ISFIFO(info.st_mode)) return fail(Errc::invalid_input, path + " is not a regular file");
    ::fcntl(descriptor, F_SETFL, ::fcntl(descriptor, F_GETFL) & ~O_NONBLOCK);
  }
  if (S_ISREG(info.st_mode)) ::posix_fadvise(descriptor, 0, 0, POSIX_FADV_SEQUENTIAL);
  return file;
}

std::unique_ptr<RawFile> RawFile::adopt(int descriptor, std::string name) {
  return std::unique_ptr<RawFile>(new RawFile(descriptor, false, std::move(name)));
}

Result<size_t> RawFile::read_some(char* out, size_t room) {
  while (true) {
    ssize_t const n = ::read(descriptor_, out, room);
    if (n >= 0) return static_cast<size_t>(n);
    if (errno != EINTR) return fail_errno("cannot read " + name_);
  }
}

Result<std::string_view> RawFile::peek(size_t wanted) {
  wanted = std::min(wanted, kBuffer);
  while (end_ - begin_ < wanted) {
    if (begin_ + wanted > kBuffer || begin_ == end_) {
      std::memmove(buffer_.get(), buffer_.get() + begin_, end_ - begin_);
      buffer_offset_ += begin_;
      end_ -= begin_;
      begin_ = 0;
    }
    VIGIE_TRY(size_t const n, read_some(buffer_.get() + end_, kBuffer - end_));
    if (n == 0) break;
    end_ += n;
  }
  return std::string_view(buffer_.get() + begin_, end_ - begin_);
}

void RawFile::consume(size_t size) { begin_ += std::min(size, end_ - begin_); }

Result<size_t> RawFile::read(char* out, size_t room) {
  if (begin_ < end_) {
    size_t const n = std::min(room, end_ - begin_);
    std::memcpy(out, buffer_.get() + begin_, n);
    begin_ += n;
    return n;
  }
  VIGIE_TRY(size_t const n, read_some(out, room));
  buffer_offset_ += begin_ + n;
  begin_ = end_ = 0;
  return n;
}

bool RawFile::rewind(uint64_t offset) {
  if (offset >= buffer_offset_ && offset <= buffer_offset_ + begin_) {
    begin_ = static_cast<size_t>(offset - buffer_offset_);
    return true;
  }
  if (!seekable_ || offset > this->offset() || ::lseek(descriptor_, static_cast<off_t>(offset), SEEK_SET) < 0)
    return false;
  buffer_offset_ = offset;
  begin_ = end_ = 0;
  return true;
}

bool RawFile::skip_to(uint64_t offset) {
  if (!seekable_ || offset >= size_ || ::lseek(descriptor_, static_cast<off_t>(offset), SEEK_SET) < 0) return false;
  buffer_offset_ = offset;
  begin_ = end_ = 0;
  return true;
}

}  // namespace vigie::source
