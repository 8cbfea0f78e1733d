#include "query/matcher.hpp"

#include <algorithm>

namespace vigie::query {
namespace {

constexpr size_t kMaxPlaces = 10'000;  // of NEAR in one document; an article never comes close

class All final : public Matcher {
 public:
  explicit All(DocId documents) : documents_(documents) { All::seek(0); }
  DocId seek(DocId target) override { return doc_ = target < documents_ ? target : kNoMoreDocs; }

 private:
  DocId documents_;
};

// A conjunction that may refuse a document that every child holds.
class Every : public Matcher {
 public:
  explicit Every(std::vector<MatcherPtr> children) : children_(std::move(children)) {}

  DocId seek(DocId target) override {
    for (;;) {
      DocId const common = agree(target);
      if (common == kNoMoreDocs || accepts()) return doc_ = common;
      target = common + 1;
    }
  }

 protected:
  virtual bool accepts() { return true; }
  std::vector<MatcherPtr> children_;

 private:
  DocId agree(DocId target) {
    for (size_t agreed = 0, i = 0; agreed < children_.size(); i = (i + 1) % children_.size()) {
      DocId const doc = children_[i]->doc() >= target ? children_[i]->doc() : children_[i]->seek(target);
      agreed = doc == target ? agreed + 1 : 1;
      target = doc;
      if (target == kNoMoreDocs) break;
    }
    return target;
  }
};

class Any final : public Matcher {
 public:
  explicit Any(std::vector<MatcherPtr> children) : children_(std::move(children)) { Any::seek(0); }

  DocId seek(DocId target) override {
    DocId first = kNoMoreDocs;
    for (auto& child : children_) {
      DocId const doc = child->doc() >= target ? child->doc() : child->seek(target);
      first = std::min(first, doc);
    }
    return doc_ = first;
  }

  void places(std::vector<Place>& out) override {
    out.clear();
    for (auto& child : children_) {
      if (child->doc() != doc_) continue;
      child->places(part_);
      out.insert(out.end(), part_.begin(), part_.end());
    }
    std::ranges::stable_sort(out, {}, &Place::begin);
  }

 private:
  std::vector<MatcherPtr> children_;
  std::vector<Place> part_;
};

class Not final : public Matcher {
 public:
  Not(MatcherPtr child, DocId documents) : child_(std::move(child)), documents_(documents) { Not::seek(0); }

  DocId seek(DocId target) override {
    while (target < documents_) {
      if (child_->doc() < target) child_->seek(target);
      if (child_->doc() != target) return doc_ = target;
      ++target;
    }
    return doc_ = kNoMoreDocs;
  }

 private:
  MatcherPtr child_;
  DocId documents_;
};

class Phrase final : public Every {
 public:
  explicit Phrase(std::vector<MatcherPtr> words) : Every(std::move(words)) { Phrase::seek(0); }
  void places(std::vector<Place>& out) override { out = found_; }

 private:
  bool accepts() override {
    children_[0]->places(found_);
    for (size_t i = 1; i < children_.size() && !found_.empty(); ++i) {
      children_[i]->places(here_);
      auto at = here_.begin();
      std::erase_if(found_, [&](Place& place) {
        while (at != here_.end() && at->begin < place.end) ++at;
        if (at == here_.end() || at->begin != place.end) return true;
        place.end = at->end;
        place.exact = place.exact && at->exact;
        place.accented = place.accented && at->accented;
        return false;
      });
    }
    return !found_.empty();
  }

  std::vector<Place> found_, here_;
};

class Near final : public Every {
 public:
  Near(std::vector<MatcherPtr> sides, uint32_t distance) : Every(std::move(sides)), distance_(distance) {
    Near::seek(0);
  }
  void places(std::vector<Place>& out) override { out = found_; }

 private:
  bool accepts() override {
    found_.clear();
    children_[0]->places(left_);
    children_[1]->places(right_);
    auto first = right_.begin();  // what ends too early for one place ends too early for the next
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
  std::vector<Place> left_, right_, found_;
};

class Author final : public Every {
 public:
  explicit Author(std::vector<MatcherPtr> words) : Every(std::move(words)) { Author::seek(0); }

 private:
  bool accepts() override {
    children_[0]->places(first_);
    return std::ranges::any_of(first_, [&](Place const& first) {
      return std::ranges::all_of(children_, [&](MatcherPtr const& word) {
        word->places(here_);
        return std::ranges::any_of(here_, [&](Place const& place) {
          return std::max(place.begin, first.begin) - std::min(place.begin, first.begin) < index::kBlockGap;
        });
      });
    });
  }

  std::vector<Place> first_, here_;
};

class Column final : public Matcher {
 public:
  Column(DocId documents, std::function<bool(DocId)> holds) : documents_(documents), holds_(std::move(holds)) {
    Column::seek(0);
  }
  DocId seek(DocId target) override {
    while (target < documents_ && !holds_(target)) ++target;
    return doc_ = target < documents_ ? target : kNoMoreDocs;
  }

 private:
  DocId documents_;
  std::function<bool(DocId)> holds_;
};

class EveryPlain final : public Every {
 public:
  explicit EveryPlain(std::vector<MatcherPtr> children) : Every(std::move(children)) { EveryPlain::seek(0); }
};

}  // namespace

MatcherPtr match_all(DocId documents) { return std::make_unique<All>(documents); }
MatcherPtr match_none() { return std::make_unique<All>(0); }
MatcherPtr match_every(std::vector<MatcherPtr> children) { return std::make_unique<EveryPlain>(std::move(children)); }
MatcherPtr match_any(std::vector<MatcherPtr> children) { return std::make_unique<Any>(std::move(children)); }
MatcherPtr match_not(MatcherPtr child, DocId documents) { return std::make_unique<Not>(std::move(child), documents); }
MatcherPtr match_phrase(std::vector<MatcherPtr> words) { return std::make_unique<Phrase>(std::move(words)); }
MatcherPtr match_near(MatcherPtr left, MatcherPtr right, uint32_t distance) {
  std::vector<MatcherPtr> sides;
  sides.push_back(std::move(left));
  sides.push_back(std::move(right));
  return std::make_unique<Near>(std::move(sides), distance);
}
MatcherPtr match_author(std::vector<MatcherPtr> words) { return std::make_unique<Author>(std::move(words)); }
MatcherPtr match_column(DocId documents, std::function<bool(DocId)> holds) {
  return std::make_unique<Column>(documents, std::move(holds));
}

}  // namespace vigie::query
