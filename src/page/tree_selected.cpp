// <selectedcontent>: a select's button shows a copy of the option that is selected.
// https://html.spec.whatwg.org/#maybe-clone-an-option-into-selectedcontent. The standard copies whenever an option is
// closed; what is left of that when the page ends is done here once.
#include "page/tree_insert.hpp"
#include "page/walk.hpp"

namespace vigie::page {

void TreeBuilder::fill_selected_contents() {
  NodeId last_select = kNoNode;
  for (NodeId const content : selected_contents_) {
    NodeId select = tree_.parent(content);
    while (select != kNoNode && !tree_.is_html(select, Atom::select)) {
      // One inside an option, or inside another one, is no place to copy to.
      bool const disabled = tree_.is_html(select, Atom::option) || tree_.is_html(select, Atom::selectedcontent);
      select = disabled ? kNoNode : tree_.parent(select);
    }
    if (select == kNoNode || select == last_select || tree_.has_attribute(select, Atom::multiple)) continue;
    last_select = select;
    if (NodeId const option = selected_option(select); option != kNoNode) copy_children(option, content);
  }
}

// The last option that says so, else the first that may be chosen.
NodeId TreeBuilder::selected_option(NodeId select) const {
  NodeId first = kNoNode, selected = kNoNode;
  for (NodeId id = tree_.next_in(select, select); id != kNoNode; id = tree_.next_in(select, id)) {
    if (!tree_.is_html(id, Atom::option)) continue;
    if (first == kNoNode && !tree_.has_attribute(id, Atom::disabled)) first = id;
    if (tree_.has_attribute(id, Atom::selected)) selected = id;
  }
  return selected != kNoNode ? selected : first;
}

// A template is copied without its content.
void TreeBuilder::copy_children(NodeId from, NodeId to) {
  while (tree_.first_child(to) != kNoNode) unlink(tree_.first_child(to));
  std::vector<NodeId> into{to};
  walk(
      tree_, from,
      [&](NodeId id) {
        if (id == from) return true;
        Node copy = tree_.node(id);
        copy.first_child = copy.last_child = copy.next = copy.previous = kNoNode;
        copy.flags = 0;
        NodeId const made{static_cast<uint32_t>(tree_.nodes_.size())};
        bool const is_template = tree_.is_html(id, Atom::template_);
        tree_.nodes_.push_back(copy);
        if (is_template) make_node(NodeType::fragment, copy.begin);
        link(made, {into.back()});
        into.push_back(made);
        return !full();
      },
      [&](NodeId) { into.pop_back(); });
}

}  // namespace vigie::page
