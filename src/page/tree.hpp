// tree.hpp: one page as a tree of nodes in one array. Nodes are 32-bit indices, tag and attribute names are atoms,
// text and attribute values are views into the decoded source where they were left untouched, else into the arena.
// Nodes are numbered in the order they were made, which is document order but where the parser had to move some
// (foster parenting, misnested formatting): walk with next_in(), never by number.
// Lifetime: every view dies with the Tree, or when its PageReader reads the next page. Threads: immutable once built.
// Cost: every function is O(1) but those that say otherwise. Precondition everywhere: the NodeId is of this tree and
// not kNoNode; the functions that walk (next_in, ...) accept what they return.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "page/atom.hpp"
#include "page/name_table.hpp"
#include "page/pile.hpp"

namespace vigie::page {

enum class NodeId : uint32_t {};
inline constexpr NodeId kNoNode{0xFFFFFFFFu};
inline constexpr NodeId kDocument{0};

constexpr uint32_t index(NodeId id) { return static_cast<uint32_t>(id); }

// fragment: the hidden root of what stands inside a <template>.
enum class NodeType : uint8_t { document, doctype, element, text, comment, fragment };
enum class Namespace : uint8_t { html, svg, mathml };
// Attributes have no namespace but for a few in SVG and MathML, where "xlink:href" is the name href in space xlink.
enum class AttributeSpace : uint8_t { none, xlink, xml, xmlns };
// Of the document, from its doctype.
enum class Quirks : uint8_t { no, limited, yes };

struct Attribute {
  Atom name = Atom::none;
  AttributeSpace space = AttributeSpace::none;
  std::string_view value;
};

// What one node takes: 40 bytes.
struct Node {
  NodeId parent, first_child, last_child, next, previous;
  uint32_t begin;
  NodeType type;
  Namespace space;
  uint8_t flags;         // the tree builder's own
  uint32_t tag_or_size;  // element: its Atom; text, comment and doctype: how many bytes
  union {
    char const* data;
    struct {
      uint32_t first, count;
    } attributes;
  };
};
static_assert(sizeof(Node) == 40);

class Tree {
 public:
  NodeType type(NodeId id) const { return node(id).type; }
  bool is_element(NodeId id) const { return type(id) == NodeType::element; }
  bool is_text(NodeId id) const { return type(id) == NodeType::text; }
  Namespace name_space(NodeId id) const { return node(id).space; }

  // Elements; Atom::none otherwise. An SVG <title> has the tag Atom::title too: ask is_html() where it matters.
  Atom tag(NodeId id) const { return is_element(id) ? Atom{node(id).tag_or_size} : Atom::none; }
  bool is_html(NodeId id, Atom tag_name) const { return tag(id) == tag_name && name_space(id) == Namespace::html; }
  // An atom's name: of a tag or an attribute, known or not. An attribute in a space keeps its prefix: "xlink:href".
  std::string_view name(Atom atom) const { return names_.name(atom); }
  std::string_view tag_name(NodeId id) const { return names_.name(tag(id)); }
  // The atom of a (lower-case) name on this page, known or not; Atom::none where nothing bears it.
  Atom find_name(std::string_view name) const { return names_.find(name); }

  // Text and comment data; a doctype's name; empty otherwise.
  std::string_view text(NodeId id) const {
    Node const& n = node(id);
    return has_text(n) ? std::string_view(n.data, n.tag_or_size) : std::string_view();
  }
  // In source order, without duplicates.
  std::span<Attribute const> attributes(NodeId id) const {
    Node const& n = node(id);
    if (n.type != NodeType::element) return {};
    return {attributes_.data() + n.attributes.first, n.attributes.count};
  }
  // Empty where absent. Cost: a walk over the element's attributes.
  std::string_view attribute(NodeId id, Atom name) const {
    for (auto const& a : attributes(id)) {
      if (a.name == name) return a.value;
    }
    return {};
  }
  bool has_attribute(NodeId id, Atom name) const {
    for (auto const& a : attributes(id)) {
      if (a.name == name) return true;
    }
    return false;
  }

  NodeId parent(NodeId id) const { return node(id).parent; }
  NodeId first_child(NodeId id) const { return node(id).first_child; }
  NodeId last_child(NodeId id) const { return node(id).last_child; }
  NodeId next_sibling(NodeId id) const { return node(id).next; }
  NodeId previous_sibling(NodeId id) const { return node(id).previous; }
  // The fragment of an HTML <template>, whose children stand nowhere else in the tree; kNoNode otherwise.
  NodeId template_content(NodeId id) const { return is_html(id, Atom::template_) ? NodeId{index(id) + 1} : kNoNode; }

  // The next node in document order inside `root`'s subtree (root itself left out), or kNoNode: a loop over it needs
  // no stack: for (auto n = tree.next_in(root, root); n != kNoNode; n = tree.next_in(root, n)).
  // Cost: O(1) amortized over a walk.
  NodeId next_in(NodeId root, NodeId id) const {
    NodeId const child = first_child(id);
    return child != kNoNode ? child : next_after_subtree(root, id);
  }
  // The same, passing over what is below `id`.
  NodeId next_after_subtree(NodeId root, NodeId id) const {
    for (; id != root; id = parent(id)) {
      if (next_sibling(id) != kNoNode) return next_sibling(id);
    }
    return kNoNode;
  }

  // The html element, its head, its body (or frameset); kNoNode where there is none.
  NodeId html() const { return child_element(kDocument, Atom::html); }
  NodeId head() const { return html() == kNoNode ? kNoNode : child_element(html(), Atom::head); }
  NodeId body() const { return html() == kNoNode ? kNoNode : child_element(html(), Atom::body); }
  // The first child element with that tag, HTML namespace. Cost: a walk over the children.
  NodeId child_element(NodeId parent, Atom tag_name) const {
    NodeId child = first_child(parent);
    while (child != kNoNode && !is_html(child, tag_name)) child = next_sibling(child);
    return child;
  }

  // Nodes ever made, the document included: every index is below it, and some may stand nowhere in the tree.
  size_t node_count() const { return nodes_.size(); }
  Quirks quirks() const { return quirks_; }
  // A doctype's identifiers; absent ones are empty.
  std::string_view public_id() const { return public_id_; }
  std::string_view system_id() const { return system_id_; }

  // Byte offset in the decoded source where the node began ('<' of a tag; a text's first byte). An element the parser
  // supplied itself has the offset of the token that made it necessary.
  uint32_t source_begin(NodeId id) const { return node(id).begin; }
  // The decoded source: UTF-8, line ends as "\n".
  std::string_view source() const { return source_; }

 private:
  friend class TreeBuilder;
  friend class TreeStore;

  static bool has_text(Node const& n) {
    return n.type == NodeType::text || n.type == NodeType::comment || n.type == NodeType::doctype;
  }
  Node const& node(NodeId id) const { return nodes_[index(id)]; }
  Node& node(NodeId id) { return nodes_[index(id)]; }

  Pile<Node> nodes_;
  Pile<Attribute> attributes_;
  NameTable names_;
  std::string_view source_, public_id_, system_id_;
  Quirks quirks_ = Quirks::no;
};

}  // namespace vigie::page
