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
      : inputs_(inputs), stop_(std::move(stop)), renumbered_(inputs.size()) {}

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
      for (uint32_t i = 0; i < cursors.size(); ++i) {
        if (!cursors[i].valid() || cursors[i].key() != *key) continue;
        if (in_order) take(i, cursors[i]);
        cursors[i].next();
      }
      if (!in_order) continue;
      auto const by_document = [](DocOccurrence const& a, DocOccurrence const& b) { return a.doc < b.doc; };
      if (!std::ranges::is_sorted(occurrences_, by_document)) std::ranges::stable_sort(occurrences_, by_document);
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
  }

  std::span<SegmentRef const> inputs_;
  std::stop_token stop_;
  std::vector<std::vector<DocId>> renumbered_;  // by segment and docid; kNoMoreDocs for the erased
  SegmentWriter writer_;
  std::vector<std::string> variants_;
  std::vector<DocOccurrence> occurrences_;
};

}  // namespace

std::string merge(std::span<SegmentRef const> segments, std::stop_token stop) {
  return Merger(segments, std::move(stop)).run();
}

}  // namespace vigie::index
