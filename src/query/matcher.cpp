#include "query/matcher.hpp"

#include <algorithm>
#include <bit>

namespace vigie::query {
namespace {

constexpr size_t kMaxPlaces = 10'000;  // of NEAR in one document; an article never comes close

void set(Window& window, DocId at) { window[at >> 6] |= uint64_t{1} << (at & 63); }

// A range of documents, some of which may be refused one by one.
class Range final : public Matcher {
 public:
  Range(DocId begin, DocId end, std::function<bool(DocId)> holds) : end_(end), holds_(std::move(holds)) {
    doc_ = begin < end_ ? begin : kNoMoreDocs;
  }
  DocId advance(DocId target) override {
    if (target > doc_) doc_ = target < end_ ? target : kNoMoreDocs;
    return doc_;
  }
  bool confirm() override { return !holds_ || holds_(doc_); }
  uint64_t cost() const override { return doc_ == kNoMoreDocs ? 0 : end_ - doc_; }
  void fill(DocId begin, Window& window) override {
    if (holds_) return Matcher::fill(begin, window);
    DocId const from = std::max(advance(begin), begin), to = std::min(end_, begin + kWindowDocs);
    for (size_t w = 0; w < window.size(); ++w) {
      DocId const first = begin + static_cast<DocId>(w * 64);
      window[w] = low_bits(to, first) & ~low_bits(from, first);
    }
  }

 private:
  // A bit for each of the 64 documents from `first` on that stands before `end`.
  static uint64_t low_bits(DocId end, DocId first) {
    return end <= first ? 0 : end - first >= 64 ? ~uint64_t{0} : (uint64_t{1} << (end - first)) - 1;
  }

  DocId end_;
  std::function<bool(DocId)> holds_;
};

class List final : public Matcher {
 public:
  explicit List(std::vector<DocId> documents) : documents_(std::move(documents)) { settle(); }
  DocId advance(DocId target) override {
    if (doc_ >= target) return doc_;
    at_ = static_cast<size_t>(
        std::lower_bound(documents_.begin() + static_cast<std::ptrdiff_t>(at_), documents_.end(), target) -
        documents_.begin());
    return settle();
  }
  uint64_t cost() const override { return documents_.size(); }

 private:
  DocId settle() { return doc_ = at_ < documents_.size() ? documents_[at_] : kNoMoreDocs; }
  std::vector<DocId> documents_;
  size_t at_ = 0;
};

class Bits final : public Matcher {
 public:
  explicit Bits(std::span<uint64_t const> words) : words_(words) { doc_ = first_from(0); }
  DocId advance(DocId target) override { return doc_ >= target ? doc_ : doc_ = first_from(target); }
  uint64_t cost() const override {
    uint64_t sum = 0;
    for (uint64_t const word : words_) sum += static_cast<uint64_t>(std::popcount(word));
    return sum;
  }

 private:
  DocId first_from(DocId target) const {
    size_t w = target / 64;
    if (w >= words_.size()) return kNoMoreDocs;
    uint64_t bits = words_[w] >> (target % 64) << (target % 64);
    while (bits == 0) {
      if (++w == words_.size()) return kNoMoreDocs;
      bits = words_[w];
    }
    return static_cast<DocId>(w * 64) + static_cast<DocId>(std::countr_zero(bits));
  }
  std::span<uint64_t const> words_;
};

class Borrowed final : public Matcher {
 public:
  explicit Borrowed(Matcher& matcher) : matcher_(matcher) { doc_ = matcher.doc(); }
  DocId advance(DocId target) override { return doc_ = matcher_.advance(target); }
  bool confirm() override { return matcher_.confirm(); }
  uint64_t cost() const override { return matcher_.cost(); }
  void fill(DocId begin, Window& window) override { matcher_.fill(begin, window); }
  void places(std::vector<Place>& out) override { matcher_.places(out); }

 private:
  Matcher& matcher_;
};

// A conjunction. The rarest child leads; a candidate is one of every child.
class Every : public Matcher {
 public:
  explicit Every(std::vector<MatcherPtr> children) : children_(std::move(children)) {
    for (auto& child : children_) by_cost_.push_back(child.get());
    std::ranges::stable_sort(by_cost_, {}, [](Matcher const* child) { return child->cost(); });
    Every::advance_from(0);
  }

  DocId advance(DocId target) override { return doc_ >= target ? doc_ : advance_from(target); }
  bool confirm() override {
    return std::ranges::all_of(by_cost_, [](Matcher* child) { return child->confirm(); });
  }
  uint64_t cost() const override { return by_cost_.empty() ? 0 : by_cost_.front()->cost(); }

 protected:
  std::vector<MatcherPtr> children_;
  std::vector<Matcher*> by_cost_;

 private:
  DocId advance_from(DocId target) {
    if (by_cost_.empty()) return doc_ = kNoMoreDocs;
    for (size_t i = 0; i < by_cost_.size();) {
      DocId const doc = by_cost_[i]->advance(target);
      if (doc == kNoMoreDocs) return doc_ = doc;
      if (doc > target) {
        target = doc;
        i = i == 0 ? 1 : 0;
      } else {
        ++i;
      }
    }
    return doc_ = target;
  }
};

class All final : public Every {
 public:
  using Every::Every;

  // Bit by bit where few are left, word by word where many are.
  void fill(DocId begin, Window& window) override {
    window.fill(0);
    if (by_cost_.empty()) return;
    by_cost_[0]->fill(begin, window);
    for (size_t i = 1; i < by_cost_.size(); ++i) {
      size_t left = 0;
      for (uint64_t const word : window) left += static_cast<size_t>(std::popcount(word));
      if (left == 0) return;
      if (left <= kFew) {
        keep_confirmed(*by_cost_[i], begin, window);
      } else {
        by_cost_[i]->fill(begin, other_);
        for (size_t w = 0; w < window.size(); ++w) window[w] &= other_[w];
      }
    }
  }

 private:
  static constexpr size_t kFew = 32;

  static void keep_confirmed(Matcher& child, DocId begin, Window& window) {
    for (size_t w = 0; w < window.size(); ++w) {
      for (uint64_t bits = window[w]; bits != 0; bits &= bits - 1) {
        auto const bit = static_cast<DocId>(std::countr_zero(bits));
        DocId const doc = begin + static_cast<DocId>(w * 64) + bit;
        if (child.advance(doc) != doc || !child.confirm()) window[w] &= ~(uint64_t{1} << bit);
      }
    }
  }

  Window other_{};
};

class Any final : public Matcher {
 public:
  explicit Any(std::vector<MatcherPtr> children) : children_(std::move(children)), confirmed_(children_.size()) {
    doc_ = kNoMoreDocs;
    for (auto& child : children_) doc_ = std::min(doc_, child->doc());
  }

  DocId advance(DocId target) override {
    if (doc_ >= target) return doc_;
    doc_ = kNoMoreDocs;
    for (auto& child : children_) doc_ = std::min(doc_, child->advance(target));
    return doc_;
  }

  // All are asked, so that places() knows whose there are.
  bool confirm() override {
    bool any = false;
    for (size_t i = 0; i < children_.size(); ++i) {
      confirmed_[i] = children_[i]->doc() == doc_ && children_[i]->confirm();
      any = any || confirmed_[i];
    }
    return any;
  }

  uint64_t cost() const override {
    uint64_t sum = 0;
    for (auto const& child : children_) sum += child->cost();
    return sum;
  }

  void fill(DocId begin, Window& window) override {
    window.fill(0);
    for (auto& child : children_) {
      child->fill(begin, other_);
      for (size_t w = 0; w < window.size(); ++w) window[w] |= other_[w];
    }
  }

  void places(std::vector<Place>& out) override {
    out.clear();
    for (size_t i = 0; i < children_.size(); ++i) {
      if (children_[i]->doc() != doc_ || !confirmed_[i]) continue;
      children_[i]->places(part_);
      out.insert(out.end(), part_.begin(), part_.end());
    }
    std::ranges::stable_sort(out, {}, &Place::begin);
  }

 private:
  std::vector<MatcherPtr> children_;
  std::vector<bool> confirmed_;
  std::vector<Place> part_;
  Window other_{};
};

class Not final : public Matcher {
 public:
  Not(MatcherPtr child, DocId documents) : child_(std::move(child)), documents_(documents) {
    doc_ = documents_ > 0 ? 0 : kNoMoreDocs;
  }
  DocId advance(DocId target) override {
    if (target > doc_) doc_ = target < documents_ ? target : kNoMoreDocs;
    return doc_;
  }
  bool confirm() override { return child_->advance(doc_) != doc_ || !child_->confirm(); }
  uint64_t cost() const override { return documents_; }
  void fill(DocId begin, Window& window) override {
    child_->fill(begin, window);
    for (size_t w = 0; w < window.size(); ++w) {
      DocId const first = begin + static_cast<DocId>(w * 64);
      uint64_t const there = first >= documents_        ? 0
                             : documents_ - first >= 64 ? ~uint64_t{0}
                                                        : (uint64_t{1} << (documents_ - first)) - 1;
      window[w] = ~window[w] & there;
    }
  }

 private:
  MatcherPtr child_;
  DocId documents_;
};

// A conjunction that looks at places, once a document.
class Placed : public Every {
 public:
  using Every::Every;
  bool confirm() override {
    if (looked_at_ != doc_) {
      looked_at_ = doc_;
      found_.clear();
      accepted_ = accepts();
    }
    return accepted_;
  }
  void places(std::vector<Place>& out) override { out = found_; }

 protected:
  virtual bool accepts() = 0;
  std::vector<Place> found_;

 private:
  DocId looked_at_ = kNoMoreDocs;
  bool accepted_ = false;
};

class Phrase final : public Placed {
 public:
  explicit Phrase(std::vector<MatcherPtr> words) : Placed(std::move(words)) {
    for (Matcher const* const word : by_cost_) {
      auto const at = std::ranges::find(children_, word, &MatcherPtr::get);
      ranks_.push_back(static_cast<uint32_t>(at - children_.begin()));
    }
  }

  // A phrase stands nowhere more often than the rarest of its words.
  DocId advance_heavy(DocId target, DocId end, index::LeastWeight const& least) override {
    for (size_t i = 0; i < by_cost_.size();) {
      DocId const doc = by_cost_[i]->advance_heavy(target, end, least);
      if (doc >= end) return doc;
      i = doc == target ? i + 1 : i == 0 ? 1 : 0;
      target = doc;
    }
    return doc_ = target;
  }
  WeightBound bound(DocId target, DocId at_least) override {
    WeightBound least;
    for (auto& child : children_) {
      auto const bound = child->bound(target, at_least);
      least.weighted = std::min(least.weighted, bound.weighted);
      least.last = std::min(least.last, bound.last);
    }
    return least;
  }
  double most_weighted(index::FieldWeights const& weights, index::FieldCounts const& words) override {
    double least = std::numeric_limits<double>::infinity();
    for (auto& child : children_) least = std::min(least, child->most_weighted(weights, words));
    return least;
  }

 private:
  // The rarest word first: it stands in few places, of which the next leaves fewer.
  bool accepts() override {
    for (size_t i = 0; i < by_cost_.size(); ++i) {
      if (!by_cost_[i]->find_places(here_)) return false;
      if (i == 0) {
        begin_with(ranks_[0]);
      } else {
        keep_those_with(ranks_[i]);
      }
      if (found_.empty()) return false;
    }
    return true;
  }

  // Each place is the whole phrase's from here on, as far as it is known.
  void begin_with(uint32_t rank) {
    for (Place const& place : here_) {
      if (place.begin < rank) continue;
      uint32_t const begin = place.begin - rank;
      found_.push_back({begin, begin + static_cast<uint32_t>(by_cost_.size()), place.exact, place.accented});
    }
  }

  void keep_those_with(uint32_t rank) {
    auto at = here_.begin();
    std::erase_if(found_, [&](Place& phrase) {
      while (at != here_.end() && at->begin < phrase.begin + rank) ++at;
      if (at == here_.end() || at->begin != phrase.begin + rank) return true;
      phrase.exact = phrase.exact && at->exact;
      phrase.accented = phrase.accented && at->accented;
      return false;
    });
  }

  std::vector<uint32_t> ranks_;  // of `by_cost_` within the phrase
  std::vector<Place> here_;
};

class Near final : public Placed {
 public:
  Near(std::vector<MatcherPtr> sides, uint32_t distance) : Placed(std::move(sides)), distance_(distance) {}

 private:
  bool accepts() override {
    if (!children_[0]->find_places(left_) || !children_[1]->find_places(right_)) return false;
    auto first = right_.begin();  // what ends too early for one place ends too
                                  // early for the next
    for (Place const& left : left_) {
      while (first != right_.end() && first->end + distance_ <= left.begin) ++first;
      for (auto right = first; right != right_.end() && right->begin < left.end + distance_; ++right) {
        if (right->end + distance_ <= left.begin || (right->begin < left.end && left.begin < right->end)) continue;
        found_.push_back({std::min(left.begin, right->begin), std::max(left.end, right->end), false, false});
      }
      if (found_.size() > kMaxPlaces) break;
    }
    std::ranges::stable_sort(found_, {}, &Place::begin);
    return !found_.empty();
  }

  uint32_t distance_;
  std::vector<Place> left_, right_;
};

class Name final : public Placed {
 public:
  using Placed::Placed;

 private:
  bool accepts() override {
    if (!Every::confirm()) return false;
    children_[0]->places(first_);
    bool const whole = std::ranges::any_of(first_, [&](Place const& first) {
      return std::ranges::all_of(children_, [&](MatcherPtr const& word) {
        word->places(here_);
        return std::ranges::any_of(here_, [&](Place const& place) {
          return std::max(place.begin, first.begin) - std::min(place.begin, first.begin) < index::kBlockGap;
        });
      });
    });
    return whole;
  }

  std::vector<Place> first_, here_;
};

}  // namespace

void Matcher::fill(DocId begin, Window& window) {
  window.fill(0);
  for (DocId doc = seek(begin); doc < begin + kWindowDocs; doc = seek(doc + 1)) set(window, doc - begin);
}

MatcherPtr match_all(DocId documents) { return match_column(0, documents, {}); }
MatcherPtr match_none() { return match_column(0, 0, {}); }
MatcherPtr match_every(std::vector<MatcherPtr> children) { return std::make_unique<All>(std::move(children)); }
MatcherPtr match_any(std::vector<MatcherPtr> children) { return std::make_unique<Any>(std::move(children)); }
MatcherPtr match_not(MatcherPtr child, DocId documents) { return std::make_unique<Not>(std::move(child), documents); }
MatcherPtr match_phrase(std::vector<MatcherPtr> words) { return std::make_unique<Phrase>(std::move(words)); }
MatcherPtr match_near(MatcherPtr left, MatcherPtr right, uint32_t distance) {
  std::vector<MatcherPtr> sides;
  sides.push_back(std::move(left));
  sides.push_back(std::move(right));
  return std::make_unique<Near>(std::move(sides), distance);
}
MatcherPtr match_name(std::vector<MatcherPtr> words) { return std::make_unique<Name>(std::move(words)); }
MatcherPtr match_column(DocId begin, DocId end, std::function<bool(DocId)> holds) {
  return std::make_unique<Range>(begin, end, std::move(holds));
}
MatcherPtr match_list(std::vector<DocId> documents) { return std::make_unique<List>(std::move(documents)); }
MatcherPtr match_bits(std::span<uint64_t const> documents) { return std::make_unique<Bits>(documents); }
MatcherPtr match_borrowed(Matcher& matcher) { return std::make_unique<Borrowed>(matcher); }

}  // namespace vigie::query
