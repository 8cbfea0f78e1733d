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
void put_forms(std::string& out, std::string_view word, std::span<std::string_view const> forms) {
  bool const same = forms.front() == word;
  put_varint(out, forms.size() << 1 | (same ? 1 : 0));
  for (auto const form : forms.subspan(same ? 1 : 0)) {
    auto const shared = static_cast<size_t>(std::ranges::mismatch(form, word).in1 - form.begin());
    put_varint(out, shared);
    put_string(out, form.substr(shared));
  }
}

// Such a form is folded already.
bool is_plain(std::string_view form) {
  return std::ranges::all_of(form, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); });
}

}  // namespace

DocId SegmentWriter::document(DocumentColumns const& document) {
  auto const doc = static_cast<DocId>(rows_.size());
  auto const put = [&](ColumnOf column, auto value) {
    columns_[static_cast<size_t>(column)].push_back(static_cast<int64_t>(value));
  };
  put(ColumnOf::time, document.time_s);
  put(ColumnOf::published, published_code(document.published_s, document.time_s));
  put(ColumnOf::seen, document.seen_s);
  put(ColumnOf::row, document.row);
  put(ColumnOf::source, sources_.add(document.source));
  put(ColumnOf::language, languages_.add(document.language));
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

void SegmentWriter::weigh_documents() {
  noted_ = noted_weights(static_cast<uint64_t>(rows_.size()), sums_);
  impact_of_one_.resize(words_.size());
  impact_of_few_.resize(words_.size());
  for (size_t doc = 0; doc < words_.size(); ++doc) {
    auto const impact = [&](uint32_t uses) { return impact_of(noted_->weighted({0, 0, 0, uses}, words_[doc])); };
    impact_of_one_[doc] = impact(1);
    for (uint32_t uses = 2; uses <= kFewUses; ++uses) impact_of_few_[doc][uses - 2] = impact(uses);
  }
}

uint8_t SegmentWriter::impact(Posting const& posting) const {
  FieldCounts const& counts = posting.counts;
  if ((counts.title | counts.kicker | counts.lede) == 0) {
    if (counts.body == 1) return impact_of_one_[posting.doc];
    if (counts.body - 2 < kFewUses - 1) return impact_of_few_[posting.doc][counts.body - 2];
  }
  return impact_of(noted_->weighted(counts, words_[posting.doc]));
}

FieldCounts SegmentWriter::count(std::span<Placed const> here, bool text) const {
  FieldCounts counts;
  counts.body = static_cast<uint32_t>(here.size());
  if (!text) return counts;
  Layout const layout(words_[here.front().owner()]);
  if (here.front().position() >= layout.body) return counts;
  counts.body = 0;
  for (Placed const& place : here) layout.count(place.position(), counts);
  return counts;
}

void SegmentWriter::term(std::string_view key, std::span<std::string_view const> variants,
                         std::span<Placed const> places) {
  bool const text = is_text_key(key);
  postings_here_.clear();
  steps_here_.resize(places.size());
  for (size_t i = 0; i < places.size();) {
    DocId const doc = places[i].owner();
    size_t const first = i;
    uint32_t last = 0;
    for (; i < places.size() && places[i].owner() == doc; ++i) {
      uint32_t const position = places[i].position();
      steps_here_[i] = {position - last, places[i].variant()};
      last = position;
    }
    auto const here = places.subspan(first, i - first);
    postings_here_.push_back({doc, count(here, text), static_cast<uint32_t>(here.size()), first});
  }
  term(key, variants, postings_here_, steps_here_);
}

void SegmentWriter::term(std::string_view key, std::span<std::string_view const> variants,
                         std::span<Posting const> postings, std::span<Step> steps) {
  if (postings.empty()) return;
  if (!noted_) weigh_documents();
  keep_used(variants, steps);
  uint64_t const own = note_forms(key);
  auto const kept = static_cast<uint32_t>(used_.size());
  bool const alone = postings.size() == 1;
  PostingWriter::List list;
  if (!alone) {
    lists_.begin(kept);
    for (Posting const& posting : postings) {
      lists_.add(posting, impact(posting), steps.subspan(posting.first, posting.steps));
    }
    list = lists_.end();
  }
  payload_.clear();
  put_varint(payload_, postings.size());
  if (!alone) put_varint(payload_, list.postings.size());
  put_forms(payload_, word_of(key), used_);
  if (!alone || kept > 1) put_varint(payload_, own);
  if (alone) put_lone(payload_, postings[0], impact(postings[0]), steps, kept);
  postings_ += list.postings;
  postings_ += list.places;
  terms_.add(key, payload_, list.postings.size() + list.places.size());
}

// Fills used_ and uses_.
void SegmentWriter::keep_used(std::span<std::string_view const> variants, std::span<Step> steps) {
  used_.assign(variants.begin(), variants.end());
  uses_.assign(variants.size(), 0);
  if (variants.size() == 1) {
    uses_[0] = steps.size();
    return;
  }
  for (Step const& step : steps) ++uses_[step.variant];
  if (std::ranges::find(uses_, 0u) == uses_.end()) return;
  renumbered_.assign(variants.size(), 0);
  uint32_t kept = 0;
  for (size_t i = 0; i < variants.size(); ++i) {
    if (uses_[i] == 0) continue;
    renumbered_[i] = kept;
    used_[kept] = variants[i];
    uses_[kept++] = uses_[i];
  }
  used_.resize(kept);
  uses_.resize(kept);
  for (Step& step : steps) step.variant = renumbered_[step.variant];
}

// Forms that are not their own stem are noted, to be found by what they begin with or resemble; the others are found
// among the terms. Returns how often the latter were used. What was said stands in the text too: not counted again.
uint64_t SegmentWriter::note_forms(std::string_view key) {
  if (key.starts_with('@')) return 0;
  bool const said = !is_text_key(key);
  std::string_view const stem = word_of(key);
  uint64_t own = 0;
  std::string folded_form;
  for (size_t i = 0; i < used_.size(); ++i) {
    uint64_t const counted = said ? 0 : uses_[i];
    bool const plain = is_plain(used_[i]);
    if (!plain) folded_form = text::folded_of(used_[i]);
    std::string_view const folded = plain ? used_[i] : folded_form;
    if (folded == stem) {
      own += counted;
    } else {
      note_form(folded, counted);
    }
  }
  return own;
}

void SegmentWriter::note_form(std::string_view folded, uint64_t uses) {
  forms_.push_back({SortPrefix(folded), form_letters_.size(), static_cast<uint32_t>(folded.size()), uses});
  form_letters_ += folded;
}

std::string SegmentWriter::forms() {
  std::ranges::sort(forms_, [&](Form const& a, Form const& b) {
    return a.prefix == b.prefix ? folded(a) < folded(b) : a.prefix < b.prefix;
  });
  DictionaryWriter dictionary(Extents::none);
  for (size_t i = 0; i < forms_.size();) {
    std::string_view const form = folded(forms_[i]);
    uint64_t uses = 0;
    for (; i < forms_.size() && folded(forms_[i]) == form; ++i) uses += forms_[i].uses;
    payload_.clear();
    put_varint(payload_, uses);
    dictionary.add(form, payload_);
  }
  forms_ = {};
  form_letters_ = {};
  return dictionary.finish();
}

std::string SegmentWriter::meta() const {
  std::string out;
  put_fixed(out, static_cast<uint32_t>(rows_.size()));
  put_fixed(out, newest_s_);
  put_fixed(out, oldest_s_);
  for (uint64_t const sum : sums_) put_fixed(out, sum);
  for (TextIds const* const table : {&sources_, &languages_}) {
    put_varint(out, table->size());
    for (uint32_t i = 0; i < table->size(); ++i) put_string(out, table->text(i));
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

// The postings, by far the largest section, are not copied: the others are put around them, and all that they were made
// from goes before.
std::string SegmentWriter::finish() {
  std::array<std::string, kSections.size()> sections = {meta(),    terms_.finish(), forms(), std::move(postings_),
                                                        columns(), names(),         rows()};
  columns_ = {};
  names_ = {};
  words_ = {};
  std::string table;
  uint64_t offset = kHeaderBytes + kPadding;
  for (std::string const& section : sections) {
    put_fixed(table, offset);
    put_fixed(table, uint64_t{section.size()});
    put_fixed(table, hash64(section));
    offset += section.size() + kPadding;
  }
  std::string head(kSegmentMagic);
  put_fixed(head, kFormatVersion);
  put_fixed(head, static_cast<uint32_t>(kSections.size()));
  put_fixed(head, offset);  // the whole file's size
  head += table;
  put_fixed(head, hash64(head));
  head.append(kPadding, '\0');
  constexpr auto kPostings = static_cast<size_t>(Section::postings);
  static_assert(kSections[kPostings] == Section::postings);
  for (size_t i = 0; i < kPostings; ++i) {
    head += sections[i];
    head.append(kPadding, '\0');
    sections[i] = {};
  }
  std::string out = std::move(sections[kPostings]);
  out.reserve(offset);
  out.insert(0, head);
  out.append(kPadding, '\0');
  for (size_t i = kPostings + 1; i < kSections.size(); ++i) {
    out += sections[i];
    out.append(kPadding, '\0');
    sections[i] = {};
  }
  return out;
}

}  // namespace vigie::index
