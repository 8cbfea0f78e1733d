#include "index/segment.hpp"

#include <algorithm>

#include "base/coding.hpp"
#include "base/hash.hpp"
#include "text/analyzer.hpp"
#include "text/tokenizer.hpp"

namespace vigie::index {
Result<std::shared_ptr<Segment const>> Segment::open(std::shared_ptr<MappedFile const> file, std::string name) {
  std::shared_ptr<Segment> segment(new Segment);
  segment->bytes_ = file->bytes();
  segment->file_ = std::move(file);
  segment->name_ = std::move(name);
  return open_bytes(std::move(segment));
}

Result<std::shared_ptr<Segment const>> Segment::in_memory(std::string bytes) {
  std::shared_ptr<Segment> segment(new Segment);
  segment->memory_ = std::move(bytes);
  segment->bytes_ = segment->memory_;
  return open_bytes(std::move(segment));
}

Result<std::shared_ptr<Segment const>> Segment::open_bytes(std::shared_ptr<Segment> segment) {
  VIGIE_CHECK(segment->read_header());
  VIGIE_CHECK(segment->read_meta());
  return std::shared_ptr<Segment const>(std::move(segment));
}

Status Segment::read_header() {
  auto const damaged = [&](std::string const& what) {
    return fail(Errc::corrupt, "index segment " + name_ + ": " + what + "; run `vigie reindex`");
  };
  ByteCursor cursor(bytes_);
  if (cursor.bytes(kSegmentMagic.size()) != kSegmentMagic) return damaged("not a segment file");
  if (auto const version = cursor.fixed<uint32_t>(); cursor.ok() && version != kFormatVersion) {
    return fail(Errc::unsupported, "index segment " + name_ + " has format " + std::to_string(version) +
                                       ", this build reads " + std::to_string(kFormatVersion) +
                                       "; run `vigie reindex`");
  }
  auto const section_count = cursor.fixed<uint32_t>();
  auto const file_bytes = cursor.fixed<uint64_t>();
  if (!cursor.ok() || section_count != kSections.size()) return damaged("damaged header");
  for (size_t i = 0; i < kSections.size(); ++i) {
    auto const offset = cursor.fixed<uint64_t>();
    auto const size = cursor.fixed<uint64_t>();
    hashes_[i] = cursor.fixed<uint64_t>();
    if (!cursor.ok() || offset > bytes_.size() || size > bytes_.size() - offset) {
      return damaged("truncated: section " + std::string(index::name(kSections[i])) + " is not whole");
    }
    sections_[i] = bytes_.substr(offset, size);
  }
  header_hash_ = cursor.fixed<uint64_t>();
  if (!cursor.ok() || header_hash_ != hash64(bytes_.substr(0, kHeaderBytes - 8))) return damaged("damaged header");
  if (file_bytes != bytes_.size()) return damaged("its size is not the one written");
  return {};
}

Status Segment::read_meta() {
  auto const damaged = [&](std::string const& what) {
    return fail(Errc::corrupt, "index segment " + name_ + ": " + what + "; run `vigie reindex`");
  };
  auto const meta = section(Section::meta);
  if (hash64(meta) != hashes_[static_cast<size_t>(Section::meta)])
    return damaged("section meta does not match its checksum");
  ByteCursor cursor(meta);
  documents_ = cursor.fixed<uint32_t>();
  newest_s_ = cursor.fixed<int64_t>();
  oldest_s_ = cursor.fixed<int64_t>();
  totals_.documents = documents_;
  totals_.title_words = cursor.fixed<uint64_t>();
  totals_.kicker_words = cursor.fixed<uint64_t>();
  totals_.lede_words = cursor.fixed<uint64_t>();
  totals_.body_words = cursor.fixed<uint64_t>();
  noted_ =
      noted_weights(documents_, {totals_.title_words, totals_.kicker_words, totals_.lede_words, totals_.body_words});
  for (auto* table : {&sources_, &languages_}) {
    for (uint64_t left = cursor.varint(); left > 0 && cursor.ok(); --left) table->push_back(cursor.string());
  }
  if (!cursor.ok()) return damaged("damaged section meta");
  for (auto const language : languages_) {
    auto const stemming = text::stemming_of(language);
    if (std::ranges::find(stemmings_, stemming) == stemmings_.end()) stemmings_.push_back(stemming);
  }
  VIGIE_CHECK(read_columns());
  auto const terms = Dictionary::open(section(Section::terms));
  auto const forms = Dictionary::open(section(Section::forms));
  if (!terms || !forms) return damaged("damaged dictionary");
  terms_ = *terms;
  forms_ = *forms;
  return {};
}

Status Segment::read_columns() {
  ByteCursor columns(section(Section::columns)), names(section(Section::names)), rows(section(Section::rows));
  bool whole = true;
  for (Column& column : columns_) {
    auto const opened = Column::open(columns, documents_);
    if (opened) column = *opened;
    whole = whole && opened;
  }
  for (NameTable& table : names_) {
    auto const opened = NameTable::open(names, documents_);
    if (opened) table = *opened;
    whole = whole && opened;
  }
  for (Ordered* const order : {&by_row_, &by_copy_group_, &by_story_}) {
    order->count = rows.fixed<uint32_t>();
    auto const opened = Column::open(rows, order->count);
    if (opened) order->documents = *opened;
    whole = whole && opened && order->count <= documents_;
  }
  whole = whole && by_row_.count == documents_;
  if (whole && columns.at_end() && names.at_end() && rows.at_end()) return {};
  return fail(Errc::corrupt, "index segment " + name_ + ": damaged columns; run `vigie reindex`");
}

int64_t Segment::published_s(DocId doc) const {
  auto const code = static_cast<uint64_t>(column(ColumnOf::published)[doc]);
  if (code == 0) return kUndated;
  uint64_t const zigzag = code - 1, apart = zigzag >> 1;
  return static_cast<int64_t>(static_cast<uint64_t>(time_s(doc)) + (zigzag & 1 ? ~apart : apart));
}

DocId Segment::at(Ordered const& order, uint32_t i) const {
  return static_cast<DocId>(std::min<uint64_t>(static_cast<uint64_t>(order.documents[i]), documents_ - 1));
}

uint32_t Segment::first_at_least(ColumnOf which, Ordered const& order, uint64_t value) const {
  uint32_t low = 0, high = order.count;
  while (low < high) {
    uint32_t const middle = low + (high - low) / 2;
    if (static_cast<uint64_t>(column(which)[at(order, middle)]) < value) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

std::vector<DocId> Segment::having(ColumnOf which, Ordered const& order, uint64_t value) const {
  std::vector<DocId> found;
  for (uint32_t i = first_at_least(which, order, value); i < order.count; ++i) {
    DocId const doc = at(order, i);
    if (static_cast<uint64_t>(column(which)[doc]) != value) break;
    found.push_back(doc);
  }
  return found;
}

std::optional<DocId> Segment::find_row(uint64_t wanted) const {
  uint32_t const i = first_at_least(ColumnOf::row, by_row_, wanted);
  if (i == by_row_.count || row(at(by_row_, i)) != wanted) return std::nullopt;
  return at(by_row_, i);
}

DocId Segment::first_before(int64_t wanted_s) const {
  DocId low = 0, high = documents_;
  while (low < high) {
    DocId const middle = low + (high - low) / 2;
    if (time_s(middle) >= wanted_s) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

std::optional<Term> Segment::find(std::string_view stemming, std::string_view stem) const {
  auto const at = terms_.find(term_key(stemming, stem));
  return at ? decode(*at) : std::nullopt;
}

std::optional<Term> Segment::decode(Dictionary::Cursor const& at) const {
  Term term;
  auto const form = [&](std::string_view shared, std::string_view rest) {
    term.variants.push_back(std::string(shared).append(rest));
  };
  if (!read_term(at, term, form)) return std::nullopt;
  return term;
}

std::vector<std::string> Segment::text_spaces() const {
  std::vector<std::string> spaces;
  for (auto const stemming : stemmings_) {
    spaces.emplace_back(stemming);
    spaces.push_back(said_space(stemming));
  }
  return spaces;
}

std::optional<uint64_t> Segment::own_uses(Dictionary::Cursor const& at) const {
  auto const term = decode(at);
  if (!term) return std::nullopt;
  auto const word = word_of(at.key());
  bool const written = std::ranges::any_of(
      term->variants, [&](std::string const& form) { return form == word || text::folded_of(form) == word; });
  return written ? std::optional(term->own_uses) : std::nullopt;
}

void Segment::each_form(std::string_view prefix,
                        std::function<bool(std::string_view form, uint64_t uses)> const& each) const {
  for (auto at = forms_.seek(prefix); at.valid() && at.key().starts_with(prefix); at.next()) {
    if (!each(at.key(), ByteCursor(at.payload()).varint())) return;
  }
  for (auto const& space : text_spaces()) {
    std::string const first = term_key(space, prefix);
    for (auto at = terms_.seek(first); at.valid() && at.key().starts_with(first); at.next()) {
      auto const own = own_uses(at);
      if (own && !each(word_of(at.key()), *own)) return;
    }
  }
}

Status Segment::verify() const {
  for (size_t i = 0; i < kSections.size(); ++i) {
    if (hash64(sections_[i]) == hashes_[i]) continue;
    return fail(Errc::corrupt, "index segment " + name_ + ": section " + std::string(index::name(kSections[i])) +
                                   " does not match its checksum; run `vigie reindex`");
  }
  return {};
}

std::vector<std::string> Segment::check() const {
  if (auto const whole = verify(); !whole) return {whole.error().message};
  std::vector<std::string> found;
  for (DocId doc = 1; doc < documents_; ++doc) {
    if (std::pair(time_s(doc), row(doc)) > std::pair(time_s(doc - 1), row(doc - 1))) {
      found.push_back("document " + std::to_string(doc) + " is newer than the one before it");
    }
  }
  for (DocId doc = 0; doc < documents_; ++doc) {
    if (find_row(row(doc)) != doc) found.push_back("document " + std::to_string(doc) + " is not found by its row");
    if (source(doc) >= sources_.size() || language(doc) >= languages_.size()) {
      found.push_back("document " + std::to_string(doc) + " names a source or language that is not there");
    }
  }
  std::vector<Occurrence> occurrences;
  uint32_t terms = 0;
  for (auto cursor = terms_.seek(""); cursor.valid(); cursor.next(), ++terms) {
    auto const term = decode(cursor);
    uint32_t documents = 0;
    if (term) {
      for (auto postings = open_postings(*term); postings.doc() != kNoMoreDocs; postings.next(), ++documents) {
        postings.occurrences(occurrences);
        if (occurrences.size() != postings.counts().total()) found.push_back("term counts and positions do not agree");
      }
    }
    if (!term || documents != term->documents) found.push_back("a term's postings do not agree with its entry");
    if (found.size() > 100) return found;
  }
  if (terms != terms_.size()) found.push_back("the dictionary ends early");
  return found;
}

}  // namespace vigie::index
