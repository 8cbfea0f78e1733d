// postings.hpp: one term's documents, ascending, in blocks of 128: gaps, counts and lengths bit-packed, the last few as
// varints; what stands where is apart. A table before the blocks tells each one's last document, its greatest impact
// and where it ends, so that whole blocks are passed over without being read. Format: docs/format.md, "Postings".
// Threads: a cursor belongs to one thread. Lifetime: the segment must outlive it. Damaged bytes end a list early.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/coding.hpp"
#include "index/format.hpp"
#include "index/packing.hpp"

namespace vigie::index {

class PostingWriter {
 public:
  // Both streams are appended to.
  PostingWriter(std::string& postings, std::string& positions) : postings_(postings), positions_(positions) {}

  void begin(uint32_t variants);
  // Precondition: documents ascend, occurrences ascend in position, variants are below `variants`.
  void add(DocId, FieldCounts const&, uint8_t impact, std::span<Occurrence const>);
  // Writes the list; nothing of it stands in `postings` before.
  void end();

 private:
  enum Stream : uint8_t { gaps, body, title, kicker, lede, lengths, streams };
  void close_block();
  void put_packed();
  void put_varints();

  std::string& postings_;
  std::string& positions_;
  uint32_t variants_ = 1;
  size_t positions_begin_ = 0;
  DocId next_doc_ = 0, last_doc_ = 0;
  std::array<std::array<uint32_t, kBlockDocs>, streams> values_{};
  unsigned held_ = 0;
  uint8_t impact_ = 0;
  struct Block {
    DocId last_doc = 0;
    uint32_t end = 0, positions_end = 0;
    uint8_t impact = 0;
  };
  std::vector<Block> blocks_;
  std::string bytes_;
};

class PostingCursor {
 public:
  PostingCursor(std::string_view postings, std::string_view positions, uint32_t documents, uint32_t variants,
                DocId doc_count);

  DocId doc() const { return doc_; }  // kNoMoreDocs behind the last
  DocId next() {
    if (++at_ < held_) return doc_ = docs_[at_];
    return enter(block_ + 1) ? doc_ = docs_[at_] : doc_;
  }
  // The first document >= target; never backwards. Cost: O(log blocks) and one block decoded at most.
  DocId seek(DocId target);
  uint32_t documents() const { return documents_; }

  FieldCounts counts();
  // Replaces `out` by the current document's occurrences, ascending in position.
  void occurrences(std::vector<Occurrence>& out);

  // Documents from the current one up to the end of its block, without the counts: for those who take many at once.
  std::span<DocId const> rest_of_block() const { return {docs_.data() + at_, docs_.data() + held_}; }

  // An upper bound of impacts: of every document in [target, last]. Nothing is decoded, the cursor does not move.
  // Precondition: target >= any target given before. impact 0 and kNoMoreDocs behind the last document.
  struct Bound {
    DocId last = kNoMoreDocs;
    uint8_t impact = 0;
  };
  Bound bound(DocId target);
  uint8_t greatest_impact() const { return greatest_impact_; }

 private:
  bool enter(uint32_t block);  // at its first document; false, and at the end,
                               // where there is none
  bool read_packed(std::string_view bytes, DocId before);
  bool read_varints(std::string_view bytes, DocId before, unsigned count);
  void read_counts();
  void read_lengths();
  DocId last_doc(uint32_t block) const;
  uint32_t end_of(size_t table, uint32_t block) const;
  uint32_t find_block(uint32_t from, DocId target) const;
  bool finish() {
    at_ = held_ = 0;
    block_ = block_count_;
    doc_ = kNoMoreDocs;
    return false;
  }

  std::string_view postings_, positions_, table_, blocks_;
  uint32_t documents_, variants_, block_count_;
  DocId doc_count_;
  DocId doc_ = kNoMoreDocs;
  uint32_t block_ = 0, bound_block_ = 0;
  unsigned at_ = 0, held_ = 0;
  uint8_t greatest_impact_ = 0;
  bool packed_ = false, have_counts_ = false, have_lengths_ = false;
  std::array<uint8_t, 6> widths_{};
  std::array<char const*, 6> streams_{};
  alignas(16) std::array<uint32_t, kBlockDocs> docs_;
  alignas(16) std::array<uint32_t, kBlockDocs> body_, title_, kicker_, lede_;
  alignas(16) std::array<uint32_t, kBlockDocs> lengths_;  // after read_lengths(): where
                                                          // each one's positions end
};

}  // namespace vigie::index
