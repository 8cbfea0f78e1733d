// matcher.hpp: walks the documents of one segment that answer a part of a query, newest first. In two steps: advance()
// finds candidates from posting lists and columns, confirm() looks at positions, so that no position is read of a
// document that another part of the query refuses. Erased documents are not left out here.
// Threads: confined to one query. Lifetime: the segment must outlive it.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <span>
#include <vector>

#include "index/impact.hpp"
#include "index/segment.hpp"

namespace vigie::query {

using index::DocId;
using index::kNoMoreDocs;

// Positions of a document, half open.
struct Place {
  uint32_t begin = 0, end = 0;
  bool exact = false;     // the written form is the one asked for, accents aside
  bool accented = false;  // and its accents too
};

// 4,096 documents, a bit each: what is counted is counted in such windows.
inline constexpr DocId kWindowDocs = 4096;
using Window = std::array<uint64_t, kWindowDocs / 64>;

// No document in [target, last] has a greater weighted count, by the weights that the segment noted. `last` is where
// blocks of postings end, behind the `least` asked for.
struct WeightBound {
  double weighted = std::numeric_limits<double>::infinity();
  DocId last = kNoMoreDocs;
};

class Matcher {
 public:
  virtual ~Matcher() = default;
  DocId doc() const { return doc_; }  // kNoMoreDocs behind the last

  // The first candidate >= target; stays where doc() already is. Never backwards.
  virtual DocId advance(DocId target) = 0;
  // The same, where those candidates in [target, end) may be passed over whose weighted count does not reach `least`.
  // At or behind `end` where there is none before it; doc() means nothing then.
  virtual DocId advance_heavy(DocId target, DocId /*end*/, index::LeastWeight const& /*least*/) {
    return advance(target);
  }
  // Whether the current candidate is a match. May be asked again.
  virtual bool confirm() { return true; }
  // About how many candidates there are.
  virtual uint64_t cost() const = 0;

  // The first match >= target, and the first behind the current one.
  DocId seek(DocId target) {
    for (DocId doc = advance(target); doc != kNoMoreDocs; doc = advance(doc + 1)) {
      if (confirm()) return doc;
    }
    return kNoMoreDocs;
  }
  DocId next() { return doc_ == kNoMoreDocs ? doc_ : seek(doc_ + 1); }

  // `window` becomes the matches in [begin, begin + kWindowDocs). Windows ascend.
  virtual void fill(DocId begin, Window& window);

  // Where the current, confirmed document matches, by begin; empty for matchers without places. Replaces `out`.
  virtual void places(std::vector<Place>& out) { out.clear(); }
  // Both at once, positions read a single time: whether the current candidate is a match, and if so where.
  virtual bool find_places(std::vector<Place>& out) {
    if (!confirm()) return false;
    places(out);
    return true;
  }

  // Of words and phrases: what they can weigh in documents ahead, and in the current candidate.
  virtual WeightBound bound(DocId /*target*/, DocId /*least*/) { return {}; }
  virtual double most_weighted(index::FieldWeights const&, index::FieldCounts const& /*words*/) {
    return std::numeric_limits<double>::infinity();
  }

 protected:
  DocId doc_ = 0;
};

using MatcherPtr = std::unique_ptr<Matcher>;

// All stand at their first candidate when made.
MatcherPtr match_all(DocId documents);
MatcherPtr match_none();
MatcherPtr match_every(std::vector<MatcherPtr> children);
MatcherPtr match_any(std::vector<MatcherPtr> children);
MatcherPtr match_not(MatcherPtr child, DocId documents);
// Words one behind the other. Precondition: their places are one position long.
MatcherPtr match_phrase(std::vector<MatcherPtr> words);
// A place of each, at most `distance` positions between them, in any order.
MatcherPtr match_near(MatcherPtr left, MatcherPtr right, uint32_t distance);
// Every word within one name.
MatcherPtr match_name(std::vector<MatcherPtr> words);
// Documents in [begin, end) that hold; without `holds`, all of these.
MatcherPtr match_column(DocId begin, DocId end, std::function<bool(DocId)> holds);
// These documents, ascending.
MatcherPtr match_list(std::vector<DocId> documents);
// These documents, a bit each. Lifetime: the bits must outlive the result.
MatcherPtr match_bits(std::span<uint64_t const> documents);
// Somebody else's matcher as a part of another. Lifetime: it must outlive the result.
MatcherPtr match_borrowed(Matcher& matcher);

}  // namespace vigie::query
