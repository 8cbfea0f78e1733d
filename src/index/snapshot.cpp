#include "index/snapshot.hpp"

#include <algorithm>
#include <map>
#include <queue>

#include "index/segment.hpp"

namespace vigie::index {
namespace {

std::vector<ValueCount> most_frequent_first(std::map<std::string, uint64_t, std::less<>> const& counts) {
  std::vector<ValueCount> out;
  for (auto const& [value, count] : counts) out.push_back({value, count});
  std::ranges::stable_sort(out, std::greater{}, &ValueCount::count);
  return out;
}

template <class Ordinal, class Names>
std::vector<ValueCount> count_values(std::vector<SegmentRef> const& segments, Ordinal ordinal, Names names) {
  std::map<std::string, uint64_t, std::less<>> counts;
  for (auto const& ref : segments) {
    auto const& values = names(*ref.segment);
    std::vector<uint64_t> here(values.size());
    for (DocId doc = 0; doc < ref.segment->documents(); ++doc) {
      if (uint32_t const at = ordinal(*ref.segment, doc); at < here.size() && !ref.is_erased(doc)) ++here[at];
    }
    for (size_t i = 0; i < here.size(); ++i) {
      if (here[i] > 0) counts[std::string(values[i])] += here[i];
    }
  }
  return most_frequent_first(counts);
}

}  // namespace

uint64_t SegmentRef::copy_group(uint32_t doc) const {
  if (regrouped) {
    if (auto const at = regrouped->find(doc); at != regrouped->end()) return at->second.copy_group;
  }
  return segment->copy_group(doc);
}

uint64_t SegmentRef::story(uint32_t doc) const {
  if (regrouped) {
    if (auto const at = regrouped->find(doc); at != regrouped->end()) return at->second.story;
  }
  return segment->story(doc);
}

namespace {

// What was written with the value and kept it, and what was given it afterwards.
std::vector<uint32_t> as_now(std::vector<DocId> written, Regrouped const* regrouped, uint64_t Grouping::* value,
                             uint64_t wanted) {
  if (!regrouped) return written;
  std::erase_if(written, [&](DocId doc) { return regrouped->contains(doc); });
  for (auto const& [doc, grouping] : *regrouped) {
    if (grouping.*value == wanted) written.push_back(doc);
  }
  std::ranges::sort(written);
  return written;
}

}  // namespace

std::vector<uint32_t> SegmentRef::in_copy_group(uint64_t wanted) const {
  return as_now(segment->in_copy_group(wanted), regrouped.get(), &Grouping::copy_group, wanted);
}

std::vector<uint32_t> SegmentRef::in_story(uint64_t wanted) const {
  return as_now(segment->in_story(wanted), regrouped.get(), &Grouping::story, wanted);
}

Snapshot::Snapshot(std::vector<SegmentRef> segments) : segments_(std::move(segments)) {
  std::ranges::stable_sort(segments_, std::greater{}, [](SegmentRef const& ref) { return ref.segment->newest_s(); });
  for (auto const& ref : segments_) {
    Totals sum = ref.segment->totals();
    for (DocId doc = 0; ref.erased_count > 0 && doc < ref.segment->documents(); ++doc) {
      if (!ref.is_erased(doc)) continue;
      FieldCounts const words = ref.segment->words(doc);
      --sum.documents;
      sum.title_words -= words.title;
      sum.kicker_words -= words.kicker;
      sum.lede_words -= words.lede;
      sum.body_words -= words.body;
    }
    totals_.documents += sum.documents;
    totals_.title_words += sum.title_words;
    totals_.kicker_words += sum.kicker_words;
    totals_.lede_words += sum.lede_words;
    totals_.body_words += sum.body_words;
  }
}

std::vector<RowTime> Snapshot::newest(uint32_t limit, uint64_t offset) const {
  struct Head {
    int64_t time_s;
    uint64_t row;
    size_t segment;
    DocId doc;
    bool operator<(Head const& other) const { return std::pair(time_s, row) < std::pair(other.time_s, other.row); }
  };
  std::priority_queue<Head> heads;
  auto const push_from = [&](size_t segment, DocId doc) {
    SegmentRef const& ref = segments_[segment];
    while (doc < ref.segment->documents() && ref.is_erased(doc)) ++doc;
    if (doc < ref.segment->documents()) heads.push({ref.segment->time_s(doc), ref.segment->row(doc), segment, doc});
  };
  for (size_t i = 0; i < segments_.size(); ++i) push_from(i, 0);
  std::vector<RowTime> out;
  for (uint64_t rank = 0; !heads.empty() && out.size() < limit; ++rank) {
    Head const head = heads.top();
    heads.pop();
    if (rank >= offset) out.push_back({head.row, head.time_s});
    push_from(head.segment, head.doc + 1);
  }
  return out;
}

int64_t Snapshot::newest_time_s() const {
  auto const first = newest(1);
  return first.empty() ? 0 : first.front().time_s;
}

std::vector<ValueCount> Snapshot::sources() const {
  return count_values(
      segments_, [](Segment const& segment, DocId doc) { return segment.source(doc); },
      [](Segment const& segment) -> auto const& { return segment.sources(); });
}

std::vector<ValueCount> Snapshot::languages() const {
  return count_values(
      segments_, [](Segment const& segment, DocId doc) { return segment.language(doc); },
      [](Segment const& segment) -> auto const& { return segment.languages(); });
}

std::vector<ValueCount> Snapshot::names(Names kind) const {
  std::map<std::string, uint64_t, std::less<>> counts;
  for (auto const& ref : segments_) {
    NameTable const& table = ref.segment->names(kind);
    std::vector<uint64_t> here(table.size());
    for (DocId doc = 0; doc < ref.segment->documents(); ++doc) {
      if (!ref.is_erased(doc)) table.each(doc, [&](uint32_t ordinal) { ++here[ordinal]; });
    }
    for (uint32_t i = 0; i < here.size(); ++i) {
      if (here[i] > 0) counts[std::string(table.name(i))] += here[i];
    }
  }
  return most_frequent_first(counts);
}

}  // namespace vigie::index
