// stats.hpp: figures of every subtree, from one pass over the tree. What is not shown (script, style, ...) counts
// nothing. Cost: one walk; 40 bytes a node, reused when the same vector is passed again.
#pragma once

#include <cstdint>
#include <vector>

#include "page/tree.hpp"

namespace vigie::page {

struct SubtreeStats {
  uint32_t chars = 0;       // code points of text, a run of white space counted once
  uint32_t link_chars = 0;  // of them inside <a href>
  uint32_t words = 0;       // runs between white space
  uint32_t sentences = 0;   // . ! ? … before white space or at the end of a text
  uint32_t commas = 0;      // , ; : and their full-width forms
  uint32_t links = 0;       // <a href>
  uint32_t paragraphs = 0;  // <p> with text in it
  uint32_t elements = 0;
  uint32_t images = 0;  // <img>, <video>, <svg>
  uint32_t depth = 0;   // of the node itself, below the document
};

// Figures of each node's subtree, itself included, indexed by index(NodeId). Nodes outside `root`'s subtree have zeros.
void measure(Tree const&, NodeId root, std::vector<SubtreeStats>& out);

}  // namespace vigie::page
