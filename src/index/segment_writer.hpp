// segment_writer.hpp: documents and terms, already in order, -> the bytes of a segment. The live segment's builder and
// the merger both end here, so that there is one writer of the format.
// Threads: one.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "index/dictionary.hpp"
#include "index/format.hpp"
#include "index/impact.hpp"
#include "index/name_table.hpp"
#include "index/postings.hpp"
#include "index/sort_prefix.hpp"
#include "index/text_ids.hpp"

namespace vigie::index {

struct DocumentColumns {
  int64_t time_s = 0;
  std::optional<int64_t> published_s;
  int64_t seen_s = 0;
  uint64_t row = 0;
  std::string_view source, language;  // for the call only
  FieldCounts words;
  uint64_t copy_group = 0, story = 0;
  std::array<std::vector<std::string_view>, kNameKinds> names;  // by Names; for the call only
};

// A place of a term in eight bytes. The one of many that it belongs to is a number: a term's while documents arrive, a
// document's when terms are written. Positions beyond kMost, of hostile texts only, are taken for it.
class Placed {
 public:
  static constexpr unsigned kVariantBits = 12, kPositionBits = 26;
  static constexpr uint32_t kMost = (1u << kPositionBits) - 1;

  Placed() = default;
  // Precondition: owner < 2^26, variant < 2^12.
  Placed(uint32_t owner, uint32_t position, uint32_t variant)
      : bits_(uint64_t{owner} << (kPositionBits + kVariantBits) | uint64_t{std::min(position, kMost)} << kVariantBits |
              variant) {}
  uint32_t owner() const { return static_cast<uint32_t>(bits_ >> (kPositionBits + kVariantBits)); }
  uint32_t position() const { return static_cast<uint32_t>(bits_ >> kVariantBits) & kMost; }
  uint32_t variant() const { return static_cast<uint32_t>(bits_) & ((1u << kVariantBits) - 1); }
  Placed of(uint32_t owner) const { return {owner, position(), variant()}; }

 private:
  uint64_t bits_ = 0;
};

class SegmentWriter {
 public:
  SegmentWriter() = default;
  SegmentWriter(SegmentWriter const&) = delete;
  SegmentWriter& operator=(SegmentWriter const&) = delete;

  // How large the segment may become: room that is asked for once and touched as it fills.
  void expect(size_t bytes) { postings_.reserve(bytes); }
  // Documents first, newest first: time, then row, descending. Returns their docids, counting from 0.
  DocId document(DocumentColumns const&);
  // Then terms, keys ascending. `variants` are written forms. Those that nothing uses are left out: the steps of the
  // others are renumbered. A term without postings is not written. Postings ascend by document.
  void term(std::string_view key, std::span<std::string_view const> variants, std::span<Posting const>,
            std::span<Step> steps);
  // The same from places, ascending by document (their owner), then position.
  void term(std::string_view key, std::span<std::string_view const> variants, std::span<Placed const>);
  std::string finish();

 private:
  void weigh_documents();
  uint8_t impact(Posting const&) const;
  FieldCounts count(std::span<Placed const> of_one_document, bool text) const;
  void keep_used(std::span<std::string_view const> variants, std::span<Step> steps);
  uint64_t note_forms(std::string_view key);
  void note_form(std::string_view folded, uint64_t uses);
  std::string meta() const;
  std::string columns() const;
  std::string names() const;
  std::string forms();
  std::string rows() const;

  struct Form {
    SortPrefix prefix;
    size_t begin = 0;  // in form_letters_
    uint32_t size = 0;
    uint64_t uses = 0;
  };
  std::string_view folded(Form const& form) const { return {form_letters_.data() + form.begin, form.size}; }

  std::string postings_;
  PostingWriter lists_;
  std::optional<FieldWeights> noted_;  // of all documents: known when the first term arrives
  // By document: the impact of a term that stands in its body alone, once; twice up to kFewUses times. Apart, because
  // nearly all postings are of the first kind, and documents are many.
  static constexpr uint32_t kFewUses = 5;
  std::vector<uint8_t> impact_of_one_;
  std::vector<std::array<uint8_t, kFewUses - 1>> impact_of_few_;
  // Of the term in hand: its postings where it came as occurrences; its variants in use and how often each is.
  std::vector<Posting> postings_here_;
  std::vector<Step> steps_here_;
  std::vector<std::string_view> used_;
  std::vector<uint64_t> uses_;
  std::vector<uint32_t> renumbered_;
  std::string payload_;
  std::array<std::vector<int64_t>, kColumns> columns_;
  std::array<NameTableWriter, kNameKinds> names_;
  std::vector<FieldCounts> words_;
  std::vector<uint64_t> rows_;
  TextIds sources_, languages_;
  DictionaryWriter terms_{Extents::kept};
  std::vector<Form> forms_;
  std::string form_letters_;
  std::array<uint64_t, 4> sums_{};  // words of titles, kickers, ledes, bodies
  int64_t newest_s_ = 0, oldest_s_ = 0;
};

}  // namespace vigie::index
