// postings.hpp: one term's documents, ascending, in blocks of 128: gaps and counts bit-packed, the last few as varints;
// what stands where is apart (places.hpp). A table before the blocks tells each one's last document, its greatest
// impact, where it ends and where its documents' places begin, so that whole blocks are passed over without being
// read. Format: docs/format.md, "Postings".
// Threads: a cursor belongs to one thread. Lifetime: the segment must outlive it. Damaged bytes end a list early.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/coding.hpp"
#include "index/column.hpp"
#include "index/format.hpp"
#include "index/impact.hpp"
#include "index/packing.hpp"
#include "index/places.hpp"

namespace vigie::index {

// A term in one document.
struct Posting {
  DocId doc = 0;
  FieldCounts counts;  // of its steps, by field
  uint32_t steps = 0;  // how many
  size_t first = 0;    // where they begin among the term's
};

// Appends the list of a term that one document has: its places too. Precondition: variants are below `variants`.
void put_lone(std::string& out, Posting const&, uint8_t impact, std::span<Step const>, uint32_t variants);

// Reads what put_lone() wrote: adds the steps to `steps`. False where it is damaged. Precondition: variants > 0.
bool read_lone(std::string_view postings, uint32_t variants, DocId doc_count, Posting& posting,
               std::vector<Step>& steps);

// Lists of two documents or more.
inline constexpr uint32_t kMostPlaces = 1u << 20;  // of a document; more than the index ever notes (format.hpp)

class PostingWriter {
 public:
  void begin(uint32_t variants);
  // Precondition: documents ascend, variants are below `variants`; `steps` are the posting's.
  void add(Posting const&, uint8_t impact, std::span<Step const> steps);

  struct List {  // views until the next begin()
    uint32_t documents = 0;
    std::string_view postings, places;
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
  uint32_t documents_ = 0;
  PlaceWriter places_;
  std::string bytes_, postings_, apart_;
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
  // Calls each(position, variant) for the current document's occurrences, ascending in position.
  template <class Each>
  void each_occurrence(Each each);
  // Replaces `out` by them.
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
  bool take_places(uint32_t start, std::span<uint64_t> out);
  // The quotient and the rest; most numbers are short, and divided as such.
  std::pair<uint32_t, uint32_t> taken_apart(uint64_t number) const {
    if (variants_ == 1) return {static_cast<uint32_t>(number), 0};
    if (number >> 32 == 0) {
      auto const low = static_cast<uint32_t>(number);
      return {low / variants_, low % variants_};
    }
    return {static_cast<uint32_t>(number / variants_), static_cast<uint32_t>(number % variants_)};
  }
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

template <class Each>
void PostingCursor::each_occurrence(Each each) {
  uint32_t position = 0;
  auto const give = [&](uint64_t number) {
    auto const [gap, variant] = taken_apart(number);
    each(position += gap, variant);
  };
  if (documents_ == 1) {
    for (ByteCursor cursor(places_); !cursor.at_end();) {
      uint64_t const number = cursor.varint();
      if (cursor.ok()) give(number);
    }
    return;
  }
  if (!have_starts_) read_starts();
  std::array<uint64_t, kGroupPlaces> numbers;
  uint32_t start = starts_[at_];
  for (uint32_t left = std::min(totals_[at_], kMostPlaces); left > 0;) {
    uint32_t const taken = std::min<uint32_t>(left, kGroupPlaces - start % kGroupPlaces);
    if (!take_places(start, {numbers.data(), taken})) return;
    for (uint32_t i = 0; i < taken; ++i) give(numbers[i]);
    start += taken;
    left -= taken;
  }
}

}  // namespace vigie::index
