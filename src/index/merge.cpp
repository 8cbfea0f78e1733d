#include "index/merge.hpp"

#include <algorithm>
#include <optional>

#include "index/places.hpp"
#include "index/segment.hpp"
#include "index/segment_writer.hpp"
#include "index/sort_prefix.hpp"

namespace vigie::index {
namespace {

struct Place {  // of a document before the merge
  int64_t time_s = 0;
  uint64_t row = 0;
  uint32_t segment = 0;
  DocId doc = 0;
};

// The terms of several segments, keys ascending; of one key, in the order of the segments. A binary heap of cursors.
class TermsInOrder {
 public:
  explicit TermsInOrder(std::span<SegmentRef const> inputs) {
    for (auto const& input : inputs) cursors_.push_back(input.segment->terms().seek(""));
    for (uint32_t i = 0; i < cursors_.size(); ++i) {
      if (cursors_[i].valid()) heap_.push_back({SortPrefix(cursors_[i].key()), i});
    }
    for (size_t i = heap_.size(); i-- > 0;) sink(i);
  }

  bool valid() const { return !heap_.empty(); }
  uint32_t input() const { return heap_.front().input; }
  Dictionary::Cursor const& at() const { return cursors_[input()]; }
  std::string_view key() const { return at().key(); }
  void next() {
    Dictionary::Cursor& cursor = cursors_[input()];
    cursor.next();
    if (cursor.valid()) {
      heap_.front().prefix = SortPrefix(cursor.key());
    } else {
      heap_.front() = heap_.back();
      heap_.pop_back();
    }
    sink(0);
  }

 private:
  struct Source {
    SortPrefix prefix;
    uint32_t input = 0;
  };
  bool before(Source const& a, Source const& b) const {
    if (a.prefix != b.prefix) return a.prefix < b.prefix;
    int const order = cursors_[a.input].key().compare(cursors_[b.input].key());
    return order != 0 ? order < 0 : a.input < b.input;
  }
  void sink(size_t at) {
    for (;;) {
      size_t first = at;
      for (size_t child = 2 * at + 1; child < std::min(2 * at + 3, heap_.size()); ++child) {
        if (before(heap_[child], heap_[first])) first = child;
      }
      if (first == at) return;
      std::swap(heap_[at], heap_[first]);
      at = first;
    }
  }

  std::vector<Dictionary::Cursor> cursors_;
  std::vector<Source> heap_;
};

class Merger {
 public:
  Merger(std::span<SegmentRef const> inputs, std::stop_token stop)
      : inputs_(inputs.begin(), inputs.end()), stop_(std::move(stop)), renumbered_(inputs.size()) {
    // Newest first, as documents are numbered: what segments adjacent in time give is then in order already.
    std::ranges::stable_sort(inputs_, std::greater{}, [](SegmentRef const& ref) { return ref.segment->newest_s(); });
    size_t bytes = 0;
    for (auto const& input : inputs_) bytes += input.segment->bytes();
    writer_.expect(bytes);
  }

  std::string run() {
    write_documents();
    write_terms();
    return stop_.stop_requested() ? std::string() : writer_.finish();
  }

 private:
  void write_documents() {
    std::vector<Place> places;
    for (uint32_t i = 0; i < inputs_.size(); ++i) {
      Segment const& segment = *inputs_[i].segment;
      renumbered_[i].assign(segment.documents(), kNoMoreDocs);
      for (DocId doc = 0; doc < segment.documents(); ++doc) {
        if (!inputs_[i].is_erased(doc)) places.push_back({segment.time_s(doc), segment.row(doc), i, doc});
      }
    }
    std::ranges::sort(places, std::greater{}, [](Place const& place) { return std::pair(place.time_s, place.row); });
    DocumentColumns columns;
    for (Place const& place : places) {
      SegmentRef const& input = inputs_[place.segment];
      Segment const& segment = *input.segment;
      DocId const doc = place.doc;
      int64_t const published_s = segment.published_s(doc);
      columns.time_s = place.time_s;
      columns.published_s = published_s == kUndated ? std::nullopt : std::optional(published_s);
      columns.seen_s = segment.seen_s(doc);
      columns.row = place.row;
      columns.source = segment.source_name(doc);
      columns.language = segment.language_name(doc);
      columns.words = segment.words(doc);
      columns.copy_group = input.copy_group(doc);
      columns.story = input.story(doc);
      for (size_t kind = 0; kind < kNameKinds; ++kind) {
        NameTable const& table = segment.names(static_cast<Names>(kind));
        columns.names[kind].clear();
        table.each(doc, [&](uint32_t ordinal) { columns.names[kind].push_back(table.name(ordinal)); });
      }
      renumbered_[place.segment][doc] = writer_.document(columns);
    }
  }

  void write_terms() {
    for (TermsInOrder terms(inputs_); terms.valid() && !stop_.stop_requested();) {
      key_ = terms.key();
      bool const in_order = !last_ || key_ > *last_;  // damaged dictionaries may not be; what stands wrong is lost
      forget_term();
      do {
        if (in_order) take(terms.input(), terms.at());
        terms.next();
      } while (terms.valid() && terms.key() == key_);
      if (!in_order) continue;
      join_runs();
      variants_here_.clear();
      for (auto const& [begin, size] : variants_) variants_here_.emplace_back(letters_.data() + begin, size);
      writer_.term(key_, variants_here_, postings_, steps_);
      last_ = key_;
    }
  }

  void forget_term() {
    letters_.clear();
    variants_.clear();
    postings_.clear();
    steps_.clear();
    runs_.assign(1, 0);
  }

  // Appends segment i's postings of one term, in the numbers of the merged segment.
  void take(uint32_t i, Dictionary::Cursor const& at) {
    Segment const& segment = *inputs_[i].segment;
    Term term;
    variant_of_.clear();
    size_t const others = variants_.size();
    bool const read = segment.read_term(at, term, [&](std::string_view shared, std::string_view rest) {
      variant_of_.push_back(variant(shared, rest, others));
    });
    if (!read) return;
    if (term.documents == 1) {
      take_lone(i, term);
    } else {
      take_list(i, term);
    }
    if (postings_.size() > runs_.back()) runs_.push_back(postings_.size());
  }

  // The number of this form, in two pieces, among those of the term. One segment has each once: only the first `others`
  // can be the same.
  uint32_t variant(std::string_view shared, std::string_view rest, size_t others) {
    for (uint32_t i = 0; i < others; ++i) {
      std::string_view const known(letters_.data() + variants_[i].begin, variants_[i].size);
      if (known.size() == shared.size() + rest.size() && known.starts_with(shared) && known.ends_with(rest)) return i;
    }
    variants_.push_back({letters_.size(), shared.size() + rest.size()});
    letters_ += shared;
    letters_ += rest;
    return static_cast<uint32_t>(variants_.size() - 1);
  }

  void take_lone(uint32_t i, Term const& term) {
    Posting posting;
    auto const variants = static_cast<uint32_t>(variant_of_.size());
    size_t const before = steps_.size();
    bool const read = read_lone(term.postings, variants, inputs_[i].segment->documents(), posting, steps_);
    if (read) posting.doc = renumbered_[i][posting.doc];
    if (!read || posting.doc == kNoMoreDocs) return steps_.resize(before);
    for (size_t at = before; at < steps_.size(); ++at) steps_[at].variant = variant_of_[steps_[at].variant];
    postings_.push_back(posting);
  }

  void take_list(uint32_t i, Term const& term) {
    Segment const& segment = *inputs_[i].segment;
    auto const variants = static_cast<uint32_t>(variant_of_.size());
    PlaceStream places(term.places);
    PostingCursor cursor(term.postings, term.places, term.documents, variants, segment.documents());
    for (; cursor.doc() != kNoMoreDocs; cursor.next()) {
      Posting posting{renumbered_[i][cursor.doc()], cursor.counts(), 0, steps_.size()};
      uint32_t const total = posting.counts.total();
      if (posting.doc == kNoMoreDocs) {
        places.skip(total);
        continue;
      }
      take_steps(places, total, variants);
      posting.steps = static_cast<uint32_t>(steps_.size() - posting.first);
      if (posting.steps == 0) return;  // damaged
      postings_.push_back(posting);
    }
  }

  void take_steps(PlaceStream& places, uint32_t total, uint32_t variants) {
    while (total > 0) {
      auto const numbers = places.take(total);
      if (numbers.empty()) return;
      total -= static_cast<uint32_t>(numbers.size());
      size_t const before = steps_.size();
      steps_.resize(before + numbers.size());
      Step* step = steps_.data() + before;
      for (uint64_t const number : numbers) {
        if (variants == 1) {
          *step++ = {static_cast<uint32_t>(number), variant_of_[0]};
        } else if (number >> 32 == 0) {  // divided in half the time
          auto const narrow = static_cast<uint32_t>(number);
          *step++ = {narrow / variants, variant_of_[narrow % variants]};
        } else {
          *step++ = {static_cast<uint32_t>(number / variants), variant_of_[number % variants]};
        }
      }
    }
  }

  // Each segment gave a run in order; two adjacent ones at a time become one, until one is left.
  void join_runs() {
    auto const by_document = [](Posting const& a, Posting const& b) { return a.doc < b.doc; };
    auto const at = [&](size_t run) { return postings_.begin() + static_cast<std::ptrdiff_t>(runs_[run]); };
    while (runs_.size() > 2) {
      size_t kept = 1;
      for (size_t run = 0; run + 1 < runs_.size(); run += 2) {
        size_t const end = std::min(run + 2, runs_.size() - 1);
        bool const joined = end == run + 1 || at(run + 1)[-1].doc < at(run + 1)->doc;
        if (!joined) std::inplace_merge(at(run), at(run + 1), at(end), by_document);
        runs_[kept++] = runs_[end];
      }
      runs_.resize(kept);
    }
  }

  std::vector<SegmentRef> inputs_;
  std::stop_token stop_;
  std::vector<std::vector<DocId>> renumbered_;  // by segment and docid; kNoMoreDocs for the erased
  SegmentWriter writer_;
  std::optional<std::string> last_;

  // Of the term in hand.
  std::string key_, letters_;  // letters_: of its variants
  struct Piece {
    size_t begin = 0, size = 0;
  };
  std::vector<Piece> variants_;
  std::vector<std::string_view> variants_here_;
  std::vector<uint32_t> variant_of_;  // of the segment in hand
  std::vector<Posting> postings_;
  std::vector<Step> steps_;
  std::vector<size_t> runs_;  // where each segment's postings begin, and their end
};

}  // namespace

std::string merge(std::span<SegmentRef const> segments, std::stop_token stop) {
  return Merger(segments, std::move(stop)).run();
}

}  // namespace vigie::index
