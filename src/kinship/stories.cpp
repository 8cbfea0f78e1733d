#include "kinship/stories.hpp"

#include <absl/container/flat_hash_map.h>

#include <algorithm>
#include <cmath>

#include "kinship/ahead.hpp"
#include "kinship/grouping.hpp"

namespace vigie::kinship {
namespace {

constexpr size_t kSearchTerms = 24;   // heaviest ones looked up
constexpr size_t kVisitsMax = 4'000;  // list entries read, those of the heaviest terms first
constexpr size_t kComparedMax = 48;   // articles compared in full
constexpr float kThreshold = 0.4f;    // of two groups that are joined
constexpr size_t kLooseMax = 40;      // members of a story that may still be split
constexpr size_t kNodesMax = 200;
constexpr float kFamiliar = 1.6f;  // how much faster than at large a word pales where many use it

}  // namespace

void Stories::weigh(Trace& trace, int64_t time_s) {
  auto const from_s = time_s - kStorySeconds, to_s = time_s + kStorySeconds;
  auto const articles = memory_.articles(from_s, to_s);
  size_t const terms = trace.terms.size();
  lists_.clear();
  blocks_ = 0;
  memory_.each_block(from_s, to_s, [&](PostingBlock const& block) {
    ++blocks_;
    for (Term const& term : trace.terms) block.expect(term.hash);
    for (Term const& term : trace.terms) {
      lists_.push_back(block.having(term.hash));
      expect(lists_.back().data(), lists_.back().size_bytes());
    }
  });
  for (auto& lists : lists_) lists = Memory::within(lists, from_s, to_s);
  for (size_t i = 0; i < terms; ++i) {
    uint32_t frequency = 0;
    for (size_t block = 0; block < blocks_; ++block) {
      for (PostingList const& list : lists_[block * terms + i]) frequency += list.frequency();
    }
    if (frequency <= 3) continue;
    float const local = std::log(static_cast<float>(articles + 31) / (static_cast<float>(frequency) + 0.5f));
    float const weight = std::max(0.0f, 16 * kFamiliar * local);
    trace.terms[i].weight = static_cast<uint8_t>(std::min<float>(trace.terms[i].weight, weight));
  }
}

namespace {

// The first `most` in order, of values that all differ.
template <class Value>
void sort_first(std::vector<Value>& values, size_t most) {
  if (values.size() > most) {
    std::nth_element(values.begin(), values.begin() + static_cast<ptrdiff_t>(most), values.end());
    values.resize(most);
  }
  std::sort(values.begin(), values.end());
}

}  // namespace

std::span<uint32_t const> Stories::candidates(Trace const& trace, int64_t time_s) {
  touched_.clear();
  score_.resize(memory_.slots(), 0);
  ranked_.clear();  // value, place of terms
  for (uint32_t i = 0; i < trace.terms.size(); ++i) ranked_.emplace_back(-value_of(trace.terms[i]), i);
  sort_first(ranked_, kSearchTerms);
  constexpr size_t kAhead = 8;
  size_t visits = kVisitsMax;
  for (auto const& [negative, term] : ranked_) {
    for (size_t block = 0; block < blocks_; ++block) {
      for (PostingList const& of_shelf : lists_[block * trace.terms.size() + term]) {
        auto const list = of_shelf.newest();
        for (size_t i = 0; i < list.size(); ++i) {
          Posted const& posted = list[i];
          if (i + kAhead < list.size()) memory_.expect(list[i + kAhead].slot);
          if (visits-- == 0) return rank(time_s);
          if (!memory_.is(posted.slot, posted.serial)) continue;
          if (score_[posted.slot] == 0) touched_.push_back(posted.slot);
          score_[posted.slot] += static_cast<float>(posted.value) * -negative + 1e-3f;
        }
      }
    }
  }
  return rank(time_s);
}

// The touched slots that promise most, by their score; scores are 0 again.
std::span<uint32_t const> Stories::rank(int64_t time_s) {
  // Relative to the other's length, as the comparison will be.
  ranked_.clear();
  for (uint32_t const slot : touched_) {
    auto const& other = memory_.brief(slot);
    if (std::abs(other.time_s - time_s) <= kStorySeconds)
      ranked_.emplace_back(-score_[slot] / std::max(1.0f, other.norm), slot);
    score_[slot] = 0;
  }
  sort_first(ranked_, kComparedMax);
  touched_.clear();
  for (auto const& [score, slot] : ranked_) touched_.push_back(slot);
  return touched_;
}

std::vector<Link> Stories::links(Trace const& trace, int64_t time_s) {
  constexpr size_t kAhead = 3, kFar = 8;
  std::vector<Link> links;
  Comparison const beside(trace);
  auto const others = candidates(trace, time_s);
  for (size_t i = 0; i < others.size(); ++i) {
    if (i + kFar < others.size()) expect(&memory_.at(others[i + kFar]), sizeof(Member));
    if (i + kAhead < others.size()) {
      Trace const& next = memory_.at(others[i + kAhead]).trace;
      expect(next.terms.data(), next.terms.size() * sizeof(Term));
      expect(next.pairs.data(), next.pairs.size() * sizeof(Pair));
    }
    Member const& other = memory_.at(others[i]);
    float const p = likeness(beside.with(other.trace, time_s - other.time_s));
    if (p >= kLikenessMin) links.push_back({other.key, static_cast<uint8_t>(p * 255)});
  }
  std::ranges::stable_sort(links, std::greater{}, &Link::likeness);
  if (links.size() > kLinksMax) links.resize(kLinksMax);
  return links;
}

namespace {

// A story that is no longer split: it is one node, and its first member stands for all of it, so that nothing here
// costs more as it grows.
bool is_long(Memory const& memory, StoryId story) { return memory.story(story).size() > kLooseMax; }

// The stories an article touches, as nodes to be grouped: an article each, or one for all of a long story.
class Neighbourhood {
 public:
  Neighbourhood(Memory const& memory, uint32_t slot) : memory_(memory) {
    add_node(slot, 1);
    auto links = memory.at(slot).links;
    std::ranges::stable_sort(links, std::greater{}, &Link::likeness);
    for (Link const& link : links)
      if (uint32_t const other = memory.find(link.key); other != Memory::kNone) add_story(memory.at(other).story);
    for (uint32_t node = 0; node < slots_.size(); ++node) add_pairs(node);
  }

  // Slots, by group.
  std::vector<std::vector<uint32_t>> groups() const {
    auto const heads = group(sizes_, pairs_, kThreshold);
    std::vector<std::vector<uint32_t>> groups(heads.size());
    for (size_t node = 0; node < heads.size(); ++node) groups[heads[node]].push_back(slots_[node]);
    std::erase_if(groups, [](auto const& slots) { return slots.empty(); });
    return groups;
  }

 private:
  void add_node(uint32_t slot, size_t members) {
    node_of_[slot] = static_cast<uint32_t>(slots_.size());
    slots_.push_back(slot);
    sizes_.push_back(static_cast<uint32_t>(members));
  }

  void add_story(StoryId story) {
    auto const& members = memory_.story(story);
    if (members.empty() || node_of_.contains(members.front()) || slots_.size() + kLooseMax > kNodesMax) return;
    if (is_long(memory_, story)) {
      add_node(members.front(), members.size());
    } else {
      for (uint32_t const member : members)
        if (!node_of_.contains(member)) add_node(member, 1);  // a founder that comes again is there already
    }
  }

  void add_pairs(uint32_t node) {
    if (sizes_[node] > 1) return;  // its links are seen from the other side
    for (Link const& link : memory_.at(slots_[node]).links) {
      uint32_t other = memory_.find(link.key);
      if (other == Memory::kNone) continue;
      if (StoryId const story = memory_.at(other).story; is_long(memory_, story)) other = memory_.story(story).front();
      auto const at = node_of_.find(other);
      if (at == node_of_.end() || at->second == node) continue;
      if (sizes_[at->second] > 1 || at->second < node)
        pairs_.push_back({node, at->second, static_cast<float>(link.likeness) / 255});
    }
  }

  Memory const& memory_;
  std::vector<uint32_t> slots_, sizes_;  // by node
  absl::flat_hash_map<uint32_t, uint32_t> node_of_;
  std::vector<Alike> pairs_;
};

// Gives each group the name of the story that has most of its members there; the others' names become aliases, or are
// founded anew where a group has none left.
class Naming {
 public:
  Naming(Memory& memory, Verdict& verdict) : memory_(memory), verdict_(verdict) {}

  void name(std::vector<std::vector<uint32_t>> const& groups, uint32_t newcomer) {
    count(groups, newcomer);
    std::vector<std::pair<uint64_t, size_t>> taken;  // story, group
    for (Claim const& claim : claims_) {
      if (std::ranges::find(taken, claim.story, &std::pair<uint64_t, size_t>::first) != taken.end()) continue;
      taken.emplace_back(claim.story, claim.group);
      if (names_[claim.group] == 0) names_[claim.group] = claim.story;
    }
    for (size_t g = 0; g < groups.size(); ++g)
      if (names_[g] == 0) names_[g] = found(groups[g]);
    for (auto const& [story, g] : taken)
      if (names_[g] != story) verdict_.merged.push_back({StoryId{story}, StoryId{names_[g]}});
    apply(groups, newcomer);
  }

 private:
  struct Claim {
    size_t members;
    int64_t oldest_s;
    uint64_t story;
    size_t group;
    bool operator<(Claim const& other) const {
      if (members != other.members) return members > other.members;
      if (oldest_s != other.oldest_s) return oldest_s < other.oldest_s;
      return story != other.story ? story < other.story : group < other.group;
    }
  };

  void count(std::vector<std::vector<uint32_t>> const& groups, uint32_t newcomer) {
    names_.assign(groups.size(), 0);
    for (size_t g = 0; g < groups.size(); ++g) {
      size_t const first = claims_.size();
      for (uint32_t const slot : groups[g]) {
        if (slot == newcomer) continue;
        Member const& member = memory_.at(slot);
        auto const story = static_cast<uint64_t>(member.story);
        auto at = std::find_if(claims_.begin() + static_cast<ptrdiff_t>(first), claims_.end(),
                               [&](Claim const& claim) { return claim.story == story; });
        if (at == claims_.end()) at = claims_.insert(at, {0, member.time_s, story, g});
        at->members += is_long(memory_, member.story) ? memory_.story(member.story).size() : 1;
        at->oldest_s = std::min(at->oldest_s, member.time_s);
      }
    }
    std::sort(claims_.begin(), claims_.end());
  }

  uint64_t found(std::vector<uint32_t> const& slots) const {
    auto const first = std::ranges::min_element(
        slots, {}, [&](uint32_t slot) { return std::pair(memory_.at(slot).time_s, memory_.at(slot).key); });
    auto story = static_cast<uint64_t>(memory_.at(*first).trace.own);
    auto const used = [&](uint64_t id) {
      return id == 0 || !memory_.story(StoryId{id}).empty() || std::ranges::find(names_, id) != names_.end();
    };
    bool const alone = slots.size() == 1 && memory_.story(StoryId{story}).size() == 1 &&
                       memory_.story(StoryId{story}).front() == slots.front();
    if (alone && std::ranges::find(names_, story) == names_.end()) return story;
    while (used(story)) story = story * 0x9E3779B97F4A7C15 + 1;  // its founder left a story that goes on without it
    return story;
  }

  void apply(std::vector<std::vector<uint32_t>> const& groups, uint32_t newcomer) {
    std::vector<std::pair<uint32_t, StoryId>> moves;  // all told before the first one changes what is long
    for (size_t g = 0; g < groups.size(); ++g) {
      StoryId const story{names_[g]};
      for (uint32_t const slot : groups[g]) {
        StoryId const from = memory_.at(slot).story;
        if (from == story) continue;
        if (slot == newcomer || !is_long(memory_, from)) {
          moves.emplace_back(slot, story);
        } else {
          for (uint32_t const member : memory_.story(from)) moves.emplace_back(member, story);
        }
      }
    }
    for (auto const& [slot, story] : moves) {
      memory_.move(slot, story);
      if (slot != newcomer) verdict_.moved.push_back({memory_.at(slot).key, story});
    }
  }

  Memory& memory_;
  Verdict& verdict_;
  std::vector<Claim> claims_;
  std::vector<uint64_t> names_;  // of groups
};

}  // namespace

void Stories::place(uint32_t slot, Verdict& verdict) {
  if (!memory_.at(slot).links.empty()) {
    auto const groups = Neighbourhood(memory_, slot).groups();
    Naming(memory_, verdict).name(groups, slot);
  }
  verdict.story = memory_.at(slot).story;
  for (Link const& link : memory_.at(slot).links) {
    uint32_t const other = memory_.find(link.key);
    if (other == Memory::kNone || memory_.at(other).story != verdict.story) continue;
    float const alike = static_cast<float>(link.likeness) / 255;
    if (alike <= verdict.reason.likeness) continue;
    verdict.reason.closest = link.key;
    verdict.reason.likeness = alike;
    verdict.reason.seconds_apart = memory_.at(slot).time_s - memory_.at(other).time_s;
  }
}

}  // namespace vigie::kinship
