// arena.hpp: bytes that live as long as a page. Blocks grow by doubling, are kept from page to page and handed out
// again after reset(). Threads: confined to the page's reader. Lifetime: what allocate() gave lives until reset().
#pragma once

#include <cstdint>
#include <cstring>
#include <memory>
#include <string_view>
#include <vector>

namespace vigie::page {

class Arena {
 public:
  // Room for `size` bytes, not initialised.
  char* allocate(size_t size) {
    if (size > static_cast<size_t>(end_ - at_)) next_block(size);
    char* const given = at_;
    at_ += size;
    return given;
  }
  std::string_view copy(std::string_view text) {
    if (text.empty()) return {};
    char* const given = allocate(text.size());
    std::memcpy(given, text.data(), text.size());
    return {given, text.size()};
  }
  // Gives back what the last allocate() gave beyond `used` bytes.
  void trim(char* given, size_t used) { at_ = given + used; }

  // Forgets everything. Blocks are kept, up to `keep_bytes` of them.
  void reset(size_t keep_bytes);
  size_t memory_bytes() const;

 private:
  struct Block {
    std::unique_ptr<char[]> bytes;
    size_t size;
  };
  void next_block(size_t size);

  std::vector<Block> blocks_;
  size_t current_ = 0;  // blocks_[current_ - 1] is being filled
  char* at_ = nullptr;
  char* end_ = nullptr;
};

}  // namespace vigie::page
