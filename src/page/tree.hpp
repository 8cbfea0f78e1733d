// tree.hpp: one page as a tree of nodes in one arena. Nodes are 32-bit indices, tag and attribute names are atoms,
// text and attribute values are views into the decoded source where they were left untouched, else into the arena.
// Lifetime: every view dies with the Tree (or when its PageReader reads the next page). Threads: immutable once built.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "page/atom.hpp"

namespace vigie::page {

enum class NodeId : uint32_t {};
inline constexpr NodeId kNoNode{0xFFFFFFFFu};
inline constexpr NodeId kDocument{0};

enum class NodeType : uint8_t { document, doctype, element, text, comment };
enum class Namespace : uint8_t { html, svg, mathml };

struct Attribute {
  Atom name;
  std::string_view value;
};

class Tree {
 public:
  NodeType type(NodeId) const;
  Namespace name_space(NodeId) const;
  Atom tag(NodeId) const;                                    // elements; Atom::none otherwise
  std::string_view text(NodeId) const;                       // text and comment data; doctype: its name
  std::span<Attribute const> attributes(NodeId) const;       // in source order, without duplicates
  std::string_view attribute(NodeId, Atom name) const;       // empty where absent
  bool has_attribute(NodeId, Atom name) const;

  NodeId parent(NodeId) const;
  NodeId first_child(NodeId) const;
  NodeId last_child(NodeId) const;
  NodeId next_sibling(NodeId) const;
  NodeId previous_sibling(NodeId) const;
  NodeId template_content(NodeId) const;                     // of a <template>; kNoNode otherwise
  // The next node in document order inside `root`'s subtree, or kNoNode: a loop over it needs no stack.
  NodeId next_in(NodeId root, NodeId) const;
  NodeId next_after_subtree(NodeId root, NodeId) const;

  size_t node_count() const;
  // Byte offset in the decoded source where the node began; for text, where its first byte stood.
  uint32_t source_begin(NodeId) const;
};

}  // namespace vigie::page
