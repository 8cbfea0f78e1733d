// raw_file.hpp: the bytes of a file or a pipe, read forward through one bounded buffer. Read, not mapped: a file that
// shrinks while it is read ends early instead of raising SIGBUS, a pipe takes the same path, and resident memory is the
// buffer, whatever the file's size. Threads: one at a time.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace vigie::source {

class RawFile {
 public:
  static constexpr size_t kBuffer = size_t{256} << 10;

  // Errors: not_found, io; a directory or a device is invalid_input.
  static Result<std::unique_ptr<RawFile>> open(std::string const& path);
  // Reads an open descriptor without closing it.
  static std::unique_ptr<RawFile> adopt(int descriptor, std::string name);
  ~RawFile();
  RawFile(RawFile const&) = delete;
  RawFile& operator=(RawFile const&) = delete;

  // At least `wanted` bytes (at most kBuffer) from offset() on, fewer only at the end of the file. The view lives until
  // the next peek() or read().
  Result<std::string_view> peek(size_t wanted);
  void consume(size_t size);
  // Takes bytes out, without passing through the buffer where that is empty. 0 at the end.
  Result<size_t> read(char* out, size_t room);
  // Back to bytes already consumed. False where they are gone (a pipe); then nothing moves.
  bool rewind(uint64_t offset);

  // Forward to a byte of the file before anything was read. False for a pipe or behind the end; then nothing moves.
  bool skip_to(uint64_t offset);

  uint64_t offset() const { return buffer_offset_ + begin_; }
  uint64_t size() const { return size_; }  // 0 where unknown
  std::string const& name() const { return name_; }

 private:
  RawFile(int descriptor, bool owned, std::string name);
  Result<size_t> read_some(char* out, size_t room);

  int descriptor_;
  bool owned_;
  bool seekable_ = false;
  std::string name_;
  uint64_t size_ = 0;
  std::unique_ptr<char[]> buffer_;
  uint64_t buffer_offset_ = 0;  // in the file, of buffer_[0]
  size_t begin_ = 0, end_ = 0;  // what is not yet consumed
};

}  // namespace vigie::source
