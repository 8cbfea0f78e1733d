#include "index/dictionary.hpp"

#include <algorithm>
#include <cassert>

namespace vigie::index {
namespace {

constexpr uint32_t kBlockEntries = 16;
constexpr size_t kMuch = 15;  // of a nibble: what is more follows as a varint

// How much of the key before is shared and how much follows: a nibble each, nearly always enough.
void put_sizes(std::string& out, size_t shared, size_t rest) {
  out += static_cast<char>(std::min(shared, kMuch) << 4 | std::min(rest, kMuch));
  if (shared >= kMuch) put_varint(out, shared - kMuch);
  if (rest >= kMuch) put_varint(out, rest - kMuch);
}

struct Sizes {
  uint64_t shared = 0, rest = 0;
};

Sizes take_sizes(ByteCursor& bytes) {
  auto const both = bytes.fixed<uint8_t>();
  Sizes sizes{static_cast<uint64_t>(both >> 4), static_cast<uint64_t>(both & 15)};
  if (sizes.shared == kMuch) sizes.shared += bytes.varint();
  if (sizes.rest == kMuch) sizes.rest += bytes.varint();
  return sizes;
}

}  // namespace

void DictionaryWriter::add(std::string_view key, std::string_view payload, uint64_t extent) {
  assert(entries_ == 0 || key > last_key_);
  size_t shared = 0;
  if (entries_ % kBlockEntries == 0) {
    block_offsets_.push_back(static_cast<int64_t>(blocks_.size()));
    if (extents_ == Extents::kept) put_varint(blocks_, sum_);
  } else {
    shared = static_cast<size_t>(std::ranges::mismatch(key, last_key_).in1 - key.begin());
  }
  put_sizes(blocks_, shared, key.size() - shared);
  blocks_ += key.substr(shared);
  put_string(blocks_, payload);
  if (extents_ == Extents::kept) put_varint(blocks_, extent);
  sum_ += extent;
  last_key_ = key;
  ++entries_;
}

std::string DictionaryWriter::finish() {
  std::string out;
  put_fixed(out, entries_);
  put_fixed(out, static_cast<uint32_t>(block_offsets_.size()));
  put_fixed(out, static_cast<uint8_t>(extents_));
  put_column(out, block_offsets_);
  blocks_.insert(0, out);
  return std::move(blocks_);
}

std::optional<Dictionary> Dictionary::open(std::string_view section) {
  ByteCursor cursor(section);
  Dictionary dictionary;
  dictionary.entries_ = cursor.fixed<uint32_t>();
  dictionary.block_count_ = cursor.fixed<uint32_t>();
  dictionary.extents_ = cursor.fixed<uint8_t>() != 0;
  auto const offsets = Column::open(cursor, dictionary.block_count_);
  dictionary.blocks_ = cursor.rest();
  if (!offsets || dictionary.block_count_ != (uint64_t{dictionary.entries_} + kBlockEntries - 1) / kBlockEntries) {
    return std::nullopt;
  }
  dictionary.offsets_ = *offsets;
  return dictionary;
}

uint64_t Dictionary::offset(uint32_t block) const {
  return block < block_count_ ? static_cast<uint64_t>(offsets_[block]) : blocks_.size();
}

std::string_view Dictionary::block_bytes(uint32_t block) const {
  uint64_t const begin = offset(block), end = offset(block + 1);
  if (begin > end || end > blocks_.size()) return {};
  return blocks_.substr(begin, end - begin);
}

std::string_view Dictionary::first_key(uint32_t block) const {
  ByteCursor cursor(block_bytes(block));
  if (extents_) cursor.varint();
  return cursor.bytes(take_sizes(cursor).rest);
}

Dictionary::Cursor::Cursor(Dictionary const& dictionary, uint32_t block) : dictionary_(&dictionary) {
  enter_block(block);
}

void Dictionary::Cursor::enter_block(uint32_t block) {
  block_ = block;
  valid_ = false;
  if (block >= dictionary_->block_count_) return;
  bytes_ = ByteCursor(dictionary_->block_bytes(block));
  begin_ = dictionary_->extents_ ? bytes_.varint() : 0;
  extent_ = 0;
  key_.clear();
  read();
}

void Dictionary::Cursor::read() {
  Sizes const sizes = take_sizes(bytes_);
  std::string_view const rest = bytes_.bytes(sizes.rest);
  payload_ = bytes_.string();
  begin_ += extent_;
  extent_ = dictionary_->extents_ ? bytes_.varint() : 0;
  valid_ = bytes_.ok() && sizes.shared <= key_.size();
  if (!valid_) return;
  key_.resize(sizes.shared);
  key_ += rest;
}

void Dictionary::Cursor::next() {
  if (bytes_.at_end()) {
    enter_block(block_ + 1);
  } else {
    read();
  }
}

Dictionary::Cursor Dictionary::seek(std::string_view key) const {
  uint32_t low = 0, high = block_count_;  // the last block whose first key is <= key
  while (high - low > 1) {
    uint32_t const middle = low + (high - low) / 2;
    (first_key(middle) <= key ? low : high) = middle;
  }
  Cursor cursor(*this, low);
  while (cursor.valid() && cursor.key() < key) cursor.next();
  return cursor;
}

std::optional<Dictionary::Cursor> Dictionary::find(std::string_view key) const {
  Cursor cursor = seek(key);
  if (!cursor.valid() || cursor.key() != key) return std::nullopt;
  return cursor;
}

}  // namespace vigie::index
