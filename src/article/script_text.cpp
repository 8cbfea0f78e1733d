#include "article/script_text.hpp"

#include <algorithm>

#include "article/block_model.hpp"
#include "article/context.hpp"
#include "article/selection.hpp"
#include "article/strings.hpp"
#include "page/page.hpp"
#include "page/text.hpp"

namespace vigie::article {
namespace {

constexpr size_t kWordsOfABody = 60;
constexpr size_t kBytesMax = 4'000'000;  // of all scripts together
constexpr size_t kTemplatesMax = 8;
constexpr size_t kValuesMax = 200'000;  // of one script's JSON

size_t words_of(std::vector<Block> const& blocks) {
  size_t words = 0;
  for (auto const& b : blocks) words += count_words(b.text);
  return words;
}

bool has_markup(std::string_view s) { return s.find("</") != s.npos || s.find("<br") != s.npos; }

// Sentences, and not the signs that programs are made of.
bool is_running_text(std::string_view s) {
  size_t spaces = 0, stops = 0, signs = 0;
  for (size_t i = 0; i < s.size(); ++i) {
    char const c = s[i];
    spaces += c == ' ';
    stops += (c == '.' || c == '!' || c == '?') && (i + 1 == s.size() || is_space(s[i + 1]) || s[i + 1] == '<');
    signs += c == '{' || c == '}' || c == ';' || c == '=';
  }
  return spaces >= kWordsOfABody && stops >= 3 && signs * 40 < s.size();
}

std::vector<Block> blocks_of_lines(std::string_view text) {
  std::vector<Block> out;
  while (!text.empty()) {
    size_t const end = std::min(text.find('\n'), text.size());
    auto line = squeezed(text.substr(0, end));
    if (!line.empty()) out.push_back({BlockKind::paragraph, 0, std::move(line)});
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

// The longest running text among the members of objects that bear the page's title, or that begins as its description.
class LongText {
 public:
  LongText(std::string_view title, std::string_view description)
      : title_(folded(title)), opening_(folded(description).substr(0, 40)) {}

  std::string_view find(JsonView root) {
    std::string_view best;
    std::vector<JsonView> open{root};
    for (size_t seen = 0; !open.empty() && seen < kValuesMax; ++seen) {
      auto const value = open.back();
      open.pop_back();
      if (!value.is_object() && !value.is_array()) continue;
      bool const titled = value.is_object() && bears_title(value);
      for (auto item = value.first(); item.exists(); item = item.next()) {
        if (item.is_object() || item.is_array()) open.push_back(item);
        auto const text = item.string();
        if (text.size() > best.size() && is_running_text(text) && (titled || opens(text))) best = text;
      }
    }
    return best;
  }

 private:
  bool bears_title(JsonView object) const {
    for (auto item = object.first(); item.exists() && title_.size() >= 12; item = item.next()) {
      if (item.string().size() < 500 && item.is_string() && folded(item.string()) == title_) return true;
    }
    return false;
  }
  bool opens(std::string_view text) const {
    auto const head = text.substr(0, 200);
    size_t const begin = head.starts_with('<') ? std::min(head.find('>'), head.size() - 1) + 1 : 0;
    return opening_.size() >= 30 && folded(head.substr(begin)).starts_with(opening_);
  }

  std::string title_, opening_;
};

}  // namespace

struct ScriptTextReader::State {
  page::PageReader reader{{}, page::Scripting::off};
  Survey survey;
  FeatureTable table;
  ContextTable context;
  Selection selection;

  // What rules find in markup.
  std::vector<Block> blocks_of_markup(std::string_view markup, std::string_view title) {
    auto const& page = reader.read_fragment(markup, page::Atom::div);
    survey.read(page.tree);
    table.compute(survey, page.tree, {title, {}, {}});
    select_blocks(survey, table, {}, context, 0, true, selection);
    std::vector<Block> out;
    for (size_t i = 0; i < survey.blocks.size(); ++i) {
      auto const& b = survey.blocks[i];
      if (selection.keep[i]) out.push_back({b.kind, b.level, std::string(survey.text_of(b))});
    }
    return out;
  }
  std::vector<Block> blocks_of(std::string_view text, std::string_view title) {
    return has_markup(text) ? blocks_of_markup(text, title) : blocks_of_lines(text);
  }
};

ScriptTextReader::ScriptTextReader() = default;
ScriptTextReader::~ScriptTextReader() = default;

ScriptText ScriptTextReader::read(page::Tree const& tree, Evidence const& e, Json& json) {
  if (!state_) state_ = std::make_unique<State>();
  std::vector<std::string> templates, data;
  size_t bytes = 0;
  auto const all = page::kDocument;
  for (auto n = tree.next_in(all, all); n != page::kNoNode; n = tree.next_in(all, n)) {
    auto const tag = tree.tag(n);
    if (tag != page::Atom::script && tag != page::Atom::noscript) continue;
    auto text = page::raw_text(tree, n);
    bytes += text.size();
    if (bytes > kBytesMax) break;
    auto const type = tree.attribute(n, page::Atom::type);
    bool const markup = tag == page::Atom::noscript || contains_nocase(type, "template") || type == "text/html";
    auto& list = markup ? templates : data;
    if (text.size() > 300 && (!markup || templates.size() < kTemplatesMax)) list.push_back(std::move(text));
  }
  ScriptText out;
  for (auto const& markup : templates) {
    auto blocks = state_->blocks_of_markup(markup, e.title);
    if (words_of(blocks) >= kWordsOfABody && words_of(blocks) > words_of(out.blocks)) out.blocks = std::move(blocks);
  }
  if (!out.blocks.empty()) return out.origin = "in scripts: a template's markup", out;
  if (is_running_text(e.linked.body)) {
    out.blocks = blocks_of_lines(e.linked.body);
    return out.origin = "in scripts: JSON-LD's articleBody", out;
  }
  auto const& description = e.linked.description.empty() ? e.head.claims.description : e.linked.description;
  LongText long_text(e.title, description);
  for (auto const& script : data) {
    size_t const begin = script.find('{'), end = script.rfind('}');
    if (begin == script.npos || end == script.npos || end < begin) continue;
    auto const read = json.read(std::string_view(script).substr(begin, end + 1 - begin));
    if (!read) continue;
    auto blocks = state_->blocks_of(long_text.find(*read), e.title);
    if (words_of(blocks) >= kWordsOfABody && words_of(blocks) > words_of(out.blocks)) out.blocks = std::move(blocks);
  }
  out.origin = "in scripts: the long text of the page's data";
  return out;
}

}  // namespace vigie::article
