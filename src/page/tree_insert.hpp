// tree_insert.hpp: how nodes are made and linked, inline: nearly every token of a page comes this way. For the
// sources of TreeBuilder alone.
#pragma once

#include "page/tree_builder.hpp"

namespace vigie::page {

inline NodeId TreeBuilder::make_node(NodeType type, uint32_t begin) {
  Node& node = tree_.nodes_.push();
  node.parent = node.first_child = node.last_child = node.next = node.previous = kNoNode;
  node.begin = begin;
  node.type = type;
  node.space = Namespace::html;
  node.flags = 0;
  node.tag_or_size = 0;
  node.data = nullptr;
  return NodeId{static_cast<uint32_t>(tree_.nodes_.size() - 1)};
}

inline NodeId TreeBuilder::make_element(Token const& token, Namespace space) {
  NodeId const id = make_node(NodeType::element, token.begin);
  Node& node = tree_.node(id);
  node.space = space;
  node.tag_or_size = index(token.tag);
  node.attributes.first = token.first_attribute;
  node.attributes.count = token.attribute_count;
  if (token.attribute_count != 0) tokenizer_.keep_attributes();
  // A template's content stands right behind it: Tree::template_content relies on that.
  if (token.tag == Atom::template_ && space == Namespace::html) make_node(NodeType::fragment, token.begin);
  return id;
}

// https://html.spec.whatwg.org/#appropriate-place-for-inserting-a-node
inline TreeBuilder::Place TreeBuilder::place_for(NodeId target_inside, Traits target_traits) const {
  if (foster_parenting_ && (target_traits & trait::table_part) != 0) return foster_place();
  return {target_inside};
}

inline void TreeBuilder::link(NodeId child, Place place) {
  Node& node = tree_.node(child);
  Node& parent = tree_.node(place.parent);
  node.parent = place.parent;
  node.next = place.before;
  NodeId& behind = place.before == kNoNode ? parent.last_child : tree_.node(place.before).previous;
  node.previous = behind;
  behind = child;
  if (node.previous == kNoNode) {
    parent.first_child = child;
  } else {
    tree_.node(node.previous).next = child;
  }
}

inline NodeId TreeBuilder::insert_html(Token const& token) {
  Place const place = place_for(current().inside, current().traits);
  NodeId const id = make_element(token, Namespace::html);
  link(id, place);
  push(id);
  return id;
}

inline void TreeBuilder::insert_void(Token const& token) {
  Place const place = place_for(current().inside, current().traits);
  link(make_element(token, Namespace::html), place);
}

inline void TreeBuilder::insert_text(std::string_view text, uint32_t begin) {
  if (text.empty()) return;
  Place const place = place_for(current().inside, current().traits);
  NodeId const behind = place.before == kNoNode ? tree_.last_child(place.parent) : tree_.previous_sibling(place.before);
  if (behind != kNoNode && tree_.is_text(behind)) return grow_text(behind, text);
  NodeId const id = make_node(NodeType::text, begin);
  tree_.node(id).data = text.data();
  tree_.node(id).tag_or_size = static_cast<uint32_t>(text.size());
  link(id, place);
}

}  // namespace vigie::page
