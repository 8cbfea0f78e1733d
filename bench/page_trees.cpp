// Compares trees: page_trees FOLDER reads every file of a folder with Vigie and with lexbor (both from Vigie's decoded
// source) and says where the trees first differ, in tags and lengths, never in the pages' words.
// Run by tools/page_differences; exits 0 when all are equal.
#include <lexbor/dom/interfaces/character_data.h>
#include <lexbor/dom/interfaces/document_type.h>
#include <lexbor/html/html.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

#include "base/hash.hpp"
#include "page/page.hpp"
#include "page/walk.hpp"

namespace {

using namespace vigie::page;
namespace fs = std::filesystem;
using Lines = std::vector<std::string>;

std::string digest(std::string_view text) {
  return std::to_string(text.size()) + " bytes #" + std::to_string(vigie::hash64(text) % 100000);
}

std::string element_line(std::string_view space, std::string_view name, std::vector<std::string> attributes) {
  std::ranges::sort(attributes);
  std::string line = "<" + std::string(space) + std::string(name);
  for (auto const& attribute : attributes) line += " " + attribute;
  return line + ">";
}

void vigie_lines(Tree const& tree, NodeId root, size_t depth, Lines& out) {
  walk(
      tree, root,
      [&](NodeId id) {
        if (id == root) return true;
        ++depth;
        std::string line = std::to_string(depth) + " ";
        switch (tree.type(id)) {
          case NodeType::text:
            line += "text " + digest(tree.text(id));
            break;
          case NodeType::comment:
            line += "comment " + digest(tree.text(id));
            break;
          case NodeType::doctype:
            line += "doctype " + std::string(tree.text(id));
            break;
          default: {
            std::vector<std::string> attributes;
            for (auto const& a : tree.attributes(id)) {
              attributes.push_back(std::string(tree.name(a.name)) + "=" + digest(a.value));
            }
            char const* const space = tree.name_space(id) == Namespace::html  ? ""
                                      : tree.name_space(id) == Namespace::svg ? "svg:"
                                                                              : "math:";
            line += element_line(space, tree.tag_name(id), std::move(attributes));
          }
        }
        out.push_back(std::move(line));
        if (NodeId const content = tree.template_content(id); content != kNoNode) {
          out.push_back("content");
          vigie_lines(tree, content, depth, out);
        }
        return true;
      },
      [&](NodeId id) { depth -= id != root; });
}

std::string_view view(lxb_char_t const* data, size_t size) {
  return data == nullptr ? std::string_view() : std::string_view(reinterpret_cast<char const*>(data), size);
}

std::string lexbor_line(lxb_dom_node_t* node) {
  switch (node->type) {
    case LXB_DOM_NODE_TYPE_TEXT:
    case LXB_DOM_NODE_TYPE_COMMENT: {
      auto const& data = lxb_dom_interface_character_data(node)->data;
      return (node->type == LXB_DOM_NODE_TYPE_TEXT ? "text " : "comment ") + digest(view(data.data, data.length));
    }
    case LXB_DOM_NODE_TYPE_DOCUMENT_TYPE: {
      size_t size = 0;
      auto const* const name = lxb_dom_document_type_name(lxb_dom_interface_document_type(node), &size);
      return "doctype " + std::string(view(name, size));
    }
    case LXB_DOM_NODE_TYPE_ELEMENT:
      break;
    default:
      return "node of type " + std::to_string(node->type);
  }
  auto* const element = lxb_dom_interface_element(node);
  std::vector<std::string> attributes;
  for (auto* a = lxb_dom_element_first_attribute(element); a != nullptr; a = lxb_dom_element_next_attribute(a)) {
    size_t size = 0, value_size = 0;
    auto const* const name = lxb_dom_attr_qualified_name(a, &size);
    auto const* const value = lxb_dom_attr_value(a, &value_size);
    attributes.push_back(std::string(view(name, size)) + "=" + digest(view(value, value_size)));
  }
  size_t size = 0;
  auto const* const name = lxb_dom_element_qualified_name(element, &size);
  char const* const space = node->ns == LXB_NS_SVG ? "svg:" : node->ns == LXB_NS_MATH ? "math:" : "";
  return element_line(space, view(name, size), std::move(attributes));
}

void lexbor_lines(lxb_dom_node_t* root, size_t depth, Lines& out) {
  for (lxb_dom_node_t* node = root->first_child; node != nullptr;) {
    ++depth;
    out.push_back(std::to_string(depth) + " " + lexbor_line(node));
    if (node->type == LXB_DOM_NODE_TYPE_ELEMENT && node->local_name == LXB_TAG_TEMPLATE && node->ns == LXB_NS_HTML) {
      out.push_back("content");
      lexbor_lines(lxb_dom_interface_node(lxb_html_interface_template(node)->content), depth, out);
    }
    if (node->first_child != nullptr) {
      node = node->first_child;
      continue;
    }
    --depth;
    while (node != root && node->next == nullptr) {
      node = node->parent;
      if (node != root) --depth;
    }
    if (node == root) return;
    node = node->next;
  }
}

bool compare(fs::path const& file) {
  std::ifstream in(file, std::ios::binary);
  std::string const bytes(std::istreambuf_iterator<char>(in), {});
  PageReader reader(Limits{.depth = 4096});
  Page const& page = reader.read(bytes, "");
  Lines ours, theirs;
  vigie_lines(page.tree, kDocument, 0, ours);
  lxb_html_document_t* const document = lxb_html_document_create();
  std::string_view const source = page.tree.source();
  lxb_html_document_parse(document, reinterpret_cast<lxb_char_t const*>(source.data()), source.size());
  lexbor_lines(lxb_dom_interface_node(document), 0, theirs);
  lxb_html_document_destroy(document);
  if (ours == theirs) return true;
  size_t at = 0;
  while (at < ours.size() && at < theirs.size() && ours[at] == theirs[at]) ++at;
  auto const line = [at](Lines const& lines) { return at < lines.size() ? lines[at] : "(end)"; };
  std::cout << file.filename().string() << ": node " << at << " of " << ours.size() << " / " << theirs.size()
            << "\n  before: " << (at == 0 ? "" : ours[at - 1]) << "\n  vigie:  " << line(ours)
            << "\n  lexbor: " << line(theirs) << "\n";
  return false;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: page_trees FOLDER\n";
    return 2;
  }
  std::vector<fs::path> files;
  for (auto const& entry : fs::directory_iterator(argv[1])) {
    if (entry.is_regular_file()) files.push_back(entry.path());
  }
  std::ranges::sort(files);
  size_t equal = 0;
  for (auto const& file : files) equal += compare(file);
  std::cout << equal << " of " << files.size() << " trees are equal\n";
  return equal == files.size() ? 0 : 1;
}
