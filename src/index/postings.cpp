#include "index/postings.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

namespace vigie::index {
namespace {

constexpr size_t kTableBytes = 14;   // of a block in the table: last document, end, group, rank, impact
constexpr uint8_t kApart = 0x80;     // beside a stream's width: some of its numbers need more bits
constexpr unsigned kBytesApart = 3;  // of such a number: its place and a varint, and one for the time it takes
constexpr unsigned kWidestGap = 24;  // 128 gaps cannot run over 32 bits; wider ones are checked one by one

uint32_t fixed32(char const* at) {
  auto const* const bytes = reinterpret_cast<unsigned char const*>(at);
  return bytes[0] | uint32_t{bytes[1]} << 8 | uint32_t{bytes[2]} << 16 | uint32_t{bytes[3]} << 24;
}

unsigned width_for(std::array<uint32_t, kBlockDocs> const& values) {
  uint32_t all = 0;
  for (uint32_t const value : values) all |= value;
  if (all == 0) return 0;
  std::array<uint64_t, kBlockDocs> wide;
  std::ranges::copy(values, wide.begin());
  return std::min(cheapest_width(wide, kBytesApart), 32u);
}

bool is_apart(uint32_t value, unsigned width) { return width < 32 && value >> width != 0; }

// Gap x 4, + 2 where the head follows, + 1 where the term stands once; else how often, less 2; the head: title, kicker
// and lede. `more`: occurrences beyond the first.
void put_posting(std::string& out, uint32_t gap, uint32_t more, uint32_t title, uint32_t kicker, uint32_t lede) {
  bool const head = (title | kicker | lede) != 0, once = more == 0;
  put_varint(out, uint64_t{gap} << 2 | (head ? 2 : 0) | (once ? 1 : 0));
  if (!once) put_varint(out, more - 1);
  if (!head) return;
  put_varint(out, title);
  put_varint(out, kicker);
  put_varint(out, lede);
}

}  // namespace

// --- writing ---

void put_lone(std::string& out, Posting const& posting, uint8_t impact, std::span<Step const> steps,
              uint32_t variants) {
  out += static_cast<char>(impact);
  FieldCounts const& counts = posting.counts;
  put_posting(out, posting.doc, static_cast<uint32_t>(steps.size()) - 1, counts.title, counts.kicker, counts.lede);
  for (Step const& step : steps) put_varint(out, uint64_t{step.gap} * variants + step.variant);
}

void PostingWriter::begin(uint32_t variants) {
  variants_ = variants;
  next_doc_ = last_doc_ = 0;
  held_ = 0;
  impact_ = 0;
  blocks_.clear();
  bytes_.clear();
  postings_.clear();
  places_.begin();
  documents_ = 0;
}

void PostingWriter::add(Posting const& posting, uint8_t impact, std::span<Step const> steps) {
  if (held_ == 0) {
    open_.group = static_cast<uint32_t>(places_.group());
    open_.rank = static_cast<uint8_t>(places_.rank());
  }
  for (Step const& step : steps) places_.add(uint64_t{step.gap} * variants_ + step.variant);
  values_[gaps][held_] = posting.doc - next_doc_;
  values_[totals][held_] = static_cast<uint32_t>(steps.size()) - 1;
  values_[title][held_] = posting.counts.title;
  values_[kicker][held_] = posting.counts.kicker;
  values_[lede][held_] = posting.counts.lede;
  impact_ = std::max(impact_, impact);
  last_doc_ = posting.doc;
  next_doc_ = posting.doc + 1;
  ++documents_;
  if (++held_ == kBlockDocs) {
    put_packed();
    close_block();
  }
}

void PostingWriter::put_packed() {
  std::array<unsigned, streams> widths{};
  apart_.clear();
  for (size_t s = 0; s < streams; ++s) {
    widths[s] = width_for(values_[s]);
    size_t const head = apart_.size();
    unsigned count = 0;
    for (unsigned i = 0; i < kBlockDocs; ++i) {
      if (!is_apart(values_[s][i], widths[s])) continue;
      if (count++ == 0) apart_ += '\0';  // how many, once that is known
      apart_ += static_cast<char>(i);
      put_varint(apart_, values_[s][i] >> widths[s]);
    }
    if (count > 0) apart_[head] = static_cast<char>(count);
    bytes_ += static_cast<char>(count > 0 ? widths[s] | kApart : widths[s]);
  }
  for (size_t s = 0; s < streams; ++s) pack(bytes_, values_[s].data(), widths[s]);
  bytes_ += apart_;
}

void PostingWriter::put_varints() {
  for (unsigned i = 0; i < held_; ++i) {
    put_posting(bytes_, values_[gaps][i], values_[totals][i], values_[title][i], values_[kicker][i], values_[lede][i]);
  }
}

void PostingWriter::close_block() {
  open_.last_doc = last_doc_;
  open_.end = static_cast<uint32_t>(bytes_.size());
  open_.impact = impact_;
  blocks_.push_back(open_);
  held_ = 0;
  impact_ = 0;
}

PostingWriter::List PostingWriter::end() {
  if (held_ > 0) {
    put_varints();
    close_block();
  }
  if (blocks_.size() > 1) {
    for (Block const& block : blocks_) put_fixed(postings_, block.last_doc);
    for (Block const& block : blocks_) put_fixed(postings_, block.end);
    for (Block const& block : blocks_) put_fixed(postings_, block.group);
    for (Block const& block : blocks_) put_fixed(postings_, block.rank);
  }
  for (Block const& block : blocks_) put_fixed(postings_, block.impact);
  postings_ += bytes_;
  return {documents_, postings_, places_.end()};
}

// --- reading ---

bool read_lone(std::string_view postings, uint32_t variants, DocId doc_count, Posting& posting,
               std::vector<Step>& steps) {
  ByteCursor cursor(postings);
  cursor.fixed<uint8_t>();  // the impact
  uint64_t const code = cursor.varint(), gap = code >> 2;
  if ((code & 1) == 0) cursor.varint();  // the steps tell how many they are
  bool const head = (code & 2) != 0;
  FieldCounts& counts = posting.counts;
  counts.title = head ? static_cast<uint32_t>(cursor.varint()) : 0;
  counts.kicker = head ? static_cast<uint32_t>(cursor.varint()) : 0;
  counts.lede = head ? static_cast<uint32_t>(cursor.varint()) : 0;
  if (!cursor.ok() || gap >= doc_count) return false;
  posting.doc = static_cast<DocId>(gap);
  posting.first = steps.size();
  while (!cursor.at_end()) {
    uint64_t const number = cursor.varint();
    if (!cursor.ok()) break;
    if (variants == 1) {
      steps.push_back({static_cast<uint32_t>(number), 0});
    } else {
      steps.push_back({static_cast<uint32_t>(number / variants), static_cast<uint32_t>(number % variants)});
    }
  }
  posting.steps = static_cast<uint32_t>(steps.size() - posting.first);
  uint32_t const heads = counts.title + counts.kicker + counts.lede;
  counts.body = posting.steps > heads ? posting.steps - heads : 0;
  return posting.steps > 0;
}

PostingCursor::PostingCursor(std::string_view postings, std::string_view places, uint32_t documents, uint32_t variants,
                             DocId doc_count)
    : postings_(postings),
      places_(places),
      documents_(documents),
      variants_(std::max(variants, 1u)),
      block_count_(static_cast<uint32_t>((uint64_t{documents} + kBlockDocs - 1) / kBlockDocs)),
      doc_count_(doc_count) {
  size_t const table = block_count_ > 1 ? kTableBytes * block_count_ : block_count_;
  if (table > postings_.size() || documents_ > doc_count_ || doc_count_ > kNoMoreDocs / 2) block_count_ = 0;
  if (block_count_ == 0) return;
  table_ = postings_.substr(0, table);
  blocks_ = postings_.substr(table);
  group_ = PlaceCursor(places_);
  for (char const impact : table_.substr(table - block_count_)) {
    greatest_impact_ = std::max(greatest_impact_, static_cast<uint8_t>(impact));
  }
  enter(0);
  if (held_ > 0) doc_ = docs_[0];
}

// Of a list of one block the table keeps the impact alone: its last document is not known before it is read.
DocId PostingCursor::last_doc(uint32_t block) const { return block_count_ > 1 ? in_table(0, block) : kNoMoreDocs - 1; }

// table 0: last documents; 1: where blocks end; 2: groups.
uint32_t PostingCursor::in_table(size_t table, uint32_t block) const {
  return fixed32(table_.data() + (table * block_count_ + block) * 4);
}

uint32_t PostingCursor::end_of(uint32_t block) const {
  return block_count_ > 1 ? in_table(1, block) : static_cast<uint32_t>(blocks_.size());
}

bool PostingCursor::enter(uint32_t block) {
  if (block >= block_count_) return finish();
  block_ = block;
  at_ = 0;
  held_ = std::min(kBlockDocs, documents_ - block * kBlockDocs);
  have_counts_ = have_starts_ = false;
  uint32_t const begin = block == 0 ? 0 : end_of(block - 1), end = end_of(block);
  if (begin > end || end > blocks_.size()) return finish();
  DocId const before = block == 0 ? kNoMoreDocs : last_doc(block - 1);  // the first gap counts from there, plus one
  auto const bytes = blocks_.substr(begin, end - begin);
  bool const read = held_ == kBlockDocs ? read_packed(bytes, before) : read_varints(bytes, before, held_);
  bool const agrees = read && docs_[held_ - 1] < doc_count_ &&
                      (block_count_ == 1 || docs_[held_ - 1] == last_doc(block)) && (block == 0 || before < docs_[0]);
  return agrees || finish();
}

bool PostingCursor::read_packed(std::string_view bytes, DocId before) {
  if (bytes.size() < widths_.size()) return false;
  size_t at = widths_.size();
  for (size_t i = 0; i < widths_.size(); ++i) {
    widths_[i] = static_cast<uint8_t>(bytes[i]);
    unsigned const width = widths_[i] & ~unsigned{kApart};
    if (width > 32) return false;
    streams_[i] = bytes.data() + at;
    at += packed_bytes(width);
  }
  if (at > bytes.size()) return false;
  apart_ = ByteCursor(bytes.substr(at));
  heads_ = (widths_[2] | widths_[3] | widths_[4]) != 0;
  uint32_t most_apart = 0;
  if (!read_stream(0, docs_.data(), most_apart)) return false;
  sum_gaps(docs_.data(), before);
  bool const narrow = (widths_[0] & ~kApart) <= kWidestGap && most_apart < uint32_t{1} << kWidestGap;
  return narrow || std::ranges::is_sorted(docs_, std::less_equal{});
}

// Streams are read in order: the numbers told apart stand one stream's behind the other's.
inline bool PostingCursor::read_stream(unsigned stream, uint32_t* values, uint32_t& most_apart) {
  unsigned const width = widths_[stream] & ~unsigned{kApart};
  unpack(streams_[stream], width, values);
  if (!(widths_[stream] & kApart)) return true;
  for (auto left = apart_.fixed<uint8_t>(); left > 0; --left) {
    auto const i = apart_.fixed<uint8_t>();
    auto const high = apart_.varint();
    if (!apart_.ok() || i >= kBlockDocs || width >= 32 || high >> (32 - width)) return false;
    values[i] |= static_cast<uint32_t>(high) << width;
    most_apart = std::max(most_apart, values[i]);
  }
  return apart_.ok();
}

bool PostingCursor::read_varints(std::string_view bytes, DocId before, unsigned count) {
  ByteCursor cursor(bytes);
  uint64_t next = before == kNoMoreDocs ? 0 : uint64_t{before} + 1;
  for (unsigned i = 0; i < count; ++i) {
    uint64_t const code = cursor.varint(), gap = code >> 2;
    bool const head = (code & 2) != 0, once = (code & 1) != 0;
    totals_[i] = once ? 1 : static_cast<uint32_t>(cursor.varint() + 2);
    title_[i] = head ? static_cast<uint32_t>(cursor.varint()) : 0;
    kicker_[i] = head ? static_cast<uint32_t>(cursor.varint()) : 0;
    lede_[i] = head ? static_cast<uint32_t>(cursor.varint()) : 0;
    if (!cursor.ok() || gap >= doc_count_ || next + gap >= doc_count_) return false;
    docs_[i] = static_cast<DocId>(next + gap);
    next = uint64_t{docs_[i]} + 1;
  }
  have_counts_ = true;
  heads_ = true;
  if (documents_ == 1) places_ = cursor.rest();
  return true;
}

void PostingCursor::read_counts() {
  have_counts_ = true;
  uint32_t ignored = 0;
  bool read = read_stream(1, totals_.data(), ignored);
  for (uint32_t& total : totals_) ++total;
  if (!heads_) return;
  read = read && read_stream(2, title_.data(), ignored);
  read = read && read_stream(3, kicker_.data(), ignored);
  read = read && read_stream(4, lede_.data(), ignored);
  if (read) return;
  title_.fill(0);  // damaged
  kicker_.fill(0);
  lede_.fill(0);
}

void PostingCursor::read_starts() {
  if (!have_counts_) read_counts();
  have_starts_ = true;
  uint32_t before =
      block_count_ > 1 ? static_cast<unsigned char>(table_[size_t{12} * block_count_ + block_]) % kGroupPlaces : 0;
  for (unsigned i = 0; i < held_; ++i) {
    starts_[i] = before;
    before += totals_[i];
  }
}

// Groups are walked from the block's first one: a block has a few.
bool PostingCursor::enter_group(uint32_t group) {
  if (group_block_ != block_ || group_at_ > group) {
    group_block_ = block_;
    group_at_ = 0;
    if (!group_.enter(block_count_ > 1 ? in_table(2, block_) : 0)) return false;
  }
  for (; group_at_ < group; ++group_at_) {
    if (!group_.next()) return false;
  }
  return true;
}

// The numbers from the `start`-th of the block's groups on; they lie in one group. False where they are damaged.
bool PostingCursor::take_places(uint32_t start, std::span<uint64_t> out) {
  if (enter_group(start / kGroupPlaces) && group_.take(start % kGroupPlaces, out)) return true;
  group_block_ = UINT32_MAX;
  return false;
}

void PostingCursor::occurrences(std::vector<Occurrence>& out) {
  out.clear();
  each_occurrence([&](uint32_t position, uint32_t variant) { out.push_back({position, variant}); });
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

DocId PostingCursor::leap(DocId target) {
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

DocId PostingCursor::seek_heavy(DocId target, DocId end, LeastWeight const& least, Column const& words) {
  if (least.count() == 0) return seek(target);
  for (seek(target); doc_ < end; enter(block_ + 1) ? doc_ = docs_[0] : doc_) {
    if (!have_counts_) read_counts();
    for (; at_ < held_; ++at_) {
      doc_ = docs_[at_];
      if (doc_ >= end) return doc_;
      bool const heavy = totals_[at_] >= least.count() && least.reached(totals_[at_], words.above_least(doc_));
      if (heavy || (heads_ && (title_[at_] | kicker_[at_] | lede_[at_]) != 0)) return doc_;
    }
  }
  return doc_;
}

PostingCursor::Bound PostingCursor::bound(DocId target, DocId least) {
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
  auto const* const impacts = reinterpret_cast<unsigned char const*>(table_.data()) + size_t{13} * block_count_;
  uint32_t block = bound_block_;
  uint8_t impact = impacts[block];
  while (last_doc(block) < least && block + 1 < block_count_) impact = std::max(impact, impacts[++block]);
  return {last_doc(block), impact};
}

}  // namespace vigie::index
