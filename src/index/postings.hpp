// postings.hpp: one term's documents, ascending, in blocks of 128: gaps and counts bit-packed, the last few as varints;
// what stands where is apart (places.hpp). A table before the blocks tells each one's last document, its greatest
// impact, where it ends and where its documents' places begin, so that whole blocks are passed over without being
// read. Format: docs/format.md, "Postings".
// Threads: a cursor belongs to one thread. Lifetime: the segment must outlive it. Damaged bytes end a list early.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/coding.hpp"
#include "index/column.hpp"
#include "index/format.hpp"
#include "index/impact.hpp"
#include "index/packing.hpp"
#include "index/places.hpp"

namespace vigie::index {

class PostingWriter {
 public:
  void begin(uint32_t variants);
  // Precondition: documents ascend, occurrences ascend in position, variants are below `variants`; `counts` are those
  // of the occurrences.
  void add(DocId, FieldCounts const& counts, uint8_t impact, std::span<Occurrence const>);

  struct List {  // views until the next begin()
    uint32_t documents = 0;
    uint64_t occurrences = 0;
    std::string_view postings, places;  // of one document, `postings` holds its places too
  };
  List end();

 private:
  enum Stream : uint8_t { gaps, totals, title, kicker, lede, streams };
  void close_block();
  void put_packed();
  void put_varints();

  uint32_t variants_ = 1;
  DocId next_doc_ = 0, last_doc_ = 0;
  std::array<std::array<uint32_t, kBlockDocs>, streams> values_{};
  unsigned held_ = 0;
  uint8_t impact_ = 0;
  struct Block {
    DocId last_doc = 0;
    uint32_t end = 0, group = 0;  // group: the byte at which the first of its documents' places are
    uint8_t rank = 0, impact = 0;
  };
  Block open_{};  // the block being filled
  std::vector<Block> blocks_;
  List list_;
  PlaceWriter places_;
  std::vector<uint64_t> single_;  // the first document's places
  std::string bytes_, postings_;
};

class PostingCursor {
 public:
  // Precondition: kPadding bytes may be read behind `places`.
  PostingCursor(std::string_view postings, std::string_view places, uint32_t documents, uint32_t variants,
                DocId doc_count);

  DocId doc() const { return doc_; }  // kNoMoreDocs behind the last
  DocId next() {
    if (++at_ < held_) return doc_ = docs_[at_];
    return enter(block_ + 1) ? doc_ = docs_[at_] : doc_;
  }
  // The first document >= target; never backwards. Cost: O(log blocks) and one block decoded at most.
  DocId seek(DocId target) {
    if (doc_ >= target) return doc_;
    if (at_ + 1 < held_ && docs_[at_ + 1] >= target) return doc_ = docs_[++at_];
    return leap(target);
  }
  uint32_t documents() const { return documents_; }

  // The same, where documents in [target, end) that hold the term in their bodies alone and too seldom are passed over.
  // Precondition: `words` are the bodies' words, by document.
  DocId seek_heavy(DocId target, DocId end, LeastWeight const& least, Column const& words);

  FieldCounts counts() {
    if (!have_counts_) read_counts();
    if (!heads_) return {0, 0, 0, totals_[at_]};
    uint32_t const head = title_[at_] + kicker_[at_] + lede_[at_];
    return {title_[at_], kicker_[at_], lede_[at_], totals_[at_] > head ? totals_[at_] - head : 0};
  }
  // Replaces `out` by the current document's occurrences, ascending in position.
  void occurrences(std::vector<Occurrence>& out);

  // Documents from the current one up to the end of its block, without the counts: for those who take many at once.
  std::span<DocId const> rest_of_block() const { return {docs_.data() + at_, docs_.data() + held_}; }

  // An upper bound of impacts: of every document in [target, last], where last >= least unless the list ends before it.
  // Nothing is decoded, the cursor does not move. Precondition: target >= any target given before. impact 0 and
  // kNoMoreDocs behind the last document.
  struct Bound {
    DocId last = kNoMoreDocs;
    uint8_t impact = 0;
  };
  Bound bound(DocId target, DocId least = 0);
  uint8_t greatest_impact() const { return greatest_impact_; }

 private:
  DocId leap(DocId target);
  bool enter(uint32_t block);  // at its first document; false, and at the end,
                               // where there is none
  bool read_packed(std::string_view bytes, DocId before);
  bool read_varints(std::string_view bytes, DocId before, unsigned count);
  bool read_stream(unsigned stream, uint32_t* values, uint32_t& most_apart);
  void read_counts();
  void read_starts();
  bool enter_group(uint32_t group);
  void push(uint64_t number, std::vector<Occurrence>& out) const;
  DocId last_doc(uint32_t block) const;
  uint32_t in_table(size_t table, uint32_t block) const;
  uint32_t end_of(uint32_t block) const;
  uint32_t find_block(uint32_t from, DocId target) const;
  bool finish() {
    at_ = held_ = 0;
    block_ = block_count_;
    doc_ = kNoMoreDocs;
    return false;
  }

  std::string_view postings_, places_, table_, blocks_;
  uint32_t documents_, variants_, block_count_;
  DocId doc_count_;
  DocId doc_ = kNoMoreDocs;
  uint32_t block_ = 0, bound_block_ = 0;
  unsigned at_ = 0, held_ = 0;
  uint8_t greatest_impact_ = 0;
  bool have_counts_ = false, have_starts_ = false;
  bool heads_ = true;  // some document of the block has the term in its title, kicker or lede
  PlaceCursor group_;
  uint32_t group_block_ = UINT32_MAX, group_at_ = 0;  // group_ is the block's group_at_-th
  std::array<uint8_t, 5> widths_{};
  std::array<char const*, 5> streams_{};
  ByteCursor apart_{{}};  // numbers told apart, of the streams not read yet
  alignas(16) std::array<uint32_t, kBlockDocs> docs_;
  alignas(16) std::array<uint32_t, kBlockDocs> totals_, title_, kicker_, lede_;
  std::array<uint32_t, kBlockDocs> starts_;  // after read_starts(): occurrences before, from the first group's begin
};

}  // namespace vigie::index
