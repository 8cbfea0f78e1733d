// dictionary.hpp: sorted keys with a payload each, front-coded in blocks of 16 whose first key is whole: look up by
// binary search over blocks, then a short walk. Format: docs/format.md, "Dictionary".
// Threads: a Dictionary is read-only. Lifetime: views are into the segment's bytes; a cursor's key() until it moves.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/coding.hpp"

namespace vigie::index {

class DictionaryWriter {
 public:
  // Precondition: keys arrive in ascending byte order, each once.
  void add(std::string_view key, std::string_view payload);
  std::string finish();

 private:
  std::vector<uint64_t> block_offsets_;
  std::string blocks_, last_key_;
  uint32_t entries_ = 0;
};

class Dictionary {
 public:
  Dictionary() = default;
  // Nothing is verified here beyond the sizes that later reads rest on; damaged entries read as absent.
  static std::optional<Dictionary> open(std::string_view section);

  uint32_t size() const { return entries_; }
  std::optional<std::string_view> find(std::string_view key) const;  // the payload

  class Cursor {
   public:
    bool valid() const { return valid_; }
    std::string_view key() const { return key_; }
    std::string_view payload() const { return payload_; }
    void next();

   private:
    friend class Dictionary;
    Cursor(Dictionary const& dictionary, uint32_t block);
    void enter_block(uint32_t block);
    void read();

    Dictionary const* dictionary_;
    ByteCursor bytes_{{}};
    uint32_t block_ = 0;
    std::string key_;
    std::string_view payload_;
    bool valid_ = false;
  };
  // At the first key >= `key`.
  Cursor seek(std::string_view key) const;

 private:
  std::string_view first_key(uint32_t block) const;
  std::string_view block_bytes(uint32_t block) const;
  uint64_t offset(uint32_t block) const;

  std::string_view offsets_, blocks_;
  uint32_t entries_ = 0, block_count_ = 0;
};

}  // namespace vigie::index
