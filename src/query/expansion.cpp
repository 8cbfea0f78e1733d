#include "query/expansion.hpp"

#include <algorithm>

#include "base/coding.hpp"
#include "index/segment.hpp"
#include "query/similar.hpp"

namespace vigie::query {
namespace {

constexpr size_t kScanned = 100'000;  // forms of one prefix looked at in a segment

using Uses = std::map<std::string, uint64_t, std::less<>>;

void add(Uses& uses, std::string_view form, uint64_t used) {
  auto const at = uses.find(form);
  (at == uses.end() ? uses.emplace(form, 0).first : at)->second += used;
}

void collect_prefix(index::Segment const& segment, std::string_view prefix, Uses& uses) {
  size_t left = kScanned;
  segment.each_form(prefix, [&](std::string_view form, uint64_t used) {
    add(uses, form, used);
    return --left > 0;
  });
}

void collect_similar(index::Segment const& segment, std::string_view word, Uses& uses) {
  each_similar(segment.forms(), "", word,
               [&](index::Dictionary::Cursor const& at) { add(uses, at.key(), ByteCursor(at.payload()).varint()); });
  for (auto const& space : segment.text_spaces()) {
    each_similar(segment.terms(), index::term_key(space, ""), word, [&](index::Dictionary::Cursor const& at) {
      if (auto const own = segment.own_uses(at)) add(uses, at.key().substr(space.size() + 1), *own);
    });
  }
}

// The most frequent forms, by name where equally frequent; the asked form itself always among them.
std::vector<std::string> most_used(Uses const& uses, std::string_view asked) {
  std::vector<std::pair<std::string, uint64_t>> all(uses.begin(), uses.end());
  std::ranges::stable_sort(all, [&](auto const& a, auto const& b) {
    return std::pair(a.first == asked, a.second) > std::pair(b.first == asked, b.second);
  });
  std::vector<std::string> out;
  for (auto const& [form, count] : all) {
    if (out.size() == kMaxForms) break;
    out.push_back(form);
  }
  return out;
}

}  // namespace

Expansions expand(index::Snapshot const& snapshot, ParsedQuery const& parsed, std::vector<Note>& notes) {
  Expansions expansions;
  for (NodeIndex i = 0; i < parsed.nodes.size(); ++i) {
    Node const& node = parsed.nodes[i];
    if (node.kind != NodeKind::prefix && node.kind != NodeKind::fuzzy) continue;
    Uses uses;
    for (auto const& ref : snapshot.segments()) {
      auto const collect = node.kind == NodeKind::prefix ? collect_prefix : collect_similar;
      collect(*ref.segment, node.words[0].folded, uses);
    }
    if (uses.size() > kMaxForms) {
      notes.push_back(
          {node.begin, node.end,
           "So many words begin like this that only the " + std::to_string(kMaxForms) + " most frequent were searched.",
           "Tant de mots commencent ainsi que seuls les " + std::to_string(kMaxForms) +
               " plus fréquents ont été cherchés."});
    }
    expansions.emplace(i, most_used(uses, node.words[0].folded));
  }
  return expansions;
}

}  // namespace vigie::query
