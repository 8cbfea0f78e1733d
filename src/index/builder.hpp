// builder.hpp: articles as they arrive -> a segment in memory. Occurrences are appended in arrival order and sorted
// once, by two counting passes, when the segment is made.
// Threads: one.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "index/format.hpp"
#include "index/index.hpp"
#include "index/segment_writer.hpp"
#include "index/term_table.hpp"
#include "text/analysis.hpp"

namespace vigie::index {

class Builder {
 public:
  explicit Builder(text::Analyzer& analyzer) : analyzer_(analyzer) {}

  void add(Document const&);
  // Forgets a document added since the last finish(); false where it is not there.
  bool erase(uint64_t row);
  bool regroup(uint64_t row, uint64_t copy_group, uint64_t story);
  size_t documents() const { return documents_.size(); }
  size_t occurrences() const { return occurrences_.size(); }
  // Lets the analyser forget when it knows many words. Documents are no longer analysed beforehand by what it gave.
  void forget_words_if_many();
  // The bytes of a segment with what was added; the builder is empty again.
  std::string finish();

 private:
  struct Kept {
    int64_t time_s = 0;
    std::optional<int64_t> published_s;
    int64_t seen_s = 0;
    uint64_t row = 0;
    std::string source, language;
    uint64_t copy_group = 0, story = 0;
    std::array<std::vector<std::string>, kNameKinds> names;
    FieldCounts words;
    size_t first = 0, count = 0;  // of its occurrences
    bool erased = false;
  };
  struct WordRef {
    uint32_t round = 0;             // the segment it was noted for
    TermTable::Ref ref = {};        // there
    TermTable::FormRef known = {};  // where it was noted ever
  };
  // What a word was noted for: the same written word is another term in the text, in quotes and in each kind of names.
  enum class Space : uint8_t { text, said, authors, people, organisations, places, speakers };
  static constexpr size_t kSpaces = 7;

  Kept* find(uint64_t row);
  FieldCounts add_fields(text::Analysis const&, std::string_view stemming);
  text::Analysis const& analyse(Document const&);
  void add_names(Space, std::span<std::string_view const> names);
  void add_quotes(Document const&);
  void add_tokens(std::span<text::Token const>, uint32_t first_position, Space, std::string_view stemming);
  std::string_view key_of(text::Word const&, Space, std::string_view stemming);
  TermTable::Ref ref(text::Token const&, Space, std::string_view stemming);
  std::vector<uint32_t> order() const;
  template <class Each, class Ahead>
  void each_occurrence(std::vector<uint32_t> const& order, Each each, Ahead ahead) const;
  void write_terms(SegmentWriter&, std::vector<uint32_t> const& order);

  text::Analyzer& analyzer_;
  std::vector<Kept> documents_;
  std::vector<Placed> occurrences_;  // owners: terms
  TermTable terms_;
  std::array<std::vector<WordRef>, kSpaces> words_;  // by Token::number
  uint32_t round_ = 1;
  std::vector<text::Token> tokens_;
  std::string key_;
  text::Analysis own_words_;
};

}  // namespace vigie::index
