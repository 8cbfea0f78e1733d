// segment.hpp: one immutable piece of the index, mapped from a file or held in memory: the newest document is docid 0.
// Threads: safe to share. Lifetime: views and cursors live as long as the Segment. Damaged bytes never lead outside the
// file: lists end early, keys are not found; check() says what is wrong.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/fs.hpp"
#include "base/result.hpp"
#include "index/column.hpp"
#include "index/dictionary.hpp"
#include "index/format.hpp"
#include "index/impact.hpp"
#include "index/name_table.hpp"
#include "index/postings.hpp"
#include "index/snapshot.hpp"

namespace vigie::index {

inline constexpr int64_t kUndated = std::numeric_limits<int64_t>::min();  // published() of a document without
                                                                          // date

struct Term {
  uint32_t documents = 0;  // erased ones among them
  std::string_view postings, places;
  std::vector<std::string> variants;  // written forms, by Occurrence::variant
  uint64_t own_uses = 0;              // how often its word itself is written, accents aside; of what was said: 0
};

class Segment {
 public:
  // Errors: corrupt, unsupported. Verifies the header and every size that later reads rest on; no section is read
  // whole.
  static Result<std::shared_ptr<Segment const>> open(std::shared_ptr<MappedFile const>, std::string name);
  static Result<std::shared_ptr<Segment const>> in_memory(std::string bytes);

  std::string const& file_name() const { return name_; }  // empty in memory
  uint64_t bytes() const { return bytes_.size(); }
  std::string_view file_bytes() const { return bytes_; }
  uint64_t header_hash() const { return header_hash_; }
  DocId documents() const { return documents_; }
  Totals const& totals() const { return totals_; }  // erased documents counted

  // Columns. Precondition: doc < documents().
  int64_t time_s(DocId doc) const { return column(ColumnOf::time)[doc]; }
  int64_t published_s(DocId doc) const;  // kUndated where there is none
  int64_t seen_s(DocId doc) const { return column(ColumnOf::seen)[doc]; }
  uint64_t row(DocId doc) const { return static_cast<uint64_t>(column(ColumnOf::row)[doc]); }
  uint32_t source(DocId doc) const { return small(ColumnOf::source, doc); }
  uint32_t language(DocId doc) const { return small(ColumnOf::language, doc); }
  FieldCounts words(DocId doc) const {
    return {small(ColumnOf::title_words, doc), small(ColumnOf::kicker_words, doc), small(ColumnOf::lede_words, doc),
            small(ColumnOf::body_words, doc)};
  }
  Column const& column(ColumnOf which) const { return columns_[static_cast<size_t>(which)]; }
  // As they were when the segment was written; SegmentRef knows what changed since.
  uint64_t copy_group(DocId doc) const { return static_cast<uint64_t>(column(ColumnOf::copy_group)[doc]); }
  uint64_t story(DocId doc) const { return static_cast<uint64_t>(column(ColumnOf::story)[doc]); }
  NameTable const& names(Names kind) const { return names_[static_cast<size_t>(kind)]; }

  std::vector<std::string_view> const& sources() const { return sources_; }      // by ordinal
  std::vector<std::string_view> const& languages() const { return languages_; }  // by ordinal
  std::vector<std::string_view> const& stemmings() const { return stemmings_; }  // of its languages, each once
  std::string_view source_name(DocId doc) const { return value(sources_, source(doc)); }
  std::string_view language_name(DocId doc) const { return value(languages_, language(doc)); }
  int64_t newest_s() const { return newest_s_; }
  int64_t oldest_s() const { return oldest_s_; }
  // The greatest row; 0 of an empty segment.
  uint64_t newest_row() const { return by_row_.count == 0 ? 0 : row(at(by_row_, by_row_.count - 1)); }

  std::optional<DocId> find_row(uint64_t row) const;  // O(log documents)
  // Documents written with this copy group or story, ascending. O(log documents + their number).
  std::vector<DocId> in_copy_group(uint64_t group) const { return having(ColumnOf::copy_group, by_copy_group_, group); }
  std::vector<DocId> in_story(uint64_t story) const { return having(ColumnOf::story, by_story_, story); }
  // Whether a document's place in the order of news is its publication wherever it has one; and all have one.
  bool published_is_time() const { return column(ColumnOf::published).within(0, 1); }
  bool all_are_dated() const { return column(ColumnOf::published).within(1, 1); }
  // By which weights the impacts in posting lists were noted.
  FieldWeights const& noted() const { return noted_; }
  // The first document with time < time_s: [0, it) are at or after that time.
  DocId first_before(int64_t time_s) const;

  std::optional<Term> find(std::string_view stemming, std::string_view stem) const;
  std::optional<Term> decode(Dictionary::Cursor const& at) const;  // of terms()
  // The same without a copy: calls each_form(shared, rest) with the two pieces of every written form instead of filling
  // `variants`. False where the entry is damaged.
  template <class EachForm>
  bool read_term(Dictionary::Cursor const& at, Term& term, EachForm each_form) const;
  PostingCursor open_postings(Term const& term) const {
    return {term.postings, term.places, term.documents, static_cast<uint32_t>(term.variants.size()), documents_};
  }
  Dictionary const& terms() const { return terms_; }
  // Exact folded forms that are not their own stem; payload: uses as varint.
  Dictionary const& forms() const { return forms_; }
  // The spaces of terms() that hold words of texts: of its stemmings, and of what was said in these.
  std::vector<std::string> text_spaces() const;
  // Of a term in these: how often its word itself is written, accents aside; nothing where it is not.
  std::optional<uint64_t> own_uses(Dictionary::Cursor const& at) const;
  // Every exact folded form that begins with `prefix`, and how often it is written; a form may come several times, its
  // uses are then the sum. Until `each` returns false.
  void each_form(std::string_view prefix, std::function<bool(std::string_view form, uint64_t uses)> const& each) const;

  // Every section against its checksum; what a merge reads must be whole.
  // Errors: corrupt. Cost: reads everything once.
  Status verify() const;
  // What does not agree: checksums, order, bounds. Cost: reads everything.
  std::vector<std::string> check() const;

 private:
  Segment() = default;
  static Result<std::shared_ptr<Segment const>> open_bytes(std::shared_ptr<Segment>);
  Status read_header();
  Status read_meta();
  std::string_view section(Section which) const { return sections_[static_cast<size_t>(which)]; }
  uint32_t small(ColumnOf which, DocId doc) const { return static_cast<uint32_t>(column(which)[doc]); }
  Status read_columns();
  struct Ordered;
  DocId at(Ordered const& order, uint32_t i) const;
  uint32_t first_at_least(ColumnOf which, Ordered const& order, uint64_t value) const;
  std::vector<DocId> having(ColumnOf which, Ordered const& order, uint64_t value) const;

  static std::string_view value(std::vector<std::string_view> const& table, uint32_t ordinal) {
    return ordinal < table.size() ? table[ordinal] : std::string_view{};
  }

  std::shared_ptr<MappedFile const> file_;
  std::string memory_, name_;
  std::string_view bytes_;
  std::array<std::string_view, kSections.size()> sections_;
  std::array<uint64_t, kSections.size()> hashes_{};
  uint64_t header_hash_ = 0;
  DocId documents_ = 0;
  int64_t newest_s_ = 0, oldest_s_ = 0;
  Totals totals_;
  std::vector<std::string_view> sources_, languages_, stemmings_;
  Dictionary terms_, forms_;
  std::array<Column, kColumns> columns_;
  FieldWeights noted_;
  struct Ordered {  // documents by a column's value
    uint32_t count = 0;
    Column documents;
  };
  Ordered by_row_, by_copy_group_, by_story_;
  std::array<NameTable, kNameKinds> names_;
};

// The word behind a key's space; empty where there is no space.
inline std::string_view word_of(std::string_view key) {
  auto const end = key.find(kSpaceEnd);
  return end == std::string_view::npos ? std::string_view{} : key.substr(end + 1);
}

template <class EachForm>
bool Segment::read_term(Dictionary::Cursor const& at, Term& term, EachForm each_form) const {
  auto const word = word_of(at.key());
  auto const data = section(Section::postings);
  ByteCursor cursor(at.payload());
  term.documents = static_cast<uint32_t>(cursor.varint());
  bool const inlined = term.documents == 1;
  uint64_t const list_bytes = inlined ? 0 : cursor.varint();
  uint64_t const coded = cursor.varint(), forms = coded >> 1;
  bool const same = (coded & 1) != 0;
  if (same) each_form(word, std::string_view{});
  for (uint64_t left = forms - (same ? 1 : 0); left > 0 && cursor.ok(); --left) {
    uint64_t const shared = cursor.varint();
    auto const rest = cursor.string();
    each_form(word.substr(0, shared), rest);
  }
  bool const own_is_told = !inlined || forms > 1;
  term.own_uses = own_is_told ? cursor.varint() : same ? 1 : 0;
  if (!cursor.ok() || (forms == 0 && !same)) return false;
  if (inlined) {
    term.postings = cursor.rest();
    return true;
  }
  if (at.begin() > data.size() || at.extent() > data.size() - at.begin() || list_bytes > at.extent()) return true;
  auto const here = data.substr(at.begin(), at.extent());
  term.postings = here.substr(0, list_bytes);
  term.places = here.substr(list_bytes);
  return true;
}

}  // namespace vigie::index
