// postings.hpp: one term's documents, ascending, each with how often it stands in every field and where.
// Format: docs/format.md, "Postings": a document gap, the counts, and how many bytes its occurrences take in the
// stream of positions, as varints.
// Threads: a cursor belongs to one thread. Lifetime: the segment must outlive it. Damaged bytes end a list early.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/coding.hpp"
#include "index/format.hpp"

namespace vigie::index {

class PostingWriter {
 public:
  // Precondition: documents ascend, occurrences ascend in position, variants are below `variants`.
  PostingWriter(std::string& postings, std::string& positions, uint32_t variants)
      : postings_(postings), positions_(positions), variants_(variants) {}
  void add(DocId, FieldCounts const&, std::span<Occurrence const>);

 private:
  std::string& postings_;
  std::string& positions_;
  uint32_t variants_;
  DocId next_doc_ = 0;
};

class PostingCursor {
 public:
  PostingCursor(std::string_view postings, std::string_view positions, uint32_t variants, DocId doc_count);

  DocId doc() const { return doc_; }  // kNoMoreDocs behind the last
  DocId next();
  // The first document >= target; never backwards.
  DocId seek(DocId target);
  FieldCounts const& counts() const { return counts_; }
  // Replaces `out` by the current document's occurrences, ascending in position.
  void occurrences(std::vector<Occurrence>& out) const;

 private:
  ByteCursor postings_, positions_;
  uint32_t variants_;
  DocId doc_count_;
  DocId doc_ = kNoMoreDocs;
  uint64_t next_doc_ = 0;
  FieldCounts counts_;
  std::string_view here_;  // the current document's part of the positions
};

}  // namespace vigie::index
