#include "query/highlight.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "index/format.hpp"
#include "query/similar.hpp"
#include "text/analyzer.hpp"

namespace vigie::query {
namespace {

constexpr size_t kLookedAt = 64 * 1024;

// A place of a query's part in a text, in tokens, half open.
struct Found {
  size_t begin = 0, end = 0;
  NodeIndex node = 0;
};

// The text's tokens with positions as the index lays them out: a line break keeps phrases from running across.
std::vector<text::Token> tokens_of(text::Analyzer& analyzer, std::string_view text, std::string_view language) {
  std::vector<text::Token> tokens;
  uint32_t position = 0;
  for (size_t begin = 0; begin < text.size();) {
    size_t const end = std::min(text.find('\n', begin), text.size());
    size_t const first = tokens.size();
    analyzer.analyze(text.substr(begin, end - begin), language, tokens, position);
    for (size_t i = first; i < tokens.size(); ++i) {
      tokens[i].begin += static_cast<uint32_t>(begin);
      tokens[i].end += static_cast<uint32_t>(begin);
      position = tokens[i].position + 1;
    }
    position += index::kBlockGap;
    begin = end + 1;
  }
  return tokens;
}

// A page of hits holds the same words over and over, as the next page does: each thread keeps those it has seen, a few
// megabytes of them. Words of a text live until the next call.
text::Analyzer& analyzer_of_this_thread() {
  constexpr size_t kWordsKept = 30'000;
  thread_local text::Analyzer analyzer;
  analyzer.reset_if_large(kWordsKept);
  return analyzer;
}

// One at a time in a thread.
class Highlighter {
 public:
  Highlighter(ParsedQuery const& parsed, std::string_view text, std::string_view language, uint8_t field)
      : parsed_(parsed), stemming_(text::stemming_of(language)), field_(field) {
    text_ = text.substr(0, kLookedAt);
    tokens_ = tokens_of(analyzer_, text_, language);
  }

  std::vector<text::Token> const& tokens() const { return tokens_; }

  // Every place of every part that is not negated, in order.
  std::vector<Found> find() {
    std::vector<uint8_t> reached(parsed_.nodes.size());
    reached[parsed_.root] = 1;
    std::vector<Found> found;
    for (size_t i = parsed_.nodes.size(); i-- > 0;) {  // parents stand behind their children
      Node const& node = parsed_.nodes[i];
      if (!reached[i] || node.kind == NodeKind::negation) continue;
      if (node.kind == NodeKind::near) {
        add_near(node, static_cast<NodeIndex>(i), found);
        continue;
      }
      for (NodeIndex const child : node.children) reached[child] = 1;
      add(node, static_cast<NodeIndex>(i), found);
    }
    std::ranges::stable_sort(
        found, [](Found const& a, Found const& b) { return std::pair(a.begin, b.end) < std::pair(b.begin, a.end); });
    return found;
  }

 private:
  void add(Node const& node, NodeIndex index, std::vector<Found>& found) {
    bool const text_part = node.kind == NodeKind::word || node.kind == NodeKind::phrase ||
                           node.kind == NodeKind::prefix || node.kind == NodeKind::fuzzy;
    uint8_t const fields = node.fields == kSaid ? uint8_t{kLede | kBody} : node.fields;  // quotes stand in the text
    if (!text_part || !(fields & field_)) return;
    std::vector<std::string> stems;
    for (QueryWord const& word : node.words) stems.push_back(text::stem(word.folded, stemming_));
    for (size_t i = 0; i + node.words.size() <= tokens_.size(); ++i) {
      size_t words = 0;
      while (words < node.words.size() && tokens_[i + words].position == tokens_[i].position + words &&
             matches(node, node.words[words], stems[words], *tokens_[i + words].word)) {
        ++words;
      }
      if (words == node.words.size()) found.push_back({i, i + words, index});
    }
  }

  bool matches(Node const& node, QueryWord const& asked, std::string const& stem, text::Word const& held) const {
    switch (node.kind) {
      case NodeKind::prefix:
        return held.folded.starts_with(asked.folded);
      case NodeKind::fuzzy:
        return within_one_letter(held.folded, asked.folded);
      case NodeKind::phrase:
        return node.stemmed ? held.stem == stem : held.folded == asked.folded;
      default:
        return held.stem == stem;
    }
  }

  // Both sides of NEAR, where they are near.
  void add_near(Node const& node, NodeIndex index, std::vector<Found>& found) {
    std::vector<Found> left, right;
    collect(node.children[0], left);
    collect(node.children[1], right);
    for (Found const& a : left) {
      for (Found const& b : right) {
        Found const &first = a.begin < b.begin ? a : b, &second = a.begin < b.begin ? b : a;
        if (second.begin < first.end) continue;
        uint32_t const apart = tokens_[second.begin].position - tokens_[first.end - 1].position;
        if (apart > node.distance) continue;
        found.push_back({a.begin, a.end, index});
        found.push_back({b.begin, b.end, index});
        if (found.size() > tokens_.size() * 4) return;
      }
    }
  }

  void collect(NodeIndex index, std::vector<Found>& found) {
    Node const& node = parsed_.nodes[index];
    if (node.kind == NodeKind::near) return add_near(node, index, found);
    add(node, index, found);
    for (NodeIndex const child : node.children) add(parsed_.nodes[child], child, found);
  }

  ParsedQuery const& parsed_;
  std::string_view text_;
  std::string_view const stemming_;
  uint8_t const field_;
  text::Analyzer& analyzer_ = analyzer_of_this_thread();
  std::vector<text::Token> tokens_;
};

// Places that touch or overlap become one mark; the bytes between the words of a phrase belong to it.
std::vector<Mark> marks_of(std::vector<Found> const& found, std::vector<text::Token> const& tokens) {
  std::vector<Mark> marks;
  for (Found const& place : found) {
    Mark const mark{tokens[place.begin].begin, tokens[place.end - 1].end};
    if (!marks.empty() && mark.begin < marks.back().end) {
      marks.back().end = std::max(marks.back().end, mark.end);
    } else {
      marks.push_back(mark);
    }
  }
  return marks;
}

struct Window {  // bytes
  size_t begin = 0, end = 0;
};

// The window of `length` bytes that starts at a found place and earns most: each part of the query once, rare ones
// more, further places a little. The first of equals.
Window best_window(std::vector<Found> const& found, std::vector<text::Token> const& tokens, size_t length) {
  std::map<NodeIndex, double> weight;
  for (Found const& place : found) weight[place.node] += 1;
  for (auto& [node, count] : weight) count = 1 + 1 / count;
  double best = -1;
  Window window;
  for (size_t i = 0; i < found.size(); ++i) {
    size_t const begin = tokens[found[i].begin].begin;
    std::set<NodeIndex> seen;
    double earned = 0;
    size_t end = begin;
    for (size_t j = i; j < found.size() && tokens[found[j].end - 1].end <= begin + length; ++j) {
      earned += seen.insert(found[j].node).second ? weight[found[j].node] : 0.1;
      end = std::max<size_t>(end, tokens[found[j].end - 1].end);
    }
    if (earned > best) {
      best = earned;
      window = {begin, end};
    }
  }
  return window;
}

bool is_break(char c) { return c == ' ' || c == '\n' || c == '\t'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Where the number begins that `at` lies in: "1 500 000", "3,6", "2.500" with any of the spaces that group digits.
size_t number_start(std::string_view text, size_t at) {
  constexpr size_t kLongest = 40;
  constexpr std::array<std::string_view, 6> kBetween = {"", " ", ".", ",", "\u00A0", "\u202F"};
  if (at >= text.size() || !is_digit(text[at])) return at;
  for (size_t const least = at > kLongest ? at - kLongest : 0; at > least;) {
    auto const before = text.substr(0, at);
    auto const between = std::ranges::find_if(kBetween, [&](std::string_view sign) {
      return before.size() > sign.size() && before.ends_with(sign) && is_digit(before[before.size() - sign.size() - 1]);
    });
    if (between == kBetween.end()) break;
    at -= between->size() + 1;
  }
  return at;
}

// Room before the first word found, so that the eye has a beginning: the start of its sentence where that is near.
Window widen(Window window, std::string_view text, size_t length) {
  size_t const spare = length - std::min(length, window.end - window.begin);
  size_t begin = window.begin > spare / 2 ? window.begin - spare / 2 : 0;
  size_t const stop = text.substr(0, window.begin).find_last_of(".!?\n");
  if (stop != std::string_view::npos && stop + 1 >= begin && stop + 1 < window.begin) {
    begin = stop + 1;
  } else {
    while (begin > 0 && begin < window.begin && !is_break(text[begin - 1])) ++begin;
  }
  while (begin < window.begin && is_break(text[begin])) ++begin;
  begin = number_start(text, begin);
  size_t end = std::min(text.size(), std::max(window.end, begin + length));
  while (end < text.size() && end > window.end && !is_break(text[end])) --end;
  while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) ++end;  // scripts without spaces
  while (end > begin && is_break(text[end - 1])) --end;
  return {begin, end};
}

Snippet cut(std::string_view text, Window window, std::vector<Mark> const& marks) {
  Snippet out;
  constexpr std::string_view kEllipsis = "…";
  if (window.begin > 0) out.text = std::string(kEllipsis) + (text[window.begin - 1] == ' ' ? " " : "");
  size_t const shift = out.text.size();
  out.text += text.substr(window.begin, window.end - window.begin);
  std::ranges::replace(out.text, '\n', ' ');
  if (window.end < text.size()) out.text += kEllipsis;
  for (Mark const& mark : marks) {
    if (mark.begin < window.begin || mark.end > window.end) continue;
    out.marks.push_back({static_cast<uint32_t>(mark.begin - window.begin + shift),
                         static_cast<uint32_t>(mark.end - window.begin + shift)});
  }
  return out;
}

}  // namespace

std::vector<Mark> highlight(ParsedQuery const& parsed, std::string_view text, std::string_view language,
                            uint8_t field) {
  Highlighter highlighter(parsed, text, language, field);
  auto const found = highlighter.find();
  return marks_of(found, highlighter.tokens());
}

Snippet snippet(ParsedQuery const& parsed, std::string_view text, std::string_view language, size_t length,
                uint8_t field) {
  Highlighter highlighter(parsed, text, language, field);
  auto const found = highlighter.find();
  Window const window = found.empty() ? Window{} : best_window(found, highlighter.tokens(), length);
  return cut(text, widen(window, text, length), marks_of(found, highlighter.tokens()));
}

}  // namespace vigie::query
