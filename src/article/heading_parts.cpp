#include "article/heading_parts.hpp"

#include <algorithm>

#include "article/strings.hpp"
#include "page/find.hpp"
#include "page/text.hpp"

namespace vigie::article {
namespace {

using page::Atom;

enum class Part : uint8_t { headline, kicker, beside };

bool is_called(std::string_view classes, std::initializer_list<std::string_view> names) {
  return std::any_of(names.begin(), names.end(), [&](std::string_view name) { return contains_nocase(classes, name); });
}

Part part_of(page::Tree const& tree, page::NodeId n) {
  switch (tree.tag(n)) {
    case Atom::time:
    case Atom::small:
    case Atom::rt:  // how the word before is read aloud
    case Atom::rp:
    case Atom::button:
      return Part::beside;
    default:
      break;
  }
  if (page::is_unshown(tree.tag(n))) return Part::beside;
  auto const classes = tree.attribute(n, Atom::class_);
  if (classes.empty()) return Part::headline;
  if (is_called(classes,
                {"visually-hidden", "visuallyhidden", "sr-only", "screen-reader", "offscreen", "aural", "invisible"}))
    return Part::beside;
  if (page::has_token(classes, "date") || is_called(classes, {"datetime", "category"})) return Part::beside;
  if (is_called(classes, {"kicker", "topline", "dachzeile", "overline", "supertitle", "pretitle", "surtitre", "eyebrow",
                          "roofline", "spitzmarke", "antetitulo", "occhiello", "subtitle", "subline", "subhead",
                          "sous-titre", "subtitulo"}))
    return Part::kicker;
  return Part::headline;
}

bool is_joint(char c) { return c == ':' || c == '-' || c == '|' || c == '/' || c == ','; }

std::string without_joints(std::string_view s) {
  s = trim(s);
  while (!s.empty() && is_joint(s.back())) s = trim(s.substr(0, s.size() - 1));
  while (!s.empty() && is_joint(s.front())) s = trim(s.substr(1));
  return std::string(s);
}

}  // namespace

std::optional<HeadingParts> heading_parts(page::Tree const& tree, page::NodeId heading) {
  HeadingParts out;
  bool parted = false, gap = false;
  for (auto n = tree.next_in(heading, heading); n != page::kNoNode;) {
    if (page::is_block(tree.tag(n))) return {};  // lines of their own already
    auto const part = tree.is_element(n) ? part_of(tree, n) : Part::headline;
    if (part != Part::headline) {
      auto const shown = page::shown_line(tree, n);
      parted = parted || !shown.empty();
      if (part == Part::kicker && out.kicker.empty() && trim(out.headline).empty()) out.kicker = without_joints(shown);
      gap = gap || (tree.tag(n) != Atom::rt && tree.tag(n) != Atom::rp);
      n = tree.next_after_subtree(heading, n);
      continue;
    }
    if (tree.is_text(n)) {
      if (gap && !out.headline.empty() && out.headline.back() != ' ') out.headline += ' ';
      append_squeezed(out.headline, tree.text(n));
      gap = false;
    }
    gap = gap || tree.tag(n) == Atom::span || tree.tag(n) == Atom::br;
    n = tree.next_in(heading, n);
  }
  if (!parted) return {};
  out.headline = without_joints(out.headline);
  if (count_words(out.headline) < 2) return {};
  return out;
}

}  // namespace vigie::article
