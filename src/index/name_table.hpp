// name_table.hpp: the names of one kind that a segment's documents list: each name once, in byte order, and a list of
// ordinals a document. Format: docs/format.md, "Names".
// Threads: a NameTable is read-only. Lifetime: views the segment's bytes.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "index/column.hpp"
#include "index/text_ids.hpp"

namespace vigie::index {

inline constexpr size_t kMaxNames = 1024;  // of one kind and document; further ones are left out

class NameTableWriter {
 public:
  // Documents in docid order. A name listed twice by one document is kept once.
  void document(std::span<std::string_view const> names);
  // Appends the table.
  void finish(std::string& out) const;

 private:
  TextIds names_;  // numbered in order of arrival
  std::vector<uint32_t> listed_;
  std::vector<int64_t> begins_{0};
};

class NameTable {
 public:
  NameTable() = default;
  static std::optional<NameTable> open(ByteCursor& bytes, uint32_t documents);

  uint32_t size() const { return size_; }
  // Empty where the ordinal, or the bytes, are not right.
  std::string_view name(uint32_t ordinal) const;
  // The first ordinal from `from` on whose name is not before this one; size() where there is none. O(log of how far).
  uint32_t first_at_least(std::string_view name, uint32_t from = 0) const;
  // Calls `each` with the ordinals of a document, all below size().
  // Precondition: doc < documents.
  template <class Each>
  void each(uint32_t doc, Each each) const {
    auto const begin = static_cast<uint64_t>(begins_[doc]), end = static_cast<uint64_t>(begins_[doc + 1]);
    for (uint64_t i = begin; i < end && i < listed_count_ && i - begin < kMaxNames; ++i) {
      if (auto const ordinal = static_cast<uint64_t>(listed_[i]); ordinal < size_) each(static_cast<uint32_t>(ordinal));
    }
  }

 private:
  uint32_t size_ = 0;
  uint64_t listed_count_ = 0;
  Column offsets_, begins_, listed_;
  std::string_view letters_;
};

}  // namespace vigie::index
