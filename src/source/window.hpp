// window.hpp: a sliding view over Bytes that grows until a whole record stands in it. Memory: the largest record asked
// for, and a read-ahead of 256 KiB. Threads: one at a time.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <string_view>

#include "source/bytes.hpp"

namespace vigie::source {

class Window {
 public:
  // `first`: the offset in the file where `bytes` begin.
  explicit Window(std::unique_ptr<Bytes> bytes, uint64_t first = 0) : bytes_(std::move(bytes)), decoded_(first) {}

  // What was read and not consumed. Lives until the next fill().
  std::string_view view() const { return {buffer_.get() + begin_, end_ - begin_}; }
  // Reads on behind view(). False at the end. Errors: those of Bytes::read.
  Result<bool> fill();
  // view() holds `size` bytes afterwards, or false: the bytes end before.
  Result<bool> ensure(size_t size);
  void consume(size_t size);

  // Where view() begins: its part's offset in the file where it is the first byte of a part, else the offset in the
  // decoded bytes (which for a plain file is the offset in the file).
  uint64_t position() const;
  // The part that view()'s first byte belongs to, and the one that fill() read or failed in last.
  uint64_t part() const;
  uint64_t last_part() const { return bytes_->part_offset(); }
  bool has_parts() const { return bytes_->has_parts(); }
  // The gzip member whose content is the first `size` bytes of view(), no more and no less, where it was read to its
  // end (Bytes::member()); else empty. Lives until the next fill().
  std::string_view member(size_t size) const;
  // Drops what is held and goes on at the next part beginning with `magic`; false where there is none.
  Result<bool> resync(std::string_view magic);
  Progress progress() const { return bytes_->progress(); }

 private:
  struct Mark {  // decoded bytes from `decoded` on belong to the part at `offset`
    uint64_t decoded, offset;
  };
  void make_room();
  void drop_marks();

  std::unique_ptr<Bytes> bytes_;
  std::unique_ptr<char[]> buffer_;
  size_t capacity_ = 0, begin_ = 0, end_ = 0;
  uint64_t decoded_ = 0;  // offset of begin_ in the decoded bytes
  std::deque<Mark> marks_;
};

}  // namespace vigie::source
