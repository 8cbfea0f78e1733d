#include "source/window.hpp"

#include <cstring>

namespace vigie::source {
namespace {

constexpr size_t kReadAhead = size_t{256} << 10;
constexpr size_t kSmallest = size_t{64} << 10;  // a read with less room than this is not worth its call

}  // namespace

void Window::make_room() {
  if (capacity_ - end_ >= kSmallest) return;
  size_t const held = end_ - begin_;
  if (begin_ > 0 && held + kReadAhead <= capacity_) {
    std::memmove(buffer_.get(), buffer_.get() + begin_, held);
  } else {
    capacity_ = 2 * held + kReadAhead;
    auto larger = std::make_unique_for_overwrite<char[]>(capacity_);
    if (held > 0) std::memcpy(larger.get(), buffer_.get() + begin_, held);
    buffer_ = std::move(larger);
  }
  begin_ = 0;
  end_ = held;
}

Result<bool> Window::fill() {
  make_room();
  VIGIE_TRY(size_t const n, bytes_->read(buffer_.get() + end_, capacity_ - end_));
  if (n == 0) return false;
  if (marks_.empty() || marks_.back().offset != bytes_->part_offset()) {
    marks_.push_back({decoded_ + (end_ - begin_), bytes_->part_offset()});
  }
  end_ += n;
  drop_marks();
  return true;
}

Result<bool> Window::ensure(size_t size) {
  while (end_ - begin_ < size) {
    VIGIE_TRY(bool const more, fill());
    if (!more) return false;
  }
  return true;
}

void Window::consume(size_t size) {
  begin_ += size;
  decoded_ += size;
  if (begin_ == end_) begin_ = end_ = 0;
  drop_marks();
}

// The last mark at or before the view's first byte is kept, and all behind it.
void Window::drop_marks() {
  while (marks_.size() > 1 && marks_[1].decoded <= decoded_) marks_.pop_front();
}

uint64_t Window::position() const {
  if (!marks_.empty() && marks_.front().decoded == decoded_ && has_parts()) return marks_.front().offset;
  return decoded_;
}

uint64_t Window::part() const {
  return marks_.empty() || marks_.front().decoded > decoded_ ? last_part() : marks_.front().offset;
}

std::string_view Window::member(size_t size) const {
  if (marks_.empty() || marks_.front().decoded != decoded_) return {};
  uint64_t const end = marks_.size() > 1 ? marks_[1].decoded : decoded_ + (end_ - begin_);
  return end - decoded_ == size ? bytes_->member(marks_.front().offset) : std::string_view();
}

Result<bool> Window::resync(std::string_view magic) {
  consume(end_ - begin_);
  marks_.clear();
  return bytes_->resync(magic);
}

}  // namespace vigie::source
