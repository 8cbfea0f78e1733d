// matcher.hpp: walks the documents of one segment that answer a part of a query, newest first. Erased documents are not
// left out here. Threads: confined to one query. Lifetime: the segment must outlive it.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

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

class Matcher {
 public:
  virtual ~Matcher() = default;
  DocId doc() const { return doc_; }  // kNoMoreDocs behind the last
  // The first match >= target; never backwards. Precondition: target <= kNoMoreDocs.
  virtual DocId seek(DocId target) = 0;
  DocId next() { return doc_ == kNoMoreDocs ? doc_ : seek(doc_ + 1); }
  // Where the current document matches, by begin; empty for matchers without places. Replaces `out`.
  virtual void places(std::vector<Place>& out) { out.clear(); }

 protected:
  DocId doc_ = 0;
};

using MatcherPtr = std::unique_ptr<Matcher>;

MatcherPtr match_all(DocId documents);
MatcherPtr match_none();
MatcherPtr match_every(std::vector<MatcherPtr> children);
MatcherPtr match_any(std::vector<MatcherPtr> children);
MatcherPtr match_not(MatcherPtr child, DocId documents);
// The children's places one behind the other.
MatcherPtr match_phrase(std::vector<MatcherPtr> words);
// A place of each, at most `distance` positions between them, in any order.
MatcherPtr match_near(MatcherPtr left, MatcherPtr right, uint32_t distance);
// Every word within one author's name.
MatcherPtr match_author(std::vector<MatcherPtr> words);
MatcherPtr match_column(DocId documents, std::function<bool(DocId)> holds);

}  // namespace vigie::query
