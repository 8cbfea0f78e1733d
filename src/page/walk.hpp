// walk.hpp: a subtree's nodes with their beginnings and ends, without recursion.
#pragma once

#include "page/tree.hpp"

namespace vigie::page {

// enter(NodeId) for each node in document order, root included; where it returns false, what is below is passed over.
// leave(NodeId) once everything below is done, for every node that was entered.
template <class Enter, class Leave>
void walk(Tree const& tree, NodeId root, Enter enter, Leave leave) {
  NodeId node = root;
  for (;;) {
    if (enter(node) && tree.first_child(node) != kNoNode) {
      node = tree.first_child(node);
      continue;
    }
    leave(node);
    while (node != root && tree.next_sibling(node) == kNoNode) {
      node = tree.parent(node);
      leave(node);
    }
    if (node == root) return;
    node = tree.next_sibling(node);
  }
}

}  // namespace vigie::page
