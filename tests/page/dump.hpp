// dump.hpp: a tree as html5lib-tests write it, for comparing.
#pragma once

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "page/tree.hpp"
#include "page/walk.hpp"

namespace vigie::page {

inline std::string dumped_attribute_name(Tree const& tree, Attribute const& attribute) {
  std::string name(tree.name(attribute.name));
  if (attribute.space == AttributeSpace::none) return name;
  size_t const colon = name.find(':');
  if (colon == name.npos) return "xmlns " + name;
  name[colon] = ' ';
  return name;
}

inline void dump_node(Tree const& tree, NodeId id, std::string const& indent, std::string& out) {
  out += "| " + indent;
  switch (tree.type(id)) {
    case NodeType::text:
      out += "\"" + std::string(tree.text(id)) + "\"\n";
      break;
    case NodeType::comment:
      out += "<!-- " + std::string(tree.text(id)) + " -->\n";
      break;
    case NodeType::doctype:
      out += "<!DOCTYPE " + std::string(tree.text(id));
      if (!tree.public_id().empty() || !tree.system_id().empty()) {
        out += " \"" + std::string(tree.public_id()) + "\" \"" + std::string(tree.system_id()) + "\"";
      }
      out += ">\n";
      break;
    case NodeType::element: {
      char const* const space = tree.name_space(id) == Namespace::svg      ? "svg "
                                : tree.name_space(id) == Namespace::mathml ? "math "
                                                                           : "";
      out += "<" + std::string(space) + std::string(tree.tag_name(id)) + ">\n";
      std::vector<std::pair<std::string, std::string>> attributes;
      for (auto const& a : tree.attributes(id)) attributes.emplace_back(dumped_attribute_name(tree, a), a.value);
      std::ranges::sort(attributes);
      for (auto const& [name, value] : attributes) out += "| " + indent + "  " + name + "=\"" + value + "\"\n";
      break;
    }
    default:
      break;
  }
}

// What is below `root`.
inline std::string dump(Tree const& tree, NodeId root, std::string indent = "") {
  std::string out;
  walk(
      tree, root,
      [&](NodeId id) {
        if (id == root) return true;
        dump_node(tree, id, indent, out);
        if (NodeId const content = tree.template_content(id); content != kNoNode) {
          out += "| " + indent + "  content\n" + dump(tree, content, indent + "    ");
        }
        indent += "  ";
        return true;
      },
      [&](NodeId id) {
        if (id != root) indent.resize(indent.size() - 2);
      });
  return out;
}

}  // namespace vigie::page
