#include "index/postings.hpp"

#include <algorithm>
#include <cstring>

namespace vigie::index {
namespace {

constexpr size_t kTableBytes = 13;   // of a block in the table: last document, two ends, impact
constexpr size_t kHeaderWidths = 6;  // of a packed block: the width of each stream
constexpr unsigned kWidestGap = 24;  // 128 gaps cannot run over 32 bits; wider ones are checked one by one

uint32_t fixed32(char const* at) {
  auto const* const bytes = reinterpret_cast<unsigned char const*>(at);
  return bytes[0] | uint32_t{bytes[1]} << 8 | uint32_t{bytes[2]} << 16 | uint32_t{bytes[3]} << 24;
}

}  // namespace

// --- writing ---

void PostingWriter::begin(uint32_t variants) {
  variants_ = variants;
  positions_begin_ = positions_.size();
  next_doc_ = last_doc_ = 0;
  held_ = 0;
  impact_ = 0;
  blocks_.clear();
  bytes_.clear();
}

void PostingWriter::add(DocId doc, FieldCounts const& counts, uint8_t impact, std::span<Occurrence const> occurrences) {
  size_t const begin = positions_.size();
  uint32_t last = 0;
  for (Occurrence const& occurrence : occurrences) {
    put_varint(positions_, uint64_t{occurrence.position - last} * variants_ + occurrence.variant);
    last = occurrence.position;
  }
  values_[gaps][held_] = doc - next_doc_;
  values_[body][held_] = counts.body;
  values_[title][held_] = counts.title;
  values_[kicker][held_] = counts.kicker;
  values_[lede][held_] = counts.lede;
  values_[lengths][held_] = static_cast<uint32_t>(positions_.size() - begin);
  impact_ = std::max(impact_, impact);
  last_doc_ = doc;
  next_doc_ = doc + 1;
  if (++held_ == kBlockDocs) {
    put_packed();
    close_block();
  }
}

void PostingWriter::put_packed() {
  std::array<unsigned, streams> widths{};
  for (size_t i = 0; i < streams; ++i) bytes_ += static_cast<char>(widths[i] = width_of(values_[i].data()));
  for (size_t i = 0; i < streams; ++i) pack(bytes_, values_[i].data(), widths[i]);
}

// Counts: varint (body << 1 | 1 where the head follows), then the head: title, kicker and lede as varints.
void PostingWriter::put_varints() {
  for (unsigned i = 0; i < held_; ++i) {
    bool const head = values_[title][i] + values_[kicker][i] + values_[lede][i] > 0;
    put_varint(bytes_, values_[gaps][i]);
    put_varint(bytes_, uint64_t{values_[body][i]} << 1 | (head ? 1 : 0));
    if (head) {
      put_varint(bytes_, values_[title][i]);
      put_varint(bytes_, values_[kicker][i]);
      put_varint(bytes_, values_[lede][i]);
    }
    put_varint(bytes_, values_[lengths][i]);
  }
}

void PostingWriter::close_block() {
  blocks_.push_back({last_doc_, static_cast<uint32_t>(bytes_.size()),
                     static_cast<uint32_t>(positions_.size() - positions_begin_), impact_});
  held_ = 0;
  impact_ = 0;
}

void PostingWriter::end() {
  if (held_ > 0) {
    put_varints();
    close_block();
  }
  if (blocks_.size() > 1) {
    for (Block const& block : blocks_) put_fixed(postings_, block.last_doc);
    for (Block const& block : blocks_) put_fixed(postings_, block.end);
    for (Block const& block : blocks_) put_fixed(postings_, block.positions_end);
  }
  for (Block const& block : blocks_) put_fixed(postings_, block.impact);
  postings_ += bytes_;
}

// --- reading ---

PostingCursor::PostingCursor(std::string_view postings, std::string_view positions, uint32_t documents,
                             uint32_t variants, DocId doc_count)
    : postings_(postings),
      positions_(positions),
      documents_(documents),
      variants_(std::max(variants, 1u)),
      block_count_(static_cast<uint32_t>((uint64_t{documents} + kBlockDocs - 1) / kBlockDocs)),
      doc_count_(doc_count) {
  size_t const table = block_count_ > 1 ? kTableBytes * block_count_ : block_count_;
  if (table > postings_.size() || documents_ > doc_count_ || doc_count_ > kNoMoreDocs / 2) block_count_ = 0;
  if (block_count_ == 0) return;
  table_ = postings_.substr(0, table);
  blocks_ = postings_.substr(table);
  for (char const impact : table_.substr(table - block_count_)) {
    greatest_impact_ = std::max(greatest_impact_, static_cast<uint8_t>(impact));
  }
  enter(0);
  if (held_ > 0) doc_ = docs_[0];
}

// Of a list of one block the table keeps the impact alone: its last document is not known before it is read.
DocId PostingCursor::last_doc(uint32_t block) const {
  return block_count_ > 1 ? fixed32(table_.data() + size_t{4} * block) : kNoMoreDocs - 1;
}

// table 1: where blocks end; 2: where their positions end.
uint32_t PostingCursor::end_of(size_t table, uint32_t block) const {
  if (block_count_ > 1) return fixed32(table_.data() + (table * block_count_ + block) * 4);
  return static_cast<uint32_t>(table == 1 ? blocks_.size() : positions_.size());
}

bool PostingCursor::enter(uint32_t block) {
  if (block >= block_count_) return finish();
  block_ = block;
  at_ = 0;
  held_ = std::min(kBlockDocs, documents_ - block * kBlockDocs);
  have_counts_ = have_lengths_ = false;
  packed_ = held_ == kBlockDocs;
  uint32_t const begin = block == 0 ? 0 : end_of(1, block - 1), end = end_of(1, block);
  if (begin > end || end > blocks_.size()) return finish();
  DocId const before = block == 0 ? kNoMoreDocs : last_doc(block - 1);  // the first gap counts from there, plus one
  auto const bytes = blocks_.substr(begin, end - begin);
  bool const read = packed_ ? read_packed(bytes, before) : read_varints(bytes, before, held_);
  bool const agrees = read && docs_[held_ - 1] < doc_count_ &&
                      (block_count_ == 1 || docs_[held_ - 1] == last_doc(block)) && (block == 0 || before < docs_[0]);
  return agrees || finish();
}

bool PostingCursor::read_packed(std::string_view bytes, DocId before) {
  if (bytes.size() < kHeaderWidths) return false;
  size_t at = kHeaderWidths;
  for (size_t i = 0; i < kHeaderWidths; ++i) {
    widths_[i] = static_cast<uint8_t>(bytes[i]);
    if (widths_[i] > 32) return false;
    streams_[i] = bytes.data() + at;
    at += packed_bytes(widths_[i]);
  }
  if (at > bytes.size()) return false;
  unpack(streams_[0], widths_[0], docs_.data());
  sum_gaps(docs_.data(), before);
  return widths_[0] <= kWidestGap || std::ranges::is_sorted(docs_, std::less_equal{});
}

bool PostingCursor::read_varints(std::string_view bytes, DocId before, unsigned count) {
  ByteCursor cursor(bytes);
  uint64_t next = before == kNoMoreDocs ? 0 : uint64_t{before} + 1;
  for (unsigned i = 0; i < count; ++i) {
    uint64_t const gap = cursor.varint(), code = cursor.varint();
    bool const head = (code & 1) != 0;
    body_[i] = static_cast<uint32_t>(code >> 1);
    title_[i] = head ? static_cast<uint32_t>(cursor.varint()) : 0;
    kicker_[i] = head ? static_cast<uint32_t>(cursor.varint()) : 0;
    lede_[i] = head ? static_cast<uint32_t>(cursor.varint()) : 0;
    lengths_[i] = static_cast<uint32_t>(cursor.varint());
    if (!cursor.ok() || gap >= doc_count_ || next + gap >= doc_count_) return false;
    docs_[i] = static_cast<DocId>(next + gap);
    next = uint64_t{docs_[i]} + 1;
  }
  have_counts_ = true;
  return true;
}

void PostingCursor::read_counts() {
  have_counts_ = true;
  unpack(streams_[1], widths_[1], body_.data());
  unpack(streams_[2], widths_[2], title_.data());
  unpack(streams_[3], widths_[3], kicker_.data());
  unpack(streams_[4], widths_[4], lede_.data());
}

FieldCounts PostingCursor::counts() {
  if (!have_counts_) read_counts();
  return {title_[at_], kicker_[at_], lede_[at_], body_[at_]};
}

void PostingCursor::read_lengths() {
  have_lengths_ = true;
  if (packed_) unpack(streams_[5], widths_[5], lengths_.data());
  uint32_t end = block_ == 0 ? 0 : end_of(2, block_ - 1);
  for (unsigned i = 0; i < held_; ++i) lengths_[i] = end += lengths_[i];
}

void PostingCursor::occurrences(std::vector<Occurrence>& out) {
  out.clear();
  if (!have_lengths_) read_lengths();
  uint32_t const begin = at_ > 0 ? lengths_[at_ - 1] : block_ == 0 ? 0 : end_of(2, block_ - 1), end = lengths_[at_];
  if (begin > end || end > positions_.size()) return;
  ByteCursor cursor(positions_.substr(begin, end - begin));
  uint32_t position = 0;
  while (!cursor.at_end()) {
    uint64_t const code = cursor.varint();
    if (variants_ == 1) {
      position += static_cast<uint32_t>(code);
      if (cursor.ok()) out.push_back({position, 0});
      continue;
    }
    position += static_cast<uint32_t>(code / variants_);
    if (cursor.ok()) out.push_back({position, static_cast<uint32_t>(code % variants_)});
  }
}

// The first block from `from` on whose last document is >= target: in steps that double, then halves.
uint32_t PostingCursor::find_block(uint32_t from, DocId target) const {
  uint32_t low = from, step = 1;
  while (low < block_count_ && last_doc(low) < target) {
    from = low + 1;
    low += step;
    step *= 2;
  }
  uint32_t high = std::min(low, block_count_);
  while (from < high) {
    uint32_t const middle = from + (high - from) / 2;
    if (last_doc(middle) < target) {
      from = middle + 1;
    } else {
      high = middle;
    }
  }
  return from;
}

DocId PostingCursor::seek(DocId target) {
  if (doc_ >= target) return doc_;
  if (docs_[held_ - 1] < target) {
    uint32_t const block = find_block(block_ + 1, target);
    if (!enter(block)) return doc_;
    if (docs_[held_ - 1] < target) {
      finish();
      return doc_;
    }
  }
  unsigned at = at_, most = held_ - 1;
  for (unsigned near = std::min(at + 8, most); at < near && docs_[at] < target;) ++at;
  while (at < most && docs_[at] < target) {
    unsigned const middle = at + (most - at) / 2;
    if (docs_[middle] < target) {
      at = middle + 1;
    } else {
      most = middle;
    }
  }
  at_ = at;
  return doc_ = docs_[at_];
}

PostingCursor::Bound PostingCursor::bound(DocId target) {
  if (block_count_ == 0) return {};
  if (block_count_ == 1) {
    if (held_ == 0 || target > docs_[held_ - 1]) return {};
    return {docs_[held_ - 1], greatest_impact_};
  }
  if (last_doc(bound_block_) < target) bound_block_ = find_block(bound_block_ + 1, target);
  if (bound_block_ >= block_count_) {
    bound_block_ = block_count_ - 1;
    return {};
  }
  auto const impact = static_cast<uint8_t>(table_[size_t{12} * block_count_ + bound_block_]);
  return {last_doc(bound_block_), impact};
}

}  // namespace vigie::index
