// Formatting elements: the list of active ones, and the adoption agency that sorts out <b><i></b></i>.
#include <algorithm>

#include "page/tree_insert.hpp"

namespace vigie::page {

// https://html.spec.whatwg.org/#reconstruct-the-active-formatting-elements
void TreeBuilder::reconstruct_formatting() {
  if (formatting_.empty() || formatting_.back() == kNoNode || is_open(formatting_.back())) return;
  if (open_.size() >= options_.depth) return;
  size_t first = formatting_.size() - 1;
  while (first > 0 && formatting_[first - 1] != kNoNode && !is_open(formatting_[first - 1])) --first;
  for (; first < formatting_.size(); ++first) {
    Place const place = place_for(current().inside, current().traits);
    NodeId const id = clone_element(formatting_[first]);
    link(id, place);
    push(id);
    formatting_[first] = id;
  }
}

bool TreeBuilder::same_element(NodeId a, NodeId b) const {
  Node const &x = tree_.node(a), &y = tree_.node(b);
  if (x.tag_or_size != y.tag_or_size || x.attributes.count != y.attributes.count) return false;
  if (x.attributes.first == y.attributes.first) return true;
  return std::ranges::all_of(tree_.attributes(a), [&](Attribute const& wanted) {
    return std::ranges::any_of(tree_.attributes(b), [&](Attribute const& has) {
      return has.name == wanted.name && has.value == wanted.value;
    });
  });
}

// https://html.spec.whatwg.org/#push-onto-the-list-of-active-formatting-elements, with its Noah's Ark clause: at most
// three of a kind.
void TreeBuilder::push_formatting(NodeId id) {
  size_t same = 0, earliest = 0, kept = 0;
  for (size_t i = formatting_.size(); i-- > 0 && formatting_[i] != kNoNode; ++kept) {
    if (!same_element(formatting_[i], id)) continue;
    ++same;
    earliest = i;
  }
  // AD-HOC: the standard's list has no end; ours drops its oldest.
  if (same >= 3) {
    formatting_.erase(formatting_.begin() + static_cast<ptrdiff_t>(earliest));
  } else if (kept >= kFormattingMax) {
    formatting_.erase(formatting_.end() - static_cast<ptrdiff_t>(kept));
  }
  formatting_.push_back(id);
}

void TreeBuilder::clear_to_marker() {
  while (!formatting_.empty()) {
    bool const marker = formatting_.back() == kNoNode;
    formatting_.pop_back();
    if (marker) return;
  }
}

void TreeBuilder::remove_formatting(NodeId id) {
  auto const at = std::ranges::find(formatting_, id);
  if (at != formatting_.end()) formatting_.erase(at);
}

NodeId TreeBuilder::find_formatting(Atom tag) const {
  for (size_t i = formatting_.size(); i-- > 0 && formatting_[i] != kNoNode;) {
    if (tree_.tag(formatting_[i]) == tag) return formatting_[i];
  }
  return kNoNode;
}

// https://html.spec.whatwg.org/#adoption-agency-algorithm
void TreeBuilder::adoption_agency(Atom tag) {
  if (is_current(tag) && std::ranges::find(formatting_, current().id) == formatting_.end()) return pop();
  for (int outer = 0; outer < 8; ++outer) {
    if (!adopt_once(tag)) return;
  }
}

// One turn of the outer loop; false where it was the last.
bool TreeBuilder::adopt_once(Atom tag) {
  NodeId const formatting = find_formatting(tag);
  if (formatting == kNoNode) return any_other_end_tag(tag), false;
  if (!is_open(formatting)) return remove_formatting(formatting), false;
  size_t const formatting_at = stack_index(formatting);
  for (size_t i = open_.size() - 1; i > formatting_at; --i) {
    if ((open_[i].traits & trait::scope) != 0) return false;  // not in scope
  }
  size_t furthest_at = formatting_at + 1;
  while (furthest_at < open_.size() && (open_[furthest_at].traits & trait::special) == 0) ++furthest_at;
  if (furthest_at == open_.size()) {
    pop_to(formatting_at);
    remove_formatting(formatting);
    return false;
  }

  Open const ancestor = open_[formatting_at - 1];
  NodeId const furthest = open_[furthest_at].id;
  NodeId const furthest_inside = open_[furthest_at].inside;
  size_t bookmark = static_cast<size_t>(std::ranges::find(formatting_, formatting) - formatting_.begin());
  NodeId const last = adopt_inner(formatting_at, furthest_at, bookmark, furthest);

  unlink(last);
  link(last, place_for(ancestor.inside, ancestor.traits));
  NodeId const clone = clone_element(formatting);
  move_children(furthest_inside, clone);
  link(clone, {furthest_inside});

  // The clone takes the formatting element's place: in the list at the bookmark, on the stack below the furthest block.
  size_t const old_at = static_cast<size_t>(std::ranges::find(formatting_, formatting) - formatting_.begin());
  formatting_.insert(formatting_.begin() + static_cast<ptrdiff_t>(bookmark), clone);
  formatting_.erase(formatting_.begin() + static_cast<ptrdiff_t>(old_at < bookmark ? old_at : old_at + 1));
  remove_open(formatting);
  size_t const below = stack_index(furthest) + 1;
  push(clone);
  std::rotate(open_.begin() + static_cast<ptrdiff_t>(below), open_.end() - 1, open_.end());
  return true;
}

// The inner loop: from the furthest block up to the formatting element, each formatting element on the way is cloned
// around what was last, each other one leaves the stack. Returns the node that is last in the end.
NodeId TreeBuilder::adopt_inner(size_t formatting_at, size_t furthest_at, size_t& bookmark, NodeId furthest) {
  NodeId last = furthest;
  int counter = 0;
  for (size_t at = furthest_at - 1; at > formatting_at; --at) {
    ++counter;
    NodeId const node = open_[at].id;
    auto entry = std::ranges::find(formatting_, node);
    if (counter > 3 && entry != formatting_.end()) {
      if (static_cast<size_t>(entry - formatting_.begin()) < bookmark) --bookmark;
      formatting_.erase(entry);
      entry = formatting_.end();
    }
    if (entry == formatting_.end()) {
      remove_open(node);
      continue;
    }
    NodeId const clone = clone_element(node);
    *entry = clone;
    tree_.node(node).flags &= static_cast<uint8_t>(~kOpen);
    tree_.node(clone).flags |= kOpen;
    open_[at].id = open_[at].inside = clone;
    if (last == furthest) bookmark = static_cast<size_t>(entry - formatting_.begin()) + 1;
    unlink(last);
    link(last, {clone});
    last = clone;
  }
  return last;
}

}  // namespace vigie::page
