#include "index/index.hpp"

#include <algorithm>
#include <bit>
#include <chrono>
#include <future>
#include <set>
#include <utility>

#include "base/mutex.hpp"
#include "index/builder.hpp"
#include "index/manifest.hpp"
#include "index/merge.hpp"
#include "index/segment.hpp"
#include "index/snapshot.hpp"

namespace vigie::index {
namespace {

constexpr size_t kSealDocuments = 20'000;
constexpr size_t kSealBytes = 256u << 20;          // of live segments in memory
constexpr size_t kPendingOccurrences = 6'000'000;  // 20,000 articles mostly; a chunk is made before publish() asks
constexpr size_t kChunksPerTier = 24;              // live chunks of like size before they are merged
constexpr uint64_t kMaxMergedDocuments = 2'000'000;

// Erased documents of one segment, being written to; shared with snapshots as copies.
struct Held {
  std::shared_ptr<Segment const> segment;
  uint64_t number = 0;     // of its file; 0 in memory
  Tombstones erased = {};  // empty where none is
  uint32_t erased_count = 0;
  std::shared_ptr<Tombstones const> shared = nullptr;  // `erased` as last published
  Regrouped regrouped = {};
  std::shared_ptr<Regrouped const> shared_groups = nullptr;  // `regrouped` as last published

  bool erase(DocId doc) {
    if (erased.empty()) erased.resize((size_t{segment->documents()} + 63) / 64);
    uint64_t& word = erased[doc >> 6];
    uint64_t const bit = uint64_t{1} << (doc & 63);
    if (word & bit) return false;
    word |= bit;
    ++erased_count;
    shared.reset();
    return true;
  }
  void regroup(DocId doc, Grouping grouping) {
    if (ref().copy_group(doc) == grouping.copy_group && ref().story(doc) == grouping.story) return;
    regrouped[doc] = grouping;
    shared_groups.reset();
  }
  bool is_erased(DocId doc) const { return !erased.empty() && (erased[doc >> 6] >> (doc & 63) & 1); }
  uint32_t alive() const { return segment->documents() - erased_count; }
  SegmentRef ref() {
    if (!erased.empty() && !shared) shared = std::make_shared<Tombstones const>(erased);
    if (!regrouped.empty() && !shared_groups) shared_groups = std::make_shared<Regrouped const>(regrouped);
    return {segment, shared, erased_count, shared_groups};
  }
};

unsigned tier(uint64_t documents) {
  return (std::bit_width(std::max<uint64_t>(documents, 1)) - 1) / 4;
}  // powers of 16

// Sealed segments of like size before they are merged. Of those of some hundred or thousand documents, which a writer
// seals so that a start has little to read again, twice as many: a document is then written no more often than where
// tens of thousands are sealed at once.
constexpr unsigned kSealedOften = 2;  // 256 to 4,095 documents
size_t segments_per_tier(unsigned tier) { return tier == kSealedOften ? 16 : 8; }

class SegmentedIndex final : public Index {
 public:
  SegmentedIndex(std::string folder, Fs& fs, Merging merging, uint64_t most_merged_bytes)
      : folder_(std::move(folder)), fs_(fs), merging_mode_(merging), most_merged_bytes_(most_merged_bytes) {}

  ~SegmentedIndex() override {
    if (!merge_) return;
    merge_->stop.request_stop();
    [[maybe_unused]] auto const ignored = adopt_merged(Wait::yes);  // it is merged again another time
  }

  Status load() {
    VIGIE_CHECK(fs_.make_folders(folder_));
    auto const bytes = fs_.read(path(kManifestName));
    if (!bytes && bytes.error().code != Errc::not_found) return tl::unexpected(bytes.error());
    if (bytes) {
      VIGIE_TRY(auto const manifest, decode_manifest(*bytes));
      VIGIE_CHECK(load_segments(manifest));
    }
    publish();
    return drop_unnamed_files();
  }

  text::Analyzer& analyzer() override { return analyzer_; }
  uint64_t covered_row() const override { return covered_row_; }

  void add(Document const& document) override {
    builder_.add(document);
    if (builder_.occurrences() >= kPendingOccurrences) take_pending();
  }

  void erase(uint64_t row) override {
    builder_.erase(row);
    for (auto* list : {&live_, &sealed_}) {
      for (Held& held : *list) {
        if (auto const doc = held.segment->find_row(row)) held.erase(*doc);
      }
    }
  }

  void regroup(uint64_t row, uint64_t copy_group, uint64_t story) override {
    builder_.regroup(row, copy_group, story);
    for (auto* list : {&live_, &sealed_}) {
      for (Held& held : *list) {
        if (auto const doc = held.segment->find_row(row)) held.regroup(*doc, {copy_group, story});
      }
    }
  }

  void publish() override {
    if (auto const adopted = adopt_merged(Wait::no); !adopted) merge_failed_ = adopted;
    take_pending();
    builder_.forget_words_if_many();
    std::vector<SegmentRef> refs;
    for (auto* list : {&live_, &sealed_}) {
      for (Held& held : *list) {
        if (held.alive() > 0) refs.push_back(held.ref());
      }
    }
    published_.set(std::make_shared<Snapshot const>(std::move(refs)));
  }

  bool wants_seal() const override {
    uint64_t documents = builder_.documents(), bytes = builder_.occurrences() * 12;
    for (Held const& held : live_) {
      documents += held.segment->documents();
      bytes += held.segment->bytes();
    }
    return documents >= kSealDocuments || bytes >= kSealBytes;
  }

  Status seal(uint64_t covered_row) override {
    take_pending();
    std::vector<size_t> none;
    VIGIE_CHECK(rewrite(live_, none, covered_row));
    if (merging_mode_ == Merging::behind) {
      VIGIE_CHECK(adopt_merged(Wait::no));
      start_merge();
      publish();
      return std::exchange(merge_failed_, Status{});
    }
    for (auto group = due(); !group.empty(); group = due()) {
      std::vector<Held> nothing_live;
      VIGIE_CHECK(rewrite(nothing_live, group, covered_row));
    }
    publish();
    return {};
  }

  Status purge() override {
    VIGIE_CHECK(adopt_merged(Wait::yes));  // it may have read what is to go
    for (size_t i = sealed_.size(); i-- > 0;) {
      if (sealed_[i].erased_count == 0) continue;
      std::vector<Held> nothing_live;
      VIGIE_CHECK(rewrite(nothing_live, {i}, covered_row_));
    }
    for (Held& held : live_) {
      if (held.erased_count == 0) continue;
      VIGIE_TRY(auto segment, Segment::in_memory(merge(std::vector{held.ref()})));
      held = {std::move(segment), 0};
    }
    publish();
    return {};
  }

  Status clear() override {
    if (merge_) {
      merge_->stop.request_stop();
      merge_->result.wait();
      merge_.reset();
    }
    Manifest empty;
    empty.next_number = next_number_;
    VIGIE_CHECK(fs_.replace(path(kManifestName), encode(empty)));
    builder_.finish();
    live_.clear();
    sealed_.clear();
    covered_row_ = 0;
    publish();
    return drop_unnamed_files();
  }

  std::vector<uint64_t> rows() const override {
    std::vector<uint64_t> rows;
    for (Held const& held : sealed_) {
      for (DocId doc = 0; doc < held.segment->documents(); ++doc) {
        if (!held.is_erased(doc)) rows.push_back(held.segment->row(doc));
      }
    }
    std::ranges::sort(rows);
    return rows;
  }

  std::shared_ptr<Snapshot const> snapshot() const override { return published_.get(); }

  Result<std::vector<Finding>> check() const override {
    std::vector<Finding> findings;
    auto const bytes = fs_.read(path(kManifestName));
    if (!bytes && bytes.error().code != Errc::not_found) return tl::unexpected(bytes.error());
    if (bytes) {
      if (auto const manifest = decode_manifest(*bytes); !manifest) {
        findings.push_back({std::string(kManifestName), manifest.error().message});
      }
    }
    for (auto const& ref : snapshot()->segments()) {
      for (auto& what : ref.segment->check()) findings.push_back({ref.segment->file_name(), std::move(what)});
    }
    return findings;
  }

  Stats stats() const override {
    Stats stats;
    for (auto const& ref : snapshot()->segments()) {
      ++stats.segments;
      stats.terms += ref.segment->terms().size();
      stats.bytes += ref.segment->bytes();
      stats.documents += ref.segment->documents() - ref.erased_count;
      if (ref.segment->file_name().empty()) stats.live_documents += ref.segment->documents() - ref.erased_count;
    }
    return stats;
  }

 private:
  static constexpr std::string_view kManifestName = "manifest";
  std::string path(std::string_view name) const { return folder_ + "/" + std::string(name); }

  Status load_segments(Manifest const& manifest) {
    covered_row_ = manifest.covered_row;
    next_number_ = manifest.next_number;
    for (auto const& named : manifest.segments) {
      VIGIE_TRY(Held held, load_segment(named.number));
      if (held.segment->header_hash() != named.header_hash) {
        return fail(Errc::corrupt, "index segment " + held.segment->file_name() +
                                       " is not the one the manifest names; run `vigie reindex`");
      }
      for (DocId const doc : named.erased) {
        if (doc < held.segment->documents()) held.erase(doc);
      }
      for (auto const& [doc, grouping] : named.regrouped) {
        if (doc < held.segment->documents()) held.regrouped[doc] = grouping;
      }
      sealed_.push_back(std::move(held));
    }
    return {};
  }

  Result<Held> load_segment(uint64_t number) {
    std::string const name = segment_file_name(number);
    auto file = fs_.map(path(name));
    if (!file && file.error().code == Errc::not_found) {
      return fail(Errc::corrupt, "index segment " + name + " is missing; run `vigie reindex`");
    }
    if (!file) return tl::unexpected(file.error());
    VIGIE_TRY(auto segment, Segment::open(std::move(*file), name));
    return Held{std::move(segment), number};
  }

  // Segments being merged behind the writer.
  struct Merge {
    std::vector<uint64_t> numbers;   // of the inputs' files
    std::vector<SegmentRef> inputs;  // as they were when it began
    uint64_t number = 0;             // of the result's
    std::stop_source stop;
    std::future<Result<Held>> result;
  };
  enum class Wait : uint8_t { no, yes };

  void start_merge() {
    if (merge_) return;
    auto const group = due();
    if (group.empty()) return;
    merge_ = std::make_unique<Merge>();
    merge_->number = next_number_++;
    for (size_t const i : group) {
      merge_->numbers.push_back(sealed_[i].number);
      merge_->inputs.push_back(sealed_[i].ref());
    }
    merge_->result = std::async(std::launch::async, [this, merge = merge_.get()] { return merged(*merge); });
  }

  // On a thread of its own: touches nothing but its inputs and the new file.
  Result<Held> merged(Merge const& merge) {
    for (SegmentRef const& ref : merge.inputs) VIGIE_CHECK(ref.segment->verify());
    auto const bytes = index::merge(merge.inputs, merge.stop.get_token());
    if (bytes.empty()) return fail(Errc::busy, "a merge of index segments was interrupted");
    VIGIE_CHECK(write_file(segment_file_name(merge.number), bytes));
    return load_segment(merge.number);
  }

  // The result takes its inputs' place; what was erased or regrouped meanwhile is told to it.
  Status adopt_merged(Wait wait) {
    if (!merge_) return {};
    if (wait == Wait::no && merge_->result.wait_for(std::chrono::seconds(0)) != std::future_status::ready) return {};
    auto const merge = std::move(merge_);
    VIGIE_TRY(Held into, merge->result.get());
    std::vector<Held> sealed;
    for (Held const& held : sealed_) {
      auto const at = std::ranges::find(merge->numbers, held.number);
      if (at == merge->numbers.end()) {
        sealed.push_back(held);
      } else {
        carry_over(held, merge->inputs[static_cast<size_t>(at - merge->numbers.begin())], into);
      }
    }
    if (into.alive() > 0) sealed.push_back(std::move(into));
    VIGIE_CHECK(commit(sealed, covered_row_));
    sealed_ = std::move(sealed);
    return drop_unnamed_files();
  }

  static void carry_over(Held const& held, SegmentRef const& before, Held& into) {
    Segment const& segment = *held.segment;
    for (DocId doc = 0; held.erased_count > before.erased_count && doc < segment.documents(); ++doc) {
      if (!held.is_erased(doc) || before.is_erased(doc)) continue;
      if (auto const there = into.segment->find_row(segment.row(doc))) into.erase(*there);
    }
    for (auto const& [doc, grouping] : held.regrouped) {
      if (auto const there = into.segment->find_row(segment.row(doc))) into.regroup(*there, grouping);
    }
  }

  // What was added becomes a chunk; chunks of like size are merged, so that there are few.
  void take_pending() {
    if (builder_.documents() == 0) return;
    if (auto segment = Segment::in_memory(builder_.finish())) live_.push_back({std::move(*segment), 0});
    for (;;) {
      size_t alike = 0;
      while (alike < live_.size() &&
             tier(live_[live_.size() - 1 - alike].segment->documents()) <= tier(live_.back().segment->documents())) {
        ++alike;
      }
      if (alike < kChunksPerTier) return;
      std::vector<SegmentRef> refs;
      for (size_t i = live_.size() - alike; i < live_.size(); ++i) refs.push_back(live_[i].ref());
      auto merged = Segment::in_memory(merge(refs));
      if (!merged) return;
      live_.resize(live_.size() - alike);
      live_.push_back({std::move(*merged), 0});
    }
  }

  // Sealed segments adjacent in time, so many of one size, that are due to become one; smaller ones between them go
  // with them. Empty where none are. A document is so written anew once a size.
  std::vector<size_t> due() const {
    std::vector<size_t> by_time(sealed_.size());
    for (size_t i = 0; i < by_time.size(); ++i) by_time[i] = i;
    std::ranges::sort(by_time, {}, [&](size_t i) { return sealed_[i].segment->newest_s(); });
    for (unsigned wanted = 0; wanted < 12; ++wanted) {
      std::vector<size_t> group;
      size_t alike = 0;
      uint64_t documents = 0, bytes = 0;
      for (size_t const i : by_time) {
        uint64_t const alive = sealed_[i].alive(), here = sealed_[i].segment->bytes();
        if (tier(alive) > wanted || documents + alive > kMaxMergedDocuments || bytes + here > most_merged_bytes_) {
          group.clear();
          alike = 0;
          documents = bytes = 0;
          if (tier(alive) > wanted) continue;
        }
        group.push_back(i);
        alike += tier(alive) == wanted;
        documents += alive;
        bytes += here;
        if (alike == segments_per_tier(wanted)) return group;
      }
    }
    return {};
  }

  // Live chunks and the sealed segments at `group` become one new file; the manifest is replaced; then the old files
  // go. When anything fails, nothing has changed but perhaps a file that no manifest names.
  Status rewrite(std::vector<Held>& chunks, std::vector<size_t> const& group, uint64_t covered_row) {
    std::vector<SegmentRef> inputs;
    uint64_t alive = 0;
    for (Held& chunk : chunks) {
      inputs.push_back(chunk.ref());
      alive += chunk.alive();
    }
    std::vector<Held> sealed;
    for (size_t i = 0; i < sealed_.size(); ++i) {
      if (std::ranges::find(group, i) == group.end()) {
        sealed.push_back(sealed_[i]);
      } else {
        VIGIE_CHECK(sealed_[i].segment->verify());
        inputs.push_back(sealed_[i].ref());
        alive += sealed_[i].alive();
      }
    }
    if (alive > 0) {
      uint64_t const number = next_number_++;
      bool const as_it_is = inputs.size() == 1 && inputs[0].erased_count == 0 && !inputs[0].regrouped;
      std::string const merged = as_it_is ? std::string() : merge(inputs);
      VIGIE_CHECK(write_file(segment_file_name(number), as_it_is ? inputs[0].segment->file_bytes() : merged));
      VIGIE_TRY(Held held, load_segment(number));
      sealed.push_back(std::move(held));
    }
    VIGIE_CHECK(commit(sealed, covered_row));
    sealed_ = std::move(sealed);
    chunks.clear();
    covered_row_ = covered_row;
    return drop_unnamed_files();
  }

  Status write_file(std::string const& name, std::string_view bytes) {
    VIGIE_TRY(auto const file, fs_.create(path(name)));
    VIGIE_CHECK(file->append(bytes));
    VIGIE_CHECK(file->sync());
    return fs_.sync_folder(folder_);
  }

  Status commit(std::vector<Held> const& sealed, uint64_t covered_row) {
    Manifest manifest;
    manifest.covered_row = covered_row;
    manifest.next_number = next_number_;
    for (Held const& held : sealed) {
      ManifestSegment named{held.number, held.segment->header_hash(), {}, held.regrouped};
      for (DocId doc = 0; held.erased_count > 0 && doc < held.segment->documents(); ++doc) {
        if (held.is_erased(doc)) named.erased.push_back(doc);
      }
      manifest.segments.push_back(std::move(named));
    }
    return fs_.replace(path(kManifestName), encode(manifest));
  }

  // Leftovers of a crash between two steps, and files that a merge replaced.
  Status drop_unnamed_files() {
    std::set<std::string> named;
    for (Held const& held : sealed_) named.insert(held.segment->file_name());
    if (merge_) named.insert(segment_file_name(merge_->number));
    VIGIE_TRY(auto const names, fs_.list(folder_));
    bool dropped = false;
    for (auto const& name : names) {
      if (!(name.ends_with(".seg") || name.ends_with(".tmp")) || named.contains(name)) continue;
      VIGIE_CHECK(fs_.remove(path(name)));
      dropped = true;
    }
    return dropped ? fs_.sync_folder(folder_) : Status{};
  }

  std::string const folder_;
  Fs& fs_;
  text::Analyzer analyzer_;
  Builder builder_{analyzer_};
  std::vector<Held> live_, sealed_;
  uint64_t covered_row_ = 0, next_number_ = 1;
  Published<Snapshot> published_;
  Merging const merging_mode_;
  uint64_t const most_merged_bytes_;
  std::unique_ptr<Merge> merge_;  // at most one
  Status merge_failed_;           // until seal() tells
};

}  // namespace

Result<std::unique_ptr<Index>> Index::open(std::string const& folder, Fs& fs, Merging merging,
                                           uint64_t most_merged_bytes) {
  auto index = std::make_unique<SegmentedIndex>(folder, fs, merging, most_merged_bytes);
  VIGIE_CHECK(index->load());
  return index;
}

}  // namespace vigie::index
