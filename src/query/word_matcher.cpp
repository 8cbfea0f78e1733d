#include "query/word_matcher.hpp"

#include <algorithm>
#include <map>

#include "text/analyzer.hpp"
#include "text/tokenizer.hpp"

namespace vigie::query {
namespace {

uint8_t form_of(std::string_view variant, QueryWord const& word) {
  if (variant == word.surface) return kExact | kAccented;
  return text::folded_of(variant) == word.folded ? kExact : 0;
}

TermUse use_of(index::Term term, QueryWord const& word, bool exact_only) {
  TermUse use;
  for (auto const& variant : term.variants) {
    uint8_t form = form_of(variant, word);
    if (!exact_only || (form & kExact)) form |= kWanted;
    use.whole = use.whole && (form & kWanted);
    use.forms.push_back(form);
  }
  use.term = std::move(term);
  return use;
}

bool wants_any(TermUse const& use) {
  return std::ranges::any_of(use.forms, [](uint8_t form) { return (form & kWanted) != 0; });
}

std::optional<index::Term> find(index::Segment const& segment, std::string_view stemming, std::string_view stem,
                                uint8_t fields) {
  return segment.find(fields == kSaid ? index::said_space(stemming) : std::string(stemming), stem);
}

std::vector<TermUse> uses_of(index::Segment const& segment, QueryWord const& word, uint8_t fields, bool exact_only) {
  std::vector<TermUse> uses;
  for (auto const stemming : segment.stemmings()) {
    auto term = find(segment, stemming, text::stem(word.folded, stemming), fields);
    if (!term) continue;
    auto use = use_of(std::move(*term), word, exact_only);
    if (wants_any(use)) uses.push_back(std::move(use));
  }
  return uses;
}

}  // namespace

std::vector<TermUse> inflections(index::Segment const& segment, QueryWord const& word, uint8_t fields) {
  return uses_of(segment, word, fields, false);
}

std::vector<TermUse> exact_forms(index::Segment const& segment, QueryWord const& word, uint8_t fields) {
  return uses_of(segment, word, fields, true);
}

std::vector<TermUse> name_forms(index::Segment const& segment, QueryWord const& word, NameKind kind) {
  static constexpr std::string_view kSpaces[] = {index::kAuthors, index::kPeople, index::kOrganisations, index::kPlaces,
                                                 index::kSpeakers};
  std::vector<TermUse> uses;
  if (auto term = segment.find(kSpaces[static_cast<size_t>(kind)], word.folded)) {
    uses.push_back(use_of(std::move(*term), word, false));
  }
  return uses;
}

std::vector<TermUse> any_forms(index::Segment const& segment, std::vector<std::string> const& folded,
                               QueryWord const& asked, uint8_t fields) {
  std::map<std::string, TermUse> uses;  // by key: several forms share a term
  for (auto const& form : folded) {
    for (auto const stemming : segment.stemmings()) {
      auto const stem = text::stem(form, stemming);
      auto const [at, fresh] = uses.try_emplace(index::term_key(stemming, stem));
      TermUse& use = at->second;
      if (fresh) {
        if (auto term = find(segment, stemming, stem, fields)) use.term = std::move(*term);
        use.forms.assign(use.term.variants.size(), 0);
      }
      for (size_t i = 0; i < use.forms.size(); ++i) {
        if (text::folded_of(use.term.variants[i]) == form)
          use.forms[i] = kWanted | form_of(use.term.variants[i], asked);
      }
    }
  }
  std::vector<TermUse> out;
  for (auto& [key, use] : uses) {
    use.whole = std::ranges::all_of(use.forms, [](uint8_t form) { return (form & kWanted) != 0; });
    if (wants_any(use)) out.push_back(std::move(use));
  }
  return out;
}

WordMatcher::WordMatcher(index::Segment const& segment, std::vector<TermUse> uses, uint8_t fields, Together together)
    : segment_(segment), fields_(fields), together_(together) {
  streams_.reserve(uses.size());
  doc_ = kNoMoreDocs;
  plain_ = fields_ == kAnyField || fields_ == kSaid;
  for (auto& use : uses) {
    auto cursor = segment.open_postings(use.term);
    doc_ = std::min(doc_, cursor.doc());
    cost_ += cursor.documents();
    plain_ = plain_ && use.whole;
    streams_.push_back({std::move(use), cursor});
  }
}

bool WordMatcher::in_fields(uint32_t position, index::Layout const& layout) const {
  if (fields_ == kAnyField || fields_ == kSaid) return true;
  Field const field = position < layout.kicker ? kTitle
                      : position < layout.lede ? kKicker
                      : position < layout.body ? kLede
                                               : kBody;
  return (fields_ & field) != 0;
}

// Whether the stream's current document has an occurrence that counts. Counts answer for fields, positions for forms.
bool WordMatcher::holds(Stream& stream) {
  bool const any_field = fields_ == kAnyField || fields_ == kSaid;
  if (!any_field) {
    auto const counts = stream.cursor.counts();
    uint32_t const there = ((fields_ & kTitle) ? counts.title : 0) + ((fields_ & kKicker) ? counts.kicker : 0) +
                           ((fields_ & kLede) ? counts.lede : 0) + ((fields_ & kBody) ? counts.body : 0);
    if (there == 0) return false;
  }
  if (stream.use.whole) return true;
  index::Layout const layout(segment_.words(stream.cursor.doc()));
  stream.cursor.occurrences(occurrences_);
  return std::ranges::any_of(occurrences_, [&](index::Occurrence const& at) {
    return (stream.use.forms[at.variant] & kWanted) && in_fields(at.position, layout);
  });
}

DocId WordMatcher::advance(DocId target) {
  if (doc_ >= target) return doc_;
  if (streams_.size() == 1) return doc_ = streams_[0].cursor.seek(target);
  doc_ = kNoMoreDocs;
  for (Stream& stream : streams_) doc_ = std::min(doc_, stream.cursor.seek(target));
  return doc_;
}

// Terms that never meet in a document must be heavy each for itself.
DocId WordMatcher::advance_heavy(DocId target, DocId end, index::LeastWeight const& least) {
  if (together_ == Together::perhaps && streams_.size() > 1) return advance(target);
  doc_ = kNoMoreDocs;
  for (Stream& stream : streams_) {
    doc_ = std::min(doc_, stream.cursor.seek_heavy(target, end, least, segment_.column(index::ColumnOf::body_words)));
  }
  return doc_;
}

bool WordMatcher::confirm() {
  return plain_ ||
         std::ranges::any_of(streams_, [&](Stream& stream) { return stream.cursor.doc() == doc_ && holds(stream); });
}

// Plain words set their blocks' bits, without looking at documents one by one.
void WordMatcher::fill(DocId begin, Window& window) {
  if (!plain_) return Matcher::fill(begin, window);
  window.fill(0);
  DocId const end = begin + kWindowDocs;
  doc_ = kNoMoreDocs;
  for (Stream& stream : streams_) {
    for (DocId at = stream.cursor.seek(begin); at < end;) {
      auto const block = stream.cursor.rest_of_block();
      size_t i = 0;
      for (; i < block.size() && block[i] < end; ++i) {
        DocId const bit = block[i] - begin;
        window[bit >> 6] |= uint64_t{1} << (bit & 63);
      }
      at = stream.cursor.seek(i < block.size() ? block[i] : block.back() + 1);
    }
    doc_ = std::min(doc_, stream.cursor.doc());
  }
}

void WordMatcher::places(std::vector<Place>& out) {
  out.clear();
  if (doc_ == kNoMoreDocs) return;
  bool const any_field = fields_ == kAnyField || fields_ == kSaid;
  index::Layout const layout(any_field ? index::FieldCounts{} : segment_.words(doc_));
  size_t parts = 0;
  for (Stream& stream : streams_) {
    if (stream.cursor.doc() != doc_) continue;
    ++parts;
    stream.cursor.each_occurrence([&](uint32_t position, uint32_t variant) {
      uint8_t const form = stream.use.forms[variant];
      if (!(form & kWanted) || (!any_field && !in_fields(position, layout))) return;
      out.push_back({position, position + 1, (form & kExact) != 0, (form & kAccented) != 0});
    });
  }
  if (parts > 1) std::ranges::sort(out, {}, &Place::begin);
}

bool WordMatcher::find_places(std::vector<Place>& out) {
  places(out);
  return !out.empty();
}

WeightBound WordMatcher::bound(DocId target, DocId least) {
  WeightBound bound{0, kNoMoreDocs};
  for (Stream& stream : streams_) {
    auto const here = stream.cursor.bound(target, least);
    if (here.last == kNoMoreDocs) continue;  // behind its last document
    double const weighted = index::weighted_of(here.impact);
    bound.weighted = together_ == Together::never ? std::max(bound.weighted, weighted) : bound.weighted + weighted;
    bound.last = std::min(bound.last, here.last);
  }
  return bound;
}

index::FieldCounts WordMatcher::counts() {
  index::FieldCounts sum;
  for (Stream& stream : streams_) {
    if (stream.cursor.doc() != doc_) continue;
    auto const counts = stream.cursor.counts();
    sum.title += counts.title;
    sum.kicker += counts.kicker;
    sum.lede += counts.lede;
    sum.body += counts.body;
  }
  return sum;
}

double WordMatcher::most_weighted(index::FieldWeights const& weights, index::FieldCounts const& words) {
  return weights.weighted(counts(), words);
}

}  // namespace vigie::query
