// word_matcher.hpp: one word of a query in one segment: the union of the terms it stands for, cut down to the written
// forms and fields asked for. Threads: confined to one query. Lifetime: the segment must outlive it.
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

class WordMatcher final : public Matcher {
 public:
  WordMatcher(index::Segment const& segment, std::vector<TermUse> uses, uint8_t fields);
  DocId seek(DocId target) override;
  void places(std::vector<Place>& out) override;

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
