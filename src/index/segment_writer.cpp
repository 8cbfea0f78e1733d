#include "index/segment_writer.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>

#include "base/coding.hpp"
#include "base/hash.hpp"
#include "index/postings.hpp"
#include "index/segment.hpp"
#include "text/tokenizer.hpp"

namespace vigie::index {

namespace {

int64_t published_code(std::optional<int64_t> published_s, int64_t time_s) {
  if (!published_s) return 0;
  auto const apart = static_cast<uint64_t>(*published_s) - static_cast<uint64_t>(time_s);
  bool const before = *published_s < time_s;
  return static_cast<int64_t>((before ? 2 * (~apart) + 1 : 2 * apart) + 1);
}

// Written forms: their number x 2, + 1 where the first is the word itself and is left out; then each as the bytes that
// it shares with the word and the others.
void put_forms(std::string& out, std::string_view word, std::span<std::string const> variants,
               std::span<uint64_t const> uses) {
  std::vector<std::string_view> kept;
  for (size_t i = 0; i < variants.size(); ++i) {
    if (uses[i] > 0) kept.emplace_back(variants[i]);
  }
  bool const same = kept.front() == word;
  put_varint(out, kept.size() << 1 | (same ? 1 : 0));
  for (auto const form : std::span(kept).subspan(same ? 1 : 0)) {
    auto const shared = static_cast<size_t>(std::ranges::mismatch(form, word).in1 - form.begin());
    put_varint(out, shared);
    put_string(out, form.substr(shared));
  }
}

}  // namespace

uint32_t SegmentWriter::ordinal(std::map<std::string, uint32_t, std::less<>>& table, std::string_view value) {
  auto const at = table.find(value);
  if (at != table.end()) return at->second;
  return table.emplace(value, static_cast<uint32_t>(table.size())).first->second;
}

DocId SegmentWriter::document(DocumentColumns const& document) {
  auto const doc = static_cast<DocId>(rows_.size());
  auto const put = [&](ColumnOf column, auto value) {
    columns_[static_cast<size_t>(column)].push_back(static_cast<int64_t>(value));
  };
  put(ColumnOf::time, document.time_s);
  put(ColumnOf::published, published_code(document.published_s, document.time_s));
  put(ColumnOf::seen, document.seen_s);
  put(ColumnOf::row, document.row);
  put(ColumnOf::source, ordinal(sources_, document.source));
  put(ColumnOf::language, ordinal(languages_, document.language));
  put(ColumnOf::title_words, document.words.title);
  put(ColumnOf::kicker_words, document.words.kicker);
  put(ColumnOf::lede_words, document.words.lede);
  put(ColumnOf::body_words, document.words.body);
  put(ColumnOf::copy_group, document.copy_group);
  put(ColumnOf::story, document.story);
  for (size_t kind = 0; kind < kNameKinds; ++kind) names_[kind].document(document.names[kind]);
  words_.push_back(document.words);
  rows_.push_back(document.row);
  sums_[0] += document.words.title;
  sums_[1] += document.words.kicker;
  sums_[2] += document.words.lede;
  sums_[3] += document.words.body;
  if (doc == 0) newest_s_ = document.time_s;
  oldest_s_ = document.time_s;
  return doc;
}

void SegmentWriter::term(std::string_view key, std::span<std::string const> variants,
                         std::span<DocOccurrence> occurrences) {
  if (occurrences.empty()) return;
  std::vector<uint64_t> uses(variants.size());
  for (DocOccurrence const& occurrence : occurrences) ++uses[occurrence.at.variant];
  std::vector<uint32_t> renumbered(variants.size());
  uint32_t kept = 0;
  for (size_t i = 0; i < variants.size(); ++i) renumbered[i] = uses[i] > 0 ? kept++ : 0;

  if (!noted_) noted_ = noted_weights(static_cast<uint64_t>(rows_.size()), sums_);
  bool const text = is_text_key(key);
  lists_.begin(kept);
  for (size_t i = 0; i < occurrences.size();) {
    DocId const doc = occurrences[i].doc;
    Layout const layout(words_[doc]);
    FieldCounts counts;
    here_.clear();
    for (; i < occurrences.size() && occurrences[i].doc == doc; ++i) {
      auto const& at = occurrences[i].at;
      if (text) layout.count(at.position, counts);
      here_.push_back({at.position, renumbered[at.variant]});
    }
    if (!text) counts.body = static_cast<uint32_t>(here_.size());
    lists_.add(doc, counts, impact_of(noted_->weighted(counts, words_[doc])), here_);
  }
  auto const list = lists_.end();
  bool const inlined = list.documents == 1;
  uint64_t const own = note_forms(key, variants, uses);
  std::string payload;
  put_varint(payload, list.documents);
  if (!inlined) put_varint(payload, list.postings.size());
  put_forms(payload, key.substr(key.find(kSpaceEnd) + 1), variants, uses);
  if (!inlined || kept > 1) put_varint(payload, own);
  if (inlined) {
    payload += list.postings;
  } else {
    postings_ += list.postings;
    postings_ += list.places;
  }
  terms_.add(key, payload, inlined ? 0 : list.postings.size() + list.places.size());
}

// Forms that are not their own stem are noted, to be found by what they begin with or resemble; the others are found
// among the terms. Returns how often the latter were used. What was said stands in the text too: not counted again.
uint64_t SegmentWriter::note_forms(std::string_view key, std::span<std::string const> variants,
                                   std::span<uint64_t const> uses) {
  if (key.starts_with('@')) return 0;
  bool const said = !is_text_key(key);
  std::string_view const stem = key.substr(key.find(kSpaceEnd) + 1);
  uint64_t own = 0;
  for (size_t i = 0; i < variants.size(); ++i) {
    if (uses[i] == 0) continue;
    uint64_t const counted = said ? 0 : uses[i];
    auto folded = text::folded_of(variants[i]);
    if (folded == stem) {
      own += counted;
    } else {
      forms_.push_back({std::move(folded), counted});
    }
  }
  return own;
}

std::string SegmentWriter::forms() {
  std::ranges::sort(forms_, {}, &Form::folded);
  DictionaryWriter dictionary(Extents::none);
  for (size_t i = 0; i < forms_.size();) {
    std::string const& folded = forms_[i].folded;
    uint64_t uses = 0;
    for (; i < forms_.size() && forms_[i].folded == folded; ++i) uses += forms_[i].uses;
    std::string payload;
    put_varint(payload, uses);
    dictionary.add(folded, payload);
  }
  return dictionary.finish();
}

std::string SegmentWriter::meta() const {
  std::string out;
  put_fixed(out, static_cast<uint32_t>(rows_.size()));
  put_fixed(out, newest_s_);
  put_fixed(out, oldest_s_);
  for (uint64_t const sum : sums_) put_fixed(out, sum);
  for (auto const* table : {&sources_, &languages_}) {
    std::vector<std::string_view> values(table->size());
    for (auto const& [value, ordinal] : *table) values[ordinal] = value;
    put_varint(out, values.size());
    for (auto const value : values) put_string(out, value);
  }
  return out;
}

std::string SegmentWriter::columns() const {
  std::string out;
  for (auto const& column : columns_) put_column(out, column);
  return out;
}

std::string SegmentWriter::names() const {
  std::string out;
  for (auto const& table : names_) table.finish(out);
  return out;
}

// Documents that have a value in a column, ordered by it, then by docid: how one is found by its row, its copy group or
// its story.
std::string SegmentWriter::rows() const {
  std::string out;
  for (ColumnOf const which : {ColumnOf::row, ColumnOf::copy_group, ColumnOf::story}) {
    auto const& values = columns_[static_cast<size_t>(which)];
    std::vector<int64_t> order;
    for (size_t doc = 0; doc < values.size(); ++doc) {
      if (which == ColumnOf::row || values[doc] != 0) order.push_back(static_cast<int64_t>(doc));
    }
    std::ranges::stable_sort(order, {},
                             [&](int64_t doc) { return static_cast<uint64_t>(values[static_cast<size_t>(doc)]); });
    put_fixed(out, static_cast<uint32_t>(order.size()));
    put_column(out, order);
  }
  return out;
}

// Each section goes as soon as it is copied: a segment is large, and held once but for its largest section.
std::string SegmentWriter::finish() {
  std::array<std::string, kSections.size()> sections = {meta(),    terms_.finish(), forms(), std::move(postings_),
                                                        columns(), names(),         rows()};
  std::string table;
  uint64_t offset = kHeaderBytes + kPadding;
  for (std::string const& section : sections) {
    put_fixed(table, offset);
    put_fixed(table, uint64_t{section.size()});
    put_fixed(table, hash64(section));
    offset += section.size() + kPadding;
  }
  std::string out;
  out.reserve(offset);
  out += kSegmentMagic;
  put_fixed(out, kFormatVersion);
  put_fixed(out, static_cast<uint32_t>(kSections.size()));
  put_fixed(out, offset);  // the whole file's size
  out += table;
  put_fixed(out, hash64(out));
  out.append(kPadding, '\0');
  for (std::string& section : sections) {
    out += section;
    out.append(kPadding, '\0');
    section = std::string();
  }
  return out;
}

}  // namespace vigie::index
