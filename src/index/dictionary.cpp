#include "index/dictionary.hpp"

#include <algorithm>
#include <cassert>

namespace vigie::index {
namespace {

constexpr uint32_t kBlockEntries = 16;

}  // namespace

void DictionaryWriter::add(std::string_view key, std::string_view payload) {
  assert(entries_ == 0 || key > last_key_);
  size_t shared = 0;
  if (entries_ % kBlockEntries == 0) {
    block_offsets_.push_back(blocks_.size());
  } else {
    shared = static_cast<size_t>(std::ranges::mismatch(key, last_key_).in1 - key.begin());
  }
  put_varint(blocks_, shared);
  put_string(blocks_, key.substr(shared));
  put_string(blocks_, payload);
  last_key_ = key;
  ++entries_;
}

std::string DictionaryWriter::finish() {
  std::string out;
  put_fixed(out, entries_);
  put_fixed(out, static_cast<uint32_t>(block_offsets_.size()));
  for (uint64_t const offset : block_offsets_) put_fixed(out, offset);
  out += blocks_;
  return out;
}

std::optional<Dictionary> Dictionary::open(std::string_view section) {
  ByteCursor cursor(section);
  Dictionary dictionary;
  dictionary.entries_ = cursor.fixed<uint32_t>();
  dictionary.block_count_ = cursor.fixed<uint32_t>();
  dictionary.offsets_ = cursor.bytes(size_t{8} * dictionary.block_count_);
  dictionary.blocks_ = cursor.rest();
  if (!cursor.ok() || dictionary.block_count_ != (uint64_t{dictionary.entries_} + kBlockEntries - 1) / kBlockEntries) {
    return std::nullopt;
  }
  return dictionary;
}

uint64_t Dictionary::offset(uint32_t block) const {
  return block < block_count_ ? ByteCursor(offsets_.substr(size_t{8} * block)).fixed<uint64_t>() : blocks_.size();
}

std::string_view Dictionary::block_bytes(uint32_t block) const {
  uint64_t const begin = offset(block), end = offset(block + 1);
  if (begin > end || end > blocks_.size()) return {};
  return blocks_.substr(begin, end - begin);
}

std::string_view Dictionary::first_key(uint32_t block) const {
  ByteCursor cursor(block_bytes(block));
  cursor.varint();
  return cursor.string();
}

Dictionary::Cursor::Cursor(Dictionary const& dictionary, uint32_t block) : dictionary_(&dictionary) {
  enter_block(block);
}

void Dictionary::Cursor::enter_block(uint32_t block) {
  block_ = block;
  valid_ = false;
  if (block >= dictionary_->block_count_) return;
  bytes_ = ByteCursor(dictionary_->block_bytes(block));
  key_.clear();
  read();
}

void Dictionary::Cursor::read() {
  uint64_t const shared = bytes_.varint();
  std::string_view const rest = bytes_.string();
  payload_ = bytes_.string();
  valid_ = bytes_.ok() && shared <= key_.size();
  if (!valid_) return;
  key_.resize(shared);
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
  uint32_t low = 0,
           high = block_count_;  // the last block whose first key is <= key
  while (high - low > 1) {
    uint32_t const middle = low + (high - low) / 2;
    (first_key(middle) <= key ? low : high) = middle;
  }
  Cursor cursor(*this, low);
  while (cursor.valid() && cursor.key() < key) cursor.next();
  return cursor;
}

std::optional<std::string_view> Dictionary::find(std::string_view key) const {
  Cursor const cursor = seek(key);
  if (!cursor.valid() || cursor.key() != key) return std::nullopt;
  return cursor.payload();
}

}  // namespace vigie::index
