// analysis.hpp: the words of an article's fields, found once and handed down to all who read them: kinship/ for what
// the article tells, index/ for where each word stands. Positions count from 0 in every field. Threads: those of the
// Analyzer. Lifetime: until the Analyzer forgets its words; the text need not live.
#pragma once

#include <span>
#include <vector>

#include "text/analyzer.hpp"

namespace vigie::text {

class Analysis {
 public:
  // The next field. Who fills it says in which order.
  void add(Analyzer& analyzer, std::string_view text, std::string_view language) {
    ids_ = analyzer.ids();
    analyzer.analyze(text, language, tokens_);
    ends_.push_back(tokens_.size());
  }
  void clear() { tokens_.clear(), ends_.clear(); }

  // Precondition: i < fields().
  std::span<Token const> field(size_t i) const {
    size_t const begin = i == 0 ? 0 : ends_[i - 1];
    return std::span(tokens_).subspan(begin, ends_[i] - begin);
  }
  size_t fields() const { return ends_.size(); }
  size_t words() const { return tokens_.size(); }
  WordIds ids() const { return ids_; }  // of the Analyzer's words as of the last field

 private:
  WordIds ids_;
  std::vector<Token> tokens_;
  std::vector<size_t> ends_;
};

// The fields that an article is analysed in: these three, then its blocks.
enum ArticleField : size_t { kTitleField, kKickerField, kLedeField, kFirstBlockField };

}  // namespace vigie::text
