// word_matcher.hpp: one word of a query in one segment: the union of the terms it stands for, cut down to the written
// forms and fields asked for.
// Threads: confined to one query. Lifetime: the segment must outlive it.
#pragma once

#include <cstdint>
#include <vector>

#include "index/segment.hpp"
#include "query/ast.hpp"
#include "query/matcher.hpp"

namespace vigie::query {

// A term and which of its written forms count.
struct TermUse {
  index::Term term;
  std::vector<uint8_t> forms;  // by variant: kWanted | kExact | kAccented
  bool whole = true;           // every variant is wanted
};
inline constexpr uint8_t kWanted = 1, kExact = 2, kAccented = 4;

// Whether a document may hold several of a word's terms: forms of a prefix may meet in one text, a word's stems by
// different languages may not.
enum class Together : uint8_t { never, perhaps };

class WordMatcher final : public Matcher {
 public:
  WordMatcher(index::Segment const& segment, std::vector<TermUse> uses, uint8_t fields, Together together);
  DocId advance(DocId target) override;
  DocId advance_heavy(DocId target, DocId end, index::LeastWeight const& least) override;
  bool confirm() override;
  uint64_t cost() const override { return cost_; }
  void fill(DocId begin, Window& window) override;
  void places(std::vector<Place>& out) override;
  bool find_places(std::vector<Place>& out) override;
  WeightBound bound(DocId target, DocId least) override;
  double most_weighted(index::FieldWeights const&, index::FieldCounts const& words) override;

  // Whether counts() of a candidate are what places() would show.
  bool counts_are_exact() const { return plain_; }
  index::FieldCounts counts();
  // Its posting list, where there is one alone and counts are exact.
  index::PostingCursor* only_list() { return plain_ && streams_.size() == 1 ? &streams_[0].cursor : nullptr; }
  // Whether counts are exact and of one list a document, that of list_here(). Precondition of that: it has a candidate.
  bool is_one_list_at_a_time() const { return plain_ && (together_ == Together::never || streams_.size() == 1); }
  index::PostingCursor& list_here() {
    size_t i = 0;
    while (i + 1 < streams_.size() && streams_[i].cursor.doc() != doc_) ++i;
    return streams_[i].cursor;
  }

 private:
  struct Stream {
    TermUse use;
    index::PostingCursor cursor;
  };
  bool holds(Stream& stream);
  bool in_fields(uint32_t position, index::Layout const& layout) const;

  index::Segment const& segment_;
  std::vector<Stream> streams_;
  uint8_t fields_;
  Together together_;
  bool plain_ = true;  // no field and no written form to look at
  uint64_t cost_ = 0;
  std::vector<index::Occurrence> occurrences_;
};

// --- what a word of a query stands for in a segment ---

// The word and its inflections, in every language of the segment; in what was said where `fields` is kSaid.
std::vector<TermUse> inflections(index::Segment const&, QueryWord const&, uint8_t fields = kAnyField);
// The word as it is written, case and accents aside.
std::vector<TermUse> exact_forms(index::Segment const&, QueryWord const&, uint8_t fields = kAnyField);
std::vector<TermUse> name_forms(index::Segment const&, QueryWord const&, NameKind);
// Any of these folded forms; `asked` is the exact one.
std::vector<TermUse> any_forms(index::Segment const&, std::vector<std::string> const& folded, QueryWord const& asked,
                               uint8_t fields = kAnyField);

}  // namespace vigie::query
