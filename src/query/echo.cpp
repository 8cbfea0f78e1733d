#include "query/echo.hpp"

namespace vigie::query {
namespace {

// What `node` becomes beside others: groups go between parentheses.
std::string enclosed(Node const& node, std::string const& text) {
  bool const group =
      node.kind == NodeKind::conjunction || node.kind == NodeKind::disjunction || node.kind == NodeKind::near;
  return group ? "(" + text + ")" : text;
}

}  // namespace

// Children stand before their parents: one pass from the front, no recursion.
std::string echo(ParsedQuery const& parsed) {
  std::vector<std::string> texts(parsed.nodes.size());
  for (size_t i = 0; i < parsed.nodes.size(); ++i) {
    Node const& node = parsed.nodes[i];
    std::string& text = texts[i];
    auto const child = [&](NodeIndex index) { return enclosed(parsed.nodes[index], texts[index]); };
    switch (node.kind) {
      case NodeKind::conjunction:
      case NodeKind::disjunction:
        for (NodeIndex const index : node.children) {
          if (!text.empty()) text += node.kind == NodeKind::disjunction ? " OR " : " ";
          bool const near = node.kind == NodeKind::conjunction && parsed.nodes[index].kind == NodeKind::near;
          text += near ? texts[index] : child(index);
        }
        break;
      case NodeKind::negation:
        text = "-" + child(node.children[0]);
        break;
      case NodeKind::near:
        text = child(node.children[0]) + " NEAR/" + std::to_string(node.distance) + " " + child(node.children[1]);
        break;
      default:
        text = node.written;
    }
  }
  return texts[parsed.root];
}

}  // namespace vigie::query
