#include "index/postings.hpp"

#include <algorithm>

namespace vigie::index {

// Counts: varint (body << 1 | 1 where the head follows), then the head: title, kicker and lede as varints.
void PostingWriter::add(DocId doc, FieldCounts const& counts, std::span<Occurrence const> occurrences) {
  size_t const begin = positions_.size();
  uint32_t last = 0;
  for (Occurrence const& occurrence : occurrences) {
    put_varint(positions_, uint64_t{occurrence.position - last} * variants_ + occurrence.variant);
    last = occurrence.position;
  }
  bool const head = counts.title + counts.kicker + counts.lede > 0;
  put_varint(postings_, doc - next_doc_);
  put_varint(postings_, uint64_t{counts.body} << 1 | (head ? 1 : 0));
  if (head) {
    put_varint(postings_, counts.title);
    put_varint(postings_, counts.kicker);
    put_varint(postings_, counts.lede);
  }
  put_varint(postings_, positions_.size() - begin);
  next_doc_ = doc + 1;
}

PostingCursor::PostingCursor(std::string_view postings, std::string_view positions, uint32_t variants, DocId doc_count)
    : postings_(postings), positions_(positions), variants_(std::max(variants, 1u)), doc_count_(doc_count) {
  next();
}

DocId PostingCursor::next() {
  if (postings_.at_end()) return doc_ = kNoMoreDocs;
  uint64_t const gap = postings_.varint();
  uint64_t const body = postings_.varint();
  counts_ = {};
  counts_.body = static_cast<uint32_t>(body >> 1);
  if (body & 1) {
    counts_.title = static_cast<uint32_t>(postings_.varint());
    counts_.kicker = static_cast<uint32_t>(postings_.varint());
    counts_.lede = static_cast<uint32_t>(postings_.varint());
  }
  here_ = positions_.bytes(postings_.varint());
  if (!postings_.ok() || !positions_.ok() || gap >= doc_count_ || next_doc_ + gap >= doc_count_) {
    return doc_ = kNoMoreDocs;
  }
  doc_ = static_cast<DocId>(next_doc_ + gap);
  next_doc_ = uint64_t{doc_} + 1;
  return doc_;
}

DocId PostingCursor::seek(DocId target) {
  while (doc_ < target) next();
  return doc_;
}

void PostingCursor::occurrences(std::vector<Occurrence>& out) const {
  out.clear();
  ByteCursor cursor(here_);
  uint32_t position = 0;
  while (!cursor.at_end()) {
    uint64_t const code = cursor.varint();
    position += static_cast<uint32_t>(code / variants_);
    if (cursor.ok()) out.push_back({position, static_cast<uint32_t>(code % variants_)});
  }
}

}  // namespace vigie::index
