// dictionary.hpp: sorted keys with a payload each, front-coded in blocks of 16 whose first key is whole: look up by
// binary search over blocks, then a short walk. A key may own bytes elsewhere, its extent: extents lie in the order of
// the keys, so that where one begins is a sum over its block. Format: docs/format.md, "Dictionary".
// Threads: a Dictionary is read-only. Lifetime: views are into the segment's bytes; a cursor's key() until it moves.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/coding.hpp"
#include "index/column.hpp"

namespace vigie::index {

enum class Extents : uint8_t { none, kept };

class DictionaryWriter {
 public:
  explicit DictionaryWriter(Extents extents) : extents_(extents) {}
  // Precondition: keys arrive in ascending byte order, each once.
  void add(std::string_view key, std::string_view payload, uint64_t extent = 0);
  std::string finish();

 private:
  Extents const extents_;
  std::vector<int64_t> block_offsets_;
  std::string blocks_, last_key_;
  uint32_t entries_ = 0;
  uint64_t sum_ = 0;  // of extents
};

class Dictionary {
 public:
  Dictionary() = default;
  // Nothing is verified here beyond the sizes that later reads rest on; damaged entries read as absent.
  // Precondition: kPadding bytes may be read behind the section.
  static std::optional<Dictionary> open(std::string_view section);

  uint32_t size() const { return entries_; }

  class Cursor {
   public:
    bool valid() const { return valid_; }
    std::string_view key() const { return key_; }
    std::string_view payload() const { return payload_; }
    uint64_t begin() const { return begin_; }  // of its extent
    uint64_t extent() const { return extent_; }
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
    uint64_t begin_ = 0, extent_ = 0;
    bool valid_ = false;
  };
  // At the first key >= `key`.
  Cursor seek(std::string_view key) const;
  // At the key; nothing where it is not there.
  std::optional<Cursor> find(std::string_view key) const;

 private:
  std::string_view first_key(uint32_t block) const;
  std::string_view block_bytes(uint32_t block) const;
  uint64_t offset(uint32_t block) const;

  Column offsets_;
  std::string_view blocks_;
  uint32_t entries_ = 0, block_count_ = 0;
  bool extents_ = false;
};

}  // namespace vigie::index
