// segment_writer.hpp: documents and terms, already in order, -> the bytes of a segment. The live segment's builder and
// the merger both end here, so that there is one writer of the format.
// Threads: one.
#pragma once

#include <array>
#include <cstdint>
#include <map>
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

struct DocOccurrence {
  DocId doc = 0;
  Occurrence at;
};

class SegmentWriter {
 public:
  SegmentWriter() = default;
  SegmentWriter(SegmentWriter const&) = delete;
  SegmentWriter& operator=(SegmentWriter const&) = delete;

  // Documents first, newest first: time, then row, descending. Returns their docids, counting from 0.
  DocId document(DocumentColumns const&);
  // Then terms, keys ascending. `variants` are written forms; occurrences ascend by document, then position. Variants
  // that nothing uses are left out. A term without occurrences is not written.
  void term(std::string_view key, std::span<std::string const> variants, std::span<DocOccurrence> occurrences);
  std::string finish();

 private:
  uint32_t ordinal(std::map<std::string, uint32_t, std::less<>>& table, std::string_view value);
  uint64_t note_forms(std::string_view key, std::span<std::string const> variants, std::span<uint64_t const> uses);
  std::string meta() const;
  std::string columns() const;
  std::string names() const;
  std::string forms();
  std::string rows() const;

  struct Form {
    std::string folded;
    uint64_t uses = 0;
  };

  std::string postings_;
  PostingWriter lists_;
  std::optional<FieldWeights> noted_;  // of all documents: known when the first term arrives
  std::vector<Occurrence> here_;
  std::array<std::vector<int64_t>, kColumns> columns_;
  std::array<NameTableWriter, kNameKinds> names_;
  std::vector<FieldCounts> words_;
  std::vector<uint64_t> rows_;
  std::map<std::string, uint32_t, std::less<>> sources_, languages_;
  DictionaryWriter terms_{Extents::kept};
  std::vector<Form> forms_;
  std::array<uint64_t, 4> sums_{};  // words of titles, kickers, ledes, bodies
  int64_t newest_s_ = 0, oldest_s_ = 0;
};

}  // namespace vigie::index
