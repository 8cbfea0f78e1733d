#include "engine/quote_filter.hpp"

#include <algorithm>

#include "engine/named.hpp"
#include "query/highlight.hpp"

namespace vigie::engine {
namespace {

using query::Node;
using query::NodeKind;

bool asks_words(Node const& node) {
  bool const words = node.kind == NodeKind::word || node.kind == NodeKind::phrase || node.kind == NodeKind::prefix ||
                     node.kind == NodeKind::fuzzy;
  return words && node.fields == query::kSaid;
}

bool asks_speaker(Node const& node) { return node.kind == NodeKind::author && node.names == query::NameKind::speaker; }

}  // namespace

QuoteFilter::QuoteFilter(query::ParsedQuery const& query) : query_(query), truths_(query.nodes.size()) {
  asks_ = std::ranges::any_of(query.nodes, [](Node const& node) { return asks_words(node) || asks_speaker(node); });
}

bool QuoteFilter::wants(speech::Quote const& quote, std::string_view language,
                        std::span<std::string const> speaker_names) {
  if (!asks_) return true;
  for (size_t i = 0; i < query_.nodes.size(); ++i) {
    auto const& node = query_.nodes[i];
    if (asks_words(node)) {
      truths_[i] = says(node, quote, language);
    } else if (asks_speaker(node)) {
      truths_[i] = std::ranges::any_of(speaker_names, [&](std::string const& name) { return is_named(node, name); });
    } else {
      truths_[i] = of_children(node);
    }
  }
  return truths_[query_.root].value_or(true);
}

QuoteFilter::Truth QuoteFilter::of_children(Node const& node) const {
  bool some = false, none = false, unknown = false;
  for (auto const child : node.children) {
    auto const truth = truths_[child];
    unknown |= !truth;
    some |= truth && *truth;
    none |= truth && !*truth;
  }
  if (!some && !none) return std::nullopt;
  switch (node.kind) {
    case NodeKind::negation:
      return none;
    case NodeKind::disjunction:
      return some ? Truth(true) : unknown ? Truth() : Truth(false);
    default:
      return !none;
  }
}

bool QuoteFilter::says(Node const& node, speech::Quote const& quote, std::string_view language) {
  query::ParsedQuery alone;
  alone.nodes.push_back(node);
  alone.nodes.back().fields = query::kBody;
  return !query::highlight(alone, quote.text, language, query::kBody).empty();
}

}  // namespace vigie::engine
