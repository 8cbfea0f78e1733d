#include "index/builder.hpp"

#include <algorithm>
#include <numeric>

namespace vigie::index {
namespace {

// Kept between documents, some 270 bytes each; they are found again in half a second.
constexpr size_t kSpellingsKnown = 250'000;
constexpr uint32_t kFormsKnown = 250'000;  // kept between segments, some 90 bytes each

constexpr size_t kTermsAhead = 8;  // texts and places are asked of memory so early
constexpr size_t kMaxNamesRead = 1024, kMaxNameWords = 32;
constexpr size_t kMaxQuotes = 2000;

std::vector<std::string> owned(std::vector<std::string_view> const& names) { return {names.begin(), names.end()}; }

}  // namespace

void Builder::add(Document const& document) {
  Kept kept;
  kept.time_s = document.time_s;
  kept.published_s = document.published_s;
  kept.seen_s = document.seen_s;
  kept.row = document.row;
  kept.source = document.source;
  kept.language = document.language;
  kept.copy_group = document.copy_group;
  kept.story = document.story;
  kept.names = {owned(document.people), owned(document.organisations), owned(document.places)};
  kept.first = occurrences_.size();
  kept.words = add_fields(document.words ? *document.words : analyse(document), text::stemming_of(document.language));
  add_quotes(document);
  add_names(Space::authors, document.authors);
  add_names(Space::people, document.people);
  add_names(Space::organisations, document.organisations);
  add_names(Space::places, document.places);
  kept.count = occurrences_.size() - kept.first;
  documents_.push_back(std::move(kept));
  if (!document.words) forget_words_if_many();
}

void Builder::forget_words_if_many() {
  if (!analyzer_.reset_if_large(kSpellingsKnown)) return;
  for (auto& refs : words_) refs.clear();
}

// The fields of a document that comes without its words.
text::Analysis const& Builder::analyse(Document const& document) {
  own_words_.clear();
  for (auto const field : {document.title, document.kicker, document.lede})
    own_words_.add(analyzer_, field, document.language);
  for (auto const block : document.body) {
    if (own_words_.words() >= kMaxBodyWords) break;
    own_words_.add(analyzer_, block, document.language);
  }
  return own_words_;
}

// Returns the number of words of each.
FieldCounts Builder::add_fields(text::Analysis const& analysis, std::string_view stemming) {
  FieldCounts words;
  auto const add = [&](size_t field, uint32_t first_position, uint32_t limit) {
    auto tokens = analysis.field(field);
    tokens = tokens.first(std::min<size_t>(tokens.size(), limit));
    add_tokens(tokens, first_position, Space::text, stemming);
    return static_cast<uint32_t>(tokens.size());
  };
  words.title = add(text::kTitleField, 0, kMaxTitleWords);
  words.kicker = add(text::kKickerField, Layout(words).kicker, kMaxKickerWords);
  words.lede = add(text::kLedeField, Layout(words).lede, kMaxLedeWords);
  uint32_t position = Layout(words).body;
  for (size_t field = text::kFirstBlockField; field < analysis.fields() && words.body < kMaxBodyWords; ++field) {
    uint32_t const added = add(field, position, kMaxBodyWords - words.body);
    words.body += added;
    position += added + kBlockGap;
  }
  return words;
}

void Builder::add_names(Space space, std::span<std::string_view const> names) {
  uint32_t position = 0;
  for (auto const name : names.first(std::min(names.size(), kMaxNamesRead))) {
    tokens_.clear();
    analyzer_.analyze(name, "", tokens_, position, kMaxNameWords);
    add_tokens(tokens_, 0, space, "");
    position += static_cast<uint32_t>(tokens_.size()) + kBlockGap;
  }
}

// What was said stands a second time in a space of its own, each quote apart from the next.
void Builder::add_quotes(Document const& document) {
  std::vector<std::string_view> speakers;
  uint32_t position = 0, left = kMaxBodyWords;
  for (Quotation const& quote : std::span(document.quotes).first(std::min(document.quotes.size(), kMaxQuotes))) {
    tokens_.clear();
    analyzer_.analyze(quote.text, document.language, tokens_, position, left);
    add_tokens(tokens_, 0, Space::said, text::stemming_of(document.language));
    position += static_cast<uint32_t>(tokens_.size()) + kFieldGap;
    left -= static_cast<uint32_t>(tokens_.size());
    if (!quote.speaker.empty() && std::ranges::find(speakers, quote.speaker) == speakers.end()) {
      speakers.push_back(quote.speaker);
    }
  }
  add_names(Space::speakers, speakers);
}

void Builder::add_tokens(std::span<text::Token const> tokens, uint32_t first_position, Space space,
                         std::string_view stemming) {
  constexpr size_t kAhead = 12, kNear = 5;  // what is noted of a word is seldom at hand among 100,000 others
  auto const& refs = words_[static_cast<size_t>(space)];
  for (size_t i = 0; i < tokens.size(); ++i) {
    if (i + kAhead < tokens.size() && tokens[i + kAhead].number < refs.size())
      __builtin_prefetch(&refs[tokens[i + kAhead].number]);
    if (i + kNear < tokens.size() && tokens[i + kNear].number < refs.size()) {
      WordRef const& near = refs[tokens[i + kNear].number];
      if (near.round != round_ && near.known.form != TermTable::kNone) terms_.expect(near.known);
    }
    auto const [term, variant] = ref(tokens[i], space, stemming);
    occurrences_.emplace_back(term, first_position + tokens[i].position, variant);
  }
}

std::string_view Builder::key_of(text::Word const& word, Space space, std::string_view stemming) {
  constexpr std::array<std::string_view, kSpaces> kNames = {"",      "",       kAuthors, kPeople, kOrganisations,
                                                            kPlaces, kSpeakers};
  bool const stemmed = space == Space::text || space == Space::said;
  key_ = stemmed ? stemming : kNames[static_cast<size_t>(space)];
  if (space == Space::said) key_ = said_space(stemming);
  key_ += kSpaceEnd;
  key_ += stemmed ? word.stem : word.folded;
  return key_;
}

TermTable::Ref Builder::ref(text::Token const& token, Space space, std::string_view stemming) {
  auto& refs = words_[static_cast<size_t>(space)];
  size_t const at = token.number;
  if (at >= refs.size()) refs.resize(at + at / 2 + 1024);
  WordRef& ref = refs[at];
  if (ref.round == round_) return ref.ref;
  // After the analyser forgot its words, a form comes back under another number.
  if (ref.known.form == TermTable::kNone) {
    ref.known = terms_.form(key_of(*token.word, space, stemming), token.word->surface);
  }
  ref.round = round_;
  return ref.ref = terms_.use(ref.known);
}

Builder::Kept* Builder::find(uint64_t row) {
  auto const at = std::ranges::find(documents_, row, &Kept::row);
  return at == documents_.end() ? nullptr : &*at;
}

bool Builder::erase(uint64_t row) {
  Kept* const kept = find(row);
  if (kept) kept->erased = true;
  return kept != nullptr;
}

bool Builder::regroup(uint64_t row, uint64_t copy_group, uint64_t story) {
  Kept* const kept = find(row);
  if (!kept) return false;
  kept->copy_group = copy_group;
  kept->story = story;
  return true;
}

std::vector<uint32_t> Builder::order() const {
  std::vector<uint32_t> order;
  for (uint32_t i = 0; i < documents_.size(); ++i) {
    if (!documents_[i].erased) order.push_back(i);
  }
  std::ranges::sort(order, std::greater{},
                    [&](uint32_t i) { return std::pair(documents_[i].time_s, documents_[i].row); });
  return order;
}

std::string Builder::finish() {
  SegmentWriter writer;
  auto const order = this->order();
  for (uint32_t const i : order) {
    Kept const& kept = documents_[i];
    DocumentColumns columns{kept.time_s,   kept.published_s, kept.seen_s,     kept.row,   kept.source,
                            kept.language, kept.words,       kept.copy_group, kept.story, {}};
    for (size_t kind = 0; kind < kNameKinds; ++kind) {
      columns.names[kind].assign(kept.names[kind].begin(), kept.names[kind].end());
    }
    writer.document(columns);
  }
  write_terms(writer, order);
  documents_.clear();
  occurrences_.clear();
  terms_.next_segment();
  ++round_;
  if (terms_.forms() > kFormsKnown) {
    terms_.forget();
    for (auto& refs : words_) refs.clear();
  }
  return writer.finish();
}

// Calls each(document, occurrence) in the documents' final order, and ahead(occurrence) some way before.
template <class Each, class Ahead>
void Builder::each_occurrence(std::vector<uint32_t> const& order, Each each, Ahead ahead) const {
  constexpr size_t kAhead = 24;
  for (DocId doc = 0; doc < order.size(); ++doc) {
    Kept const& kept = documents_[order[doc]];
    auto const here = std::span(occurrences_).subspan(kept.first, kept.count);
    for (size_t i = 0; i < here.size(); ++i) {
      if (i + kAhead < here.size()) ahead(here[i + kAhead]);
      each(doc, here[i]);
    }
  }
}

// Within a term, documents in their final order and positions ascending: a stable counting sort by term gives both.
void Builder::write_terms(SegmentWriter& writer, std::vector<uint32_t> const& order) {
  std::vector<uint32_t> begin(size_t{terms_.terms()} + 1);
  each_occurrence(
      order, [&](DocId, Placed at) { ++begin[at.owner() + 1]; },
      [&](Placed at) { __builtin_prefetch(&begin[at.owner() + 1]); });
  std::partial_sum(begin.begin(), begin.end(), begin.begin());
  std::vector<Placed> sorted(begin.back());
  std::vector<uint32_t> next(begin.begin(), begin.end() - 1);
  each_occurrence(
      order, [&](DocId doc, Placed at) { sorted[next[at.owner()]++] = at.of(doc); },
      [&](Placed at) { __builtin_prefetch(sorted.data() + next[at.owner()], 1); });
  std::vector<std::string_view> variants;
  auto const keys = terms_.by_key();
  for (size_t i = 0; i < keys.size(); ++i) {
    if (i + kTermsAhead < keys.size()) {
      auto const& ahead = keys[i + kTermsAhead];
      __builtin_prefetch(ahead.key.data());
      __builtin_prefetch(ahead.form.data());
      __builtin_prefetch(sorted.data() + begin[ahead.term]);
    }
    auto const& [key, form, term, count] = keys[i];
    if (count == 1) {
      variants.assign(1, form);
    } else {
      terms_.variants(term, variants);
    }
    writer.term(key, variants, std::span(sorted).subspan(begin[term], begin[term + 1] - begin[term]));
  }
}

}  // namespace vigie::index
