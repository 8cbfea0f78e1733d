// text.hpp: what a reader sees of a subtree, as text. Runs of white space become one space, as in a browser's normal
// flow; blocks stand on lines of their own; <br> ends a line; <pre> and <textarea> keep their line ends. Nothing of
// script, style, template, noscript, head, title and the like, nor of elements with a `hidden` attribute.
// Cost: one walk over the subtree.
#pragma once

#include <string>
#include <string_view>

#include "page/tree.hpp"

namespace vigie::page {

// Whether a browser shows an element of this tag as a block (p, div, li, td, h1, ...); unknown tags are inline.
bool is_block(Atom tag);
// Whether the text below an element of this tag is never shown (script, style, template, ...).
bool is_unshown(Atom tag);

// Lines separated by "\n", none of them empty, no white space at the ends of a line.
std::string shown_text(Tree const&, NodeId root);
// The same on one line.
std::string shown_line(Tree const&, NodeId root);
// Every text node below `root` (or root itself), as it stands.
std::string raw_text(Tree const&, NodeId root);

// `text` appended with each run of white space (NBSP not among it) as one space, none at out's front or behind another.
void append_collapsed(std::string& out, std::string_view text);

}  // namespace vigie::page
