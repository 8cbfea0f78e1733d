// The stack of open elements and how nodes enter the tree.
#include <algorithm>
#include <bit>

#include "page/tree_insert.hpp"

namespace vigie::page {

// ---- scopes: https://html.spec.whatwg.org/#has-an-element-in-scope ----

bool TreeBuilder::in_scope(Atom tag, Traits extra) const {
  if (!has_open(tag)) return false;
  Traits const stops = trait::scope | extra;
  for (size_t i = open_.size(); i-- > 0;) {
    if (open_[i].tag == tag && open_[i].space == Namespace::html) return true;
    if ((open_[i].traits & stops) != 0) return false;
  }
  return false;
}

bool TreeBuilder::in_table_scope(Atom tag) const {
  if (!has_open(tag)) return false;
  for (size_t i = open_.size(); i-- > 0;) {
    if (open_[i].tag == tag && open_[i].space == Namespace::html) return true;
    if ((open_[i].traits & trait::table_scope) != 0) return false;
  }
  return false;
}

bool TreeBuilder::heading_in_scope() const {
  for (size_t i = open_.size(); i-- > 0;) {
    if ((open_[i].traits & trait::heading) != 0) return true;
    if ((open_[i].traits & trait::scope) != 0) return false;
  }
  return false;
}

size_t TreeBuilder::stack_index(NodeId id) const {
  size_t i = open_.size();
  while (i-- > 0) {
    if (open_[i].id == id) break;
  }
  return i;
}

void TreeBuilder::remove_open(NodeId id) {
  if (!is_open(id)) return;
  size_t const at = stack_index(id);
  tree_.node(id).flags &= static_cast<uint8_t>(~kOpen);
  --count_of(open_[at]);
  open_.erase(open_.begin() + static_cast<ptrdiff_t>(at));
}

void TreeBuilder::pop_to(size_t size) {
  while (open_.size() > size) pop();
}

// The html element at the bottom stays, whatever is asked.
void TreeBuilder::pop_until(Atom tag) {
  while (open_.size() > 1) {
    bool const found = is_current(tag);
    pop();
    if (found) return;
  }
}

void TreeBuilder::generate_implied_end_tags(Atom except) {
  while ((current().traits & trait::implied_end) != 0 && current().tag != except) pop();
}

void TreeBuilder::generate_all_implied_end_tags() {
  while ((current().traits & (trait::implied_end | trait::thoroughly_implied_end)) != 0) pop();
}

void TreeBuilder::close_p() {
  generate_implied_end_tags(Atom::p);
  pop_until(Atom::p);
}

// ---- making nodes ----

// A formatting element again, with the same attributes: they are shared.
NodeId TreeBuilder::clone_element(NodeId original) {
  NodeId const id = make_node(NodeType::element, tree_.node(original).begin);
  Node& node = tree_.node(id);
  node.tag_or_size = tree_.node(original).tag_or_size;
  node.attributes = tree_.node(original).attributes;
  return id;
}

// ---- places: https://html.spec.whatwg.org/#appropriate-place-for-inserting-a-node ----

TreeBuilder::Place TreeBuilder::foster_place() const {
  for (size_t i = open_.size(); i-- > 0;) {
    if (open_[i].space != Namespace::html) continue;
    if (open_[i].tag == Atom::template_) return {open_[i].inside};
    if (open_[i].tag != Atom::table) continue;
    NodeId const parent = tree_.parent(open_[i].id);
    if (parent != kNoNode) return {parent, open_[i].id};
    return {open_[i - 1].inside};
  }
  return {open_.front().inside};
}

void TreeBuilder::unlink(NodeId child) {
  Node& node = tree_.node(child);
  if (node.parent == kNoNode) return;
  Node& parent = tree_.node(node.parent);
  (node.previous == kNoNode ? parent.first_child : tree_.node(node.previous).next) = node.next;
  (node.next == kNoNode ? parent.last_child : tree_.node(node.next).previous) = node.previous;
  node.parent = node.previous = node.next = kNoNode;
}

void TreeBuilder::move_children(NodeId from, NodeId to) {
  while (tree_.first_child(from) != kNoNode) {
    NodeId const child = tree_.first_child(from);
    unlink(child);
    link(child, {to});
  }
}

// ---- inserting ----

// Adds to a text node. What comes right behind it in memory only lengthens the view; else the text moves to a buffer
// that doubles, so that a text of a million pieces costs a million.
void TreeBuilder::grow_text(NodeId id, std::string_view more) {
  Node& node = tree_.node(id);
  size_t const size = node.tag_or_size, together = size + more.size();
  if ((node.flags & kGrown) == 0) {
    if (node.data + size == more.data()) {
      node.tag_or_size = static_cast<uint32_t>(together);
      return;
    }
    node.flags |= kGrown;
  } else if (together <= std::bit_ceil(size)) {
    std::memcpy(const_cast<char*>(node.data) + size, more.data(), more.size());
    node.tag_or_size = static_cast<uint32_t>(together);
    return;
  }
  char* const buffer = arena_.allocate(std::bit_ceil(together));
  std::memcpy(buffer, node.data, size);
  std::memcpy(buffer + size, more.data(), more.size());
  node.data = buffer;
  node.tag_or_size = static_cast<uint32_t>(together);
}

void TreeBuilder::insert_comment_in(Token const& token, NodeId parent) {
  NodeId const id = make_node(NodeType::comment, token.begin);
  tree_.node(id).data = token.text.data();
  tree_.node(id).tag_or_size = static_cast<uint32_t>(token.text.size());
  link(id, parent == kNoNode ? place_for(current().inside, current().traits) : Place{parent});
}

void TreeBuilder::insert_comment(Token const& token) { insert_comment_in(token, kNoNode); }

void TreeBuilder::add_doctype(Token const& token) {
  NodeId const id = make_node(NodeType::doctype, token.begin);
  tree_.node(id).data = token.text.data();
  tree_.node(id).tag_or_size = static_cast<uint32_t>(token.text.size());
  tree_.public_id_ = token.public_id;
  tree_.system_id_ = token.system_id;
  link(id, {kDocument});
}

NodeId TreeBuilder::insert_implied(Atom tag, Token const& token) {
  Token implied;
  implied.tag = tag;
  implied.begin = token.begin;
  return insert_html(implied);
}

// https://html.spec.whatwg.org/#parsing-elements-that-contain-only-text
void TreeBuilder::insert_raw_text(Token const& token, Content content) {
  insert_html(token);
  tokenizer_.set_content(content);
  original_mode_ = mode_;
  mode_ = Mode::text;
}

// An element past the depth limit is a leaf: made and linked, never opened. Those whose text is raw are opened all the
// same, since the tokenizer must know them; they hold no elements.
bool TreeBuilder::insert_unopened(Token const& token) {
  switch (token.tag) {
    case Atom::script:
    case Atom::style:
    case Atom::title:
    case Atom::textarea:
    case Atom::iframe:
    case Atom::noembed:
    case Atom::noframes:
    case Atom::xmp:
    case Atom::plaintext:
    case Atom::html:
    case Atom::head:
    case Atom::body:
      return false;
    case Atom::noscript:
      if (options_.scripting) return false;
      break;
    case Atom::frameset:
      if (mode_ != Mode::in_frameset) return false;
      break;
    default:
      break;
  }
  cut_depth_ = true;
  insert_void(token);
  return true;
}

// What `id` does not have yet of a second <html>'s or <body>'s attributes.
void TreeBuilder::merge_attributes(NodeId id, Token const& token) {
  auto& all = tree_.attributes_;
  std::vector<Attribute> merged(tree_.attributes(id).begin(), tree_.attributes(id).end());
  size_t const had = merged.size();
  for (uint32_t i = 0; i < token.attribute_count; ++i) {
    Attribute const& added = all[token.first_attribute + i];
    if (!tree_.has_attribute(id, added.name) && merged.size() < kMergedAttributesMax) merged.push_back(added);
  }
  if (merged.size() == had) return;
  all.shrink(token.first_attribute);
  tree_.node(id).attributes.first = token.first_attribute;
  tree_.node(id).attributes.count = static_cast<uint32_t>(merged.size());
  for (Attribute const& attribute : merged) all.push_back(attribute);
  tokenizer_.keep_attributes();
}

}  // namespace vigie::page
