#include "index/merge.hpp"

#include <algorithm>
#include <map>

#include "index/segment.hpp"
#include "index/segment_writer.hpp"

namespace vigie::index {
namespace {

struct Place {  // of a document before the merge
  int64_t time_s = 0;
  uint64_t row = 0;
  uint32_t segment = 0;
  DocId doc = 0;
};

class Merger {
 public:
  Merger(std::span<SegmentRef const> inputs, std::stop_token stop)
      : inputs_(inputs.begin(), inputs.end()), stop_(std::move(stop)), renumbered_(inputs.size()) {
    // Newest first, as documents are numbered: what segments adjacent in time give is then in order already.
    std::ranges::stable_sort(inputs_, std::greater{}, [](SegmentRef const& ref) { return ref.segment->newest_s(); });
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
    for (Place const& place : places) {
      Segment const& segment = *inputs_[place.segment].segment;
      DocId const doc = place.doc;
      int64_t const published_s = segment.published_s(doc);
      DocumentColumns columns{place.time_s,
                              published_s == kUndated ? std::nullopt : std::optional(published_s),
                              segment.seen_s(doc),
                              place.row,
                              segment.source_name(doc),
                              segment.language_name(doc),
                              segment.words(doc),
                              inputs_[place.segment].copy_group(doc),
                              inputs_[place.segment].story(doc),
                              {}};
      for (size_t kind = 0; kind < kNameKinds; ++kind) {
        NameTable const& table = segment.names(static_cast<Names>(kind));
        table.each(doc, [&](uint32_t ordinal) { columns.names[kind].push_back(table.name(ordinal)); });
      }
      renumbered_[place.segment][doc] = writer_.document(columns);
    }
  }

  void write_terms() {
    std::vector<Dictionary::Cursor> cursors;
    for (auto const& input : inputs_) cursors.push_back(input.segment->terms().seek(""));
    for (std::optional<std::string> last; !stop_.stop_requested();) {
      std::optional<std::string> key;
      for (auto const& cursor : cursors) {
        if (cursor.valid() && (!key || cursor.key() < *key)) key = cursor.key();
      }
      if (!key) return;
      bool const in_order = !last || *key > *last;  // damaged dictionaries may not be; what stands
                                                    // wrong is lost
      variants_.clear();
      occurrences_.clear();
      runs_.assign(1, 0);
      for (uint32_t i = 0; i < cursors.size(); ++i) {
        if (!cursors[i].valid() || cursors[i].key() != *key) continue;
        if (in_order) take(i, cursors[i]);
        cursors[i].next();
      }
      if (!in_order) continue;
      join_runs();
      writer_.term(*key, variants_, occurrences_);
      last = std::move(key);
    }
  }

  // Appends segment i's postings of one term, in the numbers of the merged segment.
  void take(uint32_t i, Dictionary::Cursor const& at) {
    Segment const& segment = *inputs_[i].segment;
    auto const term = segment.decode(at);
    if (!term) return;
    std::vector<uint32_t> variant_of;
    for (auto const& variant : term->variants) {
      auto const known = std::ranges::find(variants_, variant);
      variant_of.push_back(static_cast<uint32_t>(known - variants_.begin()));
      if (known == variants_.end()) variants_.push_back(variant);
    }
    std::vector<Occurrence> here;
    for (auto postings = segment.open_postings(*term); postings.doc() != kNoMoreDocs; postings.next()) {
      DocId const doc = renumbered_[i][postings.doc()];
      if (doc == kNoMoreDocs) continue;
      postings.occurrences(here);
      for (Occurrence const& place : here) {
        occurrences_.push_back({doc, {place.position, variant_of[place.variant]}});
      }
    }
    if (occurrences_.size() > runs_.back()) runs_.push_back(occurrences_.size());
  }

  // Each segment gave a run in order; two adjacent ones at a time become one, until one is left.
  void join_runs() {
    auto const by_document = [](DocOccurrence const& a, DocOccurrence const& b) { return a.doc < b.doc; };
    auto const at = [&](size_t run) { return occurrences_.begin() + static_cast<std::ptrdiff_t>(runs_[run]); };
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
  std::vector<std::string> variants_;
  std::vector<DocOccurrence> occurrences_;
  std::vector<size_t> runs_;  // where each segment's occurrences begin, and their end
};

}  // namespace

std::string merge(std::span<SegmentRef const> segments, std::stop_token stop) {
  return Merger(segments, std::move(stop)).run();
}

}  // namespace vigie::index
