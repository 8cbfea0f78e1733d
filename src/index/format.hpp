// format.hpp: the constants of a segment file and how a document's words are laid out in positions. docs/format.md has
// every byte; segment_writer.cpp writes it and segment.cpp reads it.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace vigie::index {

using DocId = uint32_t;  // of one segment; 0 is its newest document
inline constexpr DocId kNoMoreDocs = UINT32_MAX;

inline constexpr std::string_view kSegmentMagic = "VIGIESEG";
inline constexpr std::string_view kManifestMagic = "VIGIEMAN";
inline constexpr uint32_t kFormatVersion = 5;
inline constexpr size_t kPadding = 64;  // zero bytes behind each section: a vector load may run over its end

enum class Section : uint32_t { meta, terms, forms, postings, columns, names, rows };
inline constexpr std::array kSections = {Section::meta,    Section::terms, Section::forms, Section::postings,
                                         Section::columns, Section::names, Section::rows};
std::string_view name(Section);

inline constexpr size_t kHeaderBytes = 8 + 4 + 4 + 8 + kSections.size() * 24 + 8;

// The columns of a segment, in the order of the file. `published` is 0 for a document without date, else 1 + the
// distance from `time`, zigzag: nearly always 1.
enum class ColumnOf : uint8_t {
  time,
  published,
  seen,
  row,
  source,
  language,
  title_words,
  kicker_words,
  lede_words,
  body_words,
  copy_group,
  story
};
inline constexpr size_t kColumns = 12;

// Words of each field of a document; also how often one word stands in each.
struct FieldCounts {
  uint32_t title = 0, kicker = 0, lede = 0, body = 0;
  uint32_t total() const { return title + kicker + lede + body; }
  bool operator==(FieldCounts const&) const = default;
};

// Positions of one document: title, kicker, lede, then the body's blocks, with gaps so wide that nothing NEAR crosses
// from one field into another, and a phrase never from one block into the next.
inline constexpr uint32_t kFieldGap = 64;
inline constexpr uint32_t kBlockGap = 8;
inline constexpr uint32_t kMaxTitleWords = 1000, kMaxKickerWords = 200, kMaxLedeWords = 5000, kMaxBodyWords = 500'000;

struct Layout {
  uint32_t kicker = 0, lede = 0, body = 0;  // where each begins; the title begins at 0
  explicit Layout(FieldCounts const& words)
      : kicker(words.title + kFieldGap), lede(kicker + words.kicker + kFieldGap), body(lede + words.lede + kFieldGap) {}
  void count(uint32_t position, FieldCounts& counts) const {
    ++(position < kicker ? counts.title
       : position < lede ? counts.kicker
       : position < body ? counts.lede
                         : counts.body);
  }
};

// One place of a term: `variant` says which written form of the stem stands there.
struct Occurrence {
  uint32_t position = 0, variant = 0;
};

// The same as it is written: how far behind the place before it in its document.
struct Step {
  uint32_t gap = 0, variant = 0;
};

// Dictionary keys: a space, a separator, a word. The space of an article's text is its stemming ("fr", "" for words
// left as they are) and the word a stem; what was said is a second time in a space of its own, so that phrases stay
// within one quote; names are in a space for each kind, unstemmed.
inline constexpr std::string_view kAuthors = "@";
inline constexpr std::string_view kPeople = "@person", kOrganisations = "@org", kPlaces = "@place";
inline constexpr std::string_view kSpeakers = "@speaker";
inline constexpr char kSpaceEnd = '\x1f';
std::string term_key(std::string_view space, std::string_view word);
std::string said_space(std::string_view stemming);  // of quotes in texts of this stemming
// Whether a key is of the text itself: only there do positions tell fields apart.
inline bool is_text_key(std::string_view key) { return key.empty() || (key[0] != '@' && key[0] != '"'); }

// Names that a document lists, each kind with a table and a list of ordinals a document.
enum class Names : uint8_t { people, organisations, places };
inline constexpr size_t kNameKinds = 3;

}  // namespace vigie::index
