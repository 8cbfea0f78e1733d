#include "index/builder.hpp"

#include <algorithm>
#include <numeric>

#include "index/segment_writer.hpp"

namespace vigie::index {
namespace {

// Kept between documents, some 270 bytes each; they are found again in half a second.
constexpr size_t kSpellingsKnown = 250'000;

constexpr uint32_t kMaxVariants = 4096;  // of one stem; later forms share the last, hostile text only
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
  constexpr size_t kAhead = 12;  // what is noted of a word is seldom at hand among 100,000 others: asked for early
  auto const& refs = words_[static_cast<size_t>(space)];
  for (size_t i = 0; i < tokens.size(); ++i) {
    if (i + kAhead < tokens.size() && tokens[i + kAhead].number < refs.size())
      __builtin_prefetch(&refs[tokens[i + kAhead].number]);
    WordRef const word = ref(tokens[i], space, stemming);
    occurrences_.push_back({word.term, {first_position + tokens[i].position, word.variant}});
  }
}

std::string Builder::key_of(text::Word const& word, Space space, std::string_view stemming) {
  switch (space) {
    case Space::text:
      return term_key(stemming, word.stem);
    case Space::said:
      return term_key(said_space(stemming), word.stem);
    case Space::authors:
      return term_key(kAuthors, word.folded);
    case Space::people:
      return term_key(kPeople, word.folded);
    case Space::organisations:
      return term_key(kOrganisations, word.folded);
    case Space::places:
      return term_key(kPlaces, word.folded);
    case Space::speakers:
      return term_key(kSpeakers, word.folded);
  }
  return {};
}

Builder::WordRef Builder::ref(text::Token const& token, Space space, std::string_view stemming) {
  auto& refs = words_[static_cast<size_t>(space)];
  size_t const at = token.number;
  if (at >= refs.size()) refs.resize(at + at / 2 + 1024);
  if (refs[at].round == round_) return refs[at];
  text::Word const& word = *token.word;
  auto const [term, new_term] =
      term_of_key_.try_emplace(key_of(word, space, stemming), static_cast<uint32_t>(terms_.size()));
  if (new_term) terms_.push_back({term->first, {}});
  auto& variants = terms_[term->second].variants;
  // After the analyser forgot its words, a form comes back under another id.
  auto variant = static_cast<size_t>(std::ranges::find(variants, word.surface) - variants.begin());
  if (variant == variants.size()) {
    if (variants.size() < kMaxVariants) {
      variants.push_back(word.surface);
    } else {
      --variant;
    }
  }
  return refs[at] = {round_, term->second, static_cast<uint32_t>(variant)};
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
  terms_.clear();
  term_of_key_.clear();
  ++round_;
  return writer.finish();
}

// Within a term, documents in their final order and positions ascending: a stable counting sort by term gives both.
void Builder::write_terms(SegmentWriter& writer, std::vector<uint32_t> const& order) {
  std::vector<size_t> begin(terms_.size() + 1);
  for (uint32_t const i : order) {
    Kept const& kept = documents_[i];
    for (size_t o = kept.first; o < kept.first + kept.count; ++o) ++begin[occurrences_[o].term + 1];
  }
  std::partial_sum(begin.begin(), begin.end(), begin.begin());
  std::vector<DocOccurrence> sorted(begin.back());
  std::vector<size_t> next(begin.begin(), begin.end() - 1);
  for (DocId doc = 0; doc < order.size(); ++doc) {
    Kept const& kept = documents_[order[doc]];
    for (size_t o = kept.first; o < kept.first + kept.count; ++o) {
      sorted[next[occurrences_[o].term]++] = {doc, occurrences_[o].at};
    }
  }
  std::vector<uint32_t> terms(terms_.size());
  std::iota(terms.begin(), terms.end(), 0);
  std::ranges::sort(terms, {}, [&](uint32_t term) -> std::string const& { return terms_[term].key; });
  for (uint32_t const term : terms) {
    writer.term(terms_[term].key, terms_[term].variants,
                std::span(sorted).subspan(begin[term], begin[term + 1] - begin[term]));
  }
}

}  // namespace vigie::index
