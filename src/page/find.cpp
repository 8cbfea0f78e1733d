#include "page/find.hpp"

#include <algorithm>

#include "page/scan.hpp"

namespace vigie::page {

bool has_token(std::string_view list, std::string_view token) {
  bool found = false;
  for_each_token(list, [&](std::string_view one) {
    found = found || (one.size() == token.size() && std::ranges::equal(one, token, {}, lowered, lowered));
  });
  return found;
}

bool matches(Tree const& tree, NodeId id, Selector const& selector) {
  if (!tree.is_element(id) || (selector.tag != Atom::none && tree.tag(id) != selector.tag)) return false;
  if (!selector.id.empty() && tree.attribute(id, Atom::id) != selector.id) return false;
  if (!selector.class_token.empty() && !has_class(tree, id, selector.class_token)) return false;
  if (selector.attribute == Atom::none) return true;
  return tree.has_attribute(id, selector.attribute) &&
         (selector.attribute_value.empty() || tree.attribute(id, selector.attribute) == selector.attribute_value);
}

NodeId find_first(Tree const& tree, NodeId root, Selector const& selector) {
  return find_element(tree, root, [&](NodeId id) { return matches(tree, id, selector); });
}

std::vector<NodeId> find_all(Tree const& tree, NodeId root, Selector const& selector) {
  std::vector<NodeId> found;
  find_element(tree, root, [&](NodeId id) {
    if (matches(tree, id, selector)) found.push_back(id);
    return false;
  });
  return found;
}

NodeId closest(Tree const& tree, NodeId id, Atom tag) {
  while (id != kNoNode && !tree.is_html(id, tag)) id = tree.parent(id);
  return id;
}

bool is_inside(Tree const& tree, NodeId id, NodeId ancestor) {
  while (id != kNoNode && id != ancestor) id = tree.parent(id);
  return id == ancestor;
}

}  // namespace vigie::page
