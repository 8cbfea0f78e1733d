#include "kinship/kin.hpp"

#include <algorithm>
#include <utility>

#include "kinship/copies.hpp"
#include "kinship/memory.hpp"
#include "kinship/reading.hpp"
#include "kinship/stories.hpp"

namespace vigie::kinship {
namespace {

constexpr int64_t kTimeMax = int64_t{1} << 40;  // 34,000 years: what lies beyond is an error somewhere
constexpr uint8_t kCopyLikeness = 250;          // a copy is in its original's story
constexpr size_t kReasonWords = 8;

class KinImpl final : public Kin {
 public:
  KinImpl(Keeper& keeper, Options options) : memory_(keeper, options), stories_(memory_) {}

  Result<Verdict> add(DocumentView const& document) override {
    int64_t const time_s = std::clamp(document.time_s, -kTimeMax, kTimeMax);
    VIGIE_CHECK(memory_.cover(time_s - kStorySeconds, time_s + kStorySeconds));
    if (uint32_t const known = memory_.find(document.key); known != Memory::kNone) memory_.erase(known);

    Reading reading = reader_.read(document);
    stories_.weigh(reading.trace, time_s);
    mark_top(reading.trace);
    reading.trace.measure();
    reading.trace.links = stories_.links(reading.trace, time_s);

    Verdict verdict;
    uint32_t const slot = remember(document.key, time_s, std::move(reading.trace), verdict);
    stories_.place(slot, verdict);
    explain(memory_.at(slot).trace, reading.words, verdict);
    verdict.trace = encode(memory_.at(slot).trace, document.key);
    memory_.trim(time_s);
    return verdict;
  }

  Status erase(Key key, int64_t time_s) override {
    (void)time_s;
    if (uint32_t const slot = memory_.find(key); slot != Memory::kNone) memory_.erase(slot);
    return {};
  }

  void forget() override { memory_.clear(); }

 private:
  // Puts the article at hand, with its copies found and linked.
  uint32_t remember(Key key, int64_t time_s, Trace&& trace, Verdict& verdict) {
    Copies copies = find_copies(memory_, {key, time_s, trace});
    Member member{key, time_s, trace.own, std::nullopt, std::move(trace), {}, 0};
    if (copies.of) {
      member.copy_of = copies.of->key;
      set_link(member.trace.links, copies.of->key);
    }
    for (Copied const& copied : copies.copied) {
      set_link(member.trace.links, copied.key);
      memory_.at(memory_.find(copied.key)).copy_of = key;
    }
    verdict.copy_of = copies.of;
    verdict.copied = std::move(copies.copied);
    return memory_.add(std::move(member));
  }

  static void set_link(std::vector<Link>& links, Key key) {
    auto const at = std::ranges::find(links, key, &Link::key);
    if (at != links.end()) {
      at->likeness = kCopyLikeness;
    } else {
      if (links.size() >= kLinksMax) links.pop_back();
      links.insert(links.begin(), {key, kCopyLikeness});
    }
  }

  // `words`: of the trace's terms, as they are written.
  void explain(Trace const& trace, std::vector<std::string_view> const& words, Verdict& verdict) const {
    if (!verdict.reason.closest) return;
    auto const& mine = trace.terms;
    auto const& theirs = memory_.at(memory_.find(*verdict.reason.closest)).trace.terms;
    std::vector<std::pair<float, size_t>> shared;
    for (size_t i = 0; i < mine.size(); ++i) {
      auto const at = std::ranges::lower_bound(theirs, mine[i].hash, {}, &Term::hash);
      if (at != theirs.end() && at->hash == mine[i].hash) shared.emplace_back(-value_of(mine[i]), i);
    }
    std::ranges::sort(shared);
    for (auto const& [value, i] : shared) {
      auto& list = mine[i].flags & kIsName ? verdict.reason.names : verdict.reason.words;
      if (list.size() < kReasonWords) list.emplace_back(words[i]);
    }
  }

  Memory memory_;
  Stories stories_;
  Reader reader_;
};

}  // namespace

std::unique_ptr<Kin> Kin::open(Keeper& keeper, Options options) { return std::make_unique<KinImpl>(keeper, options); }

}  // namespace vigie::kinship
