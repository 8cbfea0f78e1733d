#include "page/arena.hpp"

#include <algorithm>

namespace vigie::page {
namespace {
constexpr size_t kFirstBlock = 16 << 10, kLargestBlock = 4 << 20;
}

void Arena::next_block(size_t size) {
  while (current_ < blocks_.size() && blocks_[current_].size < size) ++current_;
  if (current_ == blocks_.size()) {
    size_t const doubled = blocks_.empty() ? kFirstBlock : std::min(blocks_.back().size * 2, kLargestBlock);
    size_t const room = std::max(doubled, size);
    blocks_.push_back({std::unique_ptr<char[]>(new char[room]), room});
  }
  at_ = blocks_[current_].bytes.get();
  end_ = at_ + blocks_[current_].size;
  ++current_;
}

void Arena::reset(size_t keep_bytes) {
  size_t kept = 0, blocks = 0;
  while (blocks < blocks_.size() && kept + blocks_[blocks].size <= keep_bytes) kept += blocks_[blocks++].size;
  blocks_.resize(blocks);
  current_ = 0;
  at_ = end_ = nullptr;
}

size_t Arena::memory_bytes() const {
  size_t bytes = 0;
  for (auto const& block : blocks_) bytes += block.size;
  return bytes;
}

}  // namespace vigie::page
