// find.hpp: elements by tag, class, id and attribute. Document order, no allocation but for the lists.
// Cost: find_first and find_all walk the subtree of `root` once (root itself left out).
#pragma once

#include <string_view>
#include <vector>

#include "page/tree.hpp"

namespace vigie::page {

// Calls visit(NodeId) for each element below `root`, in document order; stops when visit returns true.
// Returns where it stopped, or kNoNode.
template <class Visit>
NodeId find_element(Tree const& tree, NodeId root, Visit visit) {
  for (NodeId n = tree.next_in(root, root); n != kNoNode; n = tree.next_in(root, n)) {
    if (tree.is_element(n) && visit(n)) return n;
  }
  return kNoNode;
}

// What an element must have; what is empty (or Atom::none) is not asked for.
struct Selector {
  Atom tag = Atom::none;
  std::string_view class_token = {};
  std::string_view id = {};
  Atom attribute = Atom::none;            // must be present,
  std::string_view attribute_value = {};  // and hold this where it is not empty
};

bool matches(Tree const&, NodeId, Selector const&);
NodeId find_first(Tree const&, NodeId root, Selector const&);
std::vector<NodeId> find_all(Tree const&, NodeId root, Selector const&);

// Whether a space-separated list holds `token`, letters compared without case as far as they are ASCII.
bool has_token(std::string_view list, std::string_view token);
inline bool has_class(Tree const& tree, NodeId id, std::string_view token) {
  return tree.is_element(id) && has_token(tree.attribute(id, Atom::class_), token);
}

// Calls visit(std::string_view) for each token of a space-separated list.
template <class Visit>
void for_each_token(std::string_view list, Visit visit) {
  constexpr std::string_view kSpaces = " \t\n\f\r";
  for (size_t at = list.find_first_not_of(kSpaces); at != list.npos;) {
    size_t const end = list.find_first_of(kSpaces, at);
    visit(list.substr(at, end - at));
    at = list.find_first_not_of(kSpaces, end);
  }
}

// The nearest ancestor (or `id` itself) with that tag, HTML namespace; kNoNode where there is none.
NodeId closest(Tree const&, NodeId id, Atom tag);
// Whether `id` stands in `ancestor`'s subtree (or is it). Cost: the depth of id.
bool is_inside(Tree const&, NodeId id, NodeId ancestor);

}  // namespace vigie::page
