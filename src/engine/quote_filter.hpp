// quote_filter.hpp: which quotes of a matching article a query asks for: those with the words of dit:, by the speaker
// of par:. The rest of the query was about the article, and says nothing here. Threads: confined to one call. Lifetime:
// the query outlives it. Cost: an analysis of the quote for each dit: word.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "query/ast.hpp"
#include "speech/speech.hpp"

namespace vigie::engine {

class QuoteFilter {
 public:
  explicit QuoteFilter(query::ParsedQuery const&);
  bool asks() const { return asks_; }
  // `speaker_names`: every name its speaker is known by; none where nobody is named.
  bool wants(speech::Quote const&, std::string_view language, std::span<std::string const> speaker_names);

 private:
  using Truth = std::optional<bool>;  // nothing: the node is about the article
  Truth of_children(query::Node const&) const;
  static bool says(query::Node const&, speech::Quote const&, std::string_view language);

  query::ParsedQuery const& query_;
  bool asks_ = false;          // there is a dit: or par: at all
  std::vector<Truth> truths_;  // by node: children stand before their parents
};

}  // namespace vigie::engine
