#include "query/expansion.hpp"

#include <algorithm>

#include "base/coding.hpp"
#include "base/utf8.hpp"
#include "index/segment.hpp"

namespace vigie::query {
namespace {

constexpr size_t kScanned = 100'000;  // forms of one prefix looked at in a segment

std::u32string code_points(std::string_view text) {
  std::u32string out;
  for (size_t at = 0; at < text.size();) out += next_code_point(text, at);
  return out;
}

bool within_one(std::u32string_view a, std::u32string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > 1) return false;
  size_t const common = static_cast<size_t>(std::ranges::mismatch(a, b).in1 - a.begin());
  std::u32string_view const rest_a = a.substr(common), rest_b = b.substr(common);
  if (a.size() < b.size()) return rest_a == rest_b.substr(1);
  if (rest_a.empty()) return true;
  if (rest_a.substr(1) == rest_b.substr(1)) return true;
  return rest_a.size() > 1 && rest_a[0] == rest_b[1] && rest_a[1] == rest_b[0] && rest_a.substr(2) == rest_b.substr(2);
}

uint64_t uses_of(std::string_view payload) {
  uint64_t uses = 0;
  for (ByteCursor cursor(payload); !cursor.at_end();) {
    cursor.string();
    uses += cursor.varint();
  }
  return uses;
}

using Uses = std::map<std::string, uint64_t, std::less<>>;

void add(Uses& uses, std::string_view form, std::string_view payload) {
  auto const at = uses.find(form);
  (at == uses.end() ? uses.emplace(form, 0).first : at)->second += uses_of(payload);
}

void collect_prefix(index::Segment const& segment, std::string_view prefix, Uses& uses) {
  size_t left = kScanned;
  for (auto cursor = segment.forms().seek(prefix); cursor.valid() && cursor.key().starts_with(prefix) && left > 0;
       cursor.next(), --left) {
    add(uses, cursor.key(), cursor.payload());
  }
}

void collect_similar(index::Segment const& segment, std::string_view word, Uses& uses) {
  std::u32string const letters = code_points(word);
  for (auto cursor = segment.forms().seek(""); cursor.valid(); cursor.next()) {
    auto const form = cursor.key();
    if (form.size() + 4 < word.size() || form.size() > word.size() + 4) continue;  // a letter has at most four bytes
    if (within_one(letters, code_points(form))) add(uses, form, cursor.payload());
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

bool within_one_letter(std::string_view a, std::string_view b) { return within_one(code_points(a), code_points(b)); }

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
