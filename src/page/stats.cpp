#include "page/stats.hpp"

#include <string_view>

#include "page/scan.hpp"
#include "page/text.hpp"
#include "page/walk.hpp"

namespace vigie::page {
namespace {

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

void count_text(std::string_view text, SubtreeStats& stats) {
  bool in_space = true;
  char before = ' ';
  for (size_t i = 0; i < text.size(); ++i) {
    char const c = text[i];
    if (is_space(c)) {
      if (!in_space) ++stats.chars;
      if (before == '.' || before == '!' || before == '?') ++stats.sentences;
      in_space = true;
    } else {
      if (in_space) ++stats.words;
      in_space = false;
      if (!is_continuation(c)) ++stats.chars;
      if (c == ',' || c == ';' || c == ':') ++stats.commas;
      if (static_cast<unsigned char>(c) >= 0xE2) {
        std::string_view const sign = text.substr(i, 3);
        if (sign == "…") ++stats.sentences;
        if (sign == "，" || sign == "、" || sign == "；" || sign == "：") ++stats.commas;
        if (sign == "。" || sign == "！" || sign == "？") ++stats.sentences;
      }
    }
    before = c;
  }
  if (before == '.' || before == '!' || before == '?') ++stats.sentences;
}

void add(SubtreeStats& parent, SubtreeStats const& child) {
  parent.chars += child.chars;
  parent.link_chars += child.link_chars;
  parent.words += child.words;
  parent.sentences += child.sentences;
  parent.commas += child.commas;
  parent.links += child.links;
  parent.paragraphs += child.paragraphs;
  parent.elements += child.elements;
  parent.images += child.images;
}

void count_element(Tree const& tree, NodeId id, SubtreeStats& stats) {
  ++stats.elements;
  switch (tree.tag(id)) {
    case Atom::img:
    case Atom::video:
    case Atom::svg:
      ++stats.images;
      break;
    default:
      break;
  }
}

void close_element(Tree const& tree, NodeId id, SubtreeStats& stats) {
  if (tree.is_html(id, Atom::p) && stats.chars != 0) ++stats.paragraphs;
  if (tree.is_html(id, Atom::a) && tree.has_attribute(id, Atom::href)) {
    ++stats.links;
    stats.link_chars = stats.chars;
  }
}

}  // namespace

void measure(Tree const& tree, NodeId root, std::vector<SubtreeStats>& out) {
  out.assign(tree.node_count(), {});
  uint32_t depth = 0;
  for (NodeId up = tree.parent(root); up != kNoNode; up = tree.parent(up)) ++depth;
  walk(
      tree, root,
      [&](NodeId id) {
        SubtreeStats& stats = out[index(id)];
        stats.depth = depth++;
        if (tree.is_text(id)) count_text(tree.text(id), stats);
        if (!tree.is_element(id)) return true;
        count_element(tree, id, stats);
        return id == root || !is_unshown(tree.tag(id));
      },
      [&](NodeId id) {
        --depth;
        if (tree.is_element(id)) close_element(tree, id, out[index(id)]);
        if (id != root) add(out[index(tree.parent(id))], out[index(id)]);
      });
}

}  // namespace vigie::page
