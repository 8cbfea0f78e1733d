// Any bytes: there is a tree, its links agree, it is no deeper and no larger than the limits say, its text is UTF-8,
// and the helpers walk it. The first byte picks the limits, scripting and whether it is a page or a fragment, and of
// what.
#include <cstdlib>
#include <vector>

#include "base/utf8.hpp"
#include "page/find.hpp"
#include "page/page.hpp"
#include "page/stats.hpp"
#include "page/text.hpp"

using namespace vigie::page;

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

void check_node(Tree const& tree, NodeId n) {
  NodeId const parent = tree.parent(n), next = tree.next_sibling(n), previous = tree.previous_sibling(n);
  require((next == kNoNode ? tree.last_child(parent) : tree.previous_sibling(next)) == n);
  require((previous == kNoNode ? tree.first_child(parent) : tree.next_sibling(previous)) == n);
  require(tree.source_begin(n) <= tree.source().size());
  require(vigie::is_valid_utf8(tree.text(n)));
  require(!tree.is_text(n) || !tree.text(n).empty());
  for (Attribute const& attribute : tree.attributes(n)) {
    require(!tree.name(attribute.name).empty() && vigie::is_valid_utf8(attribute.value));
  }
  require(!tree.is_element(n) || !tree.tag_name(n).empty());
}

void check_tree(Tree const& tree, NodeId root) {
  size_t seen = 0;
  for (NodeId n = tree.next_in(root, root); n != kNoNode; n = tree.next_in(root, n)) {
    require(++seen < tree.node_count());
    check_node(tree, n);
    if (NodeId const content = tree.template_content(n); content != kNoNode) {
      require(tree.type(content) == NodeType::fragment && tree.parent(content) == kNoNode);
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(unsigned char const* data, size_t size) {
  if (size == 0) return 0;
  static PageReader readers[4] = {PageReader(), PageReader({}, Scripting::on),
                                  PageReader({.depth = 40, .nodes = 300, .attributes = 4}),
                                  PageReader({.depth = 64, .all_attributes = 50}, Scripting::on)};
  constexpr Atom kContexts[] = {Atom::div,    Atom::table, Atom::tr,   Atom::select, Atom::template_, Atom::svg,
                                Atom::script, Atom::title, Atom::html, Atom::body,   Atom::colgroup,  Atom::form};
  PageReader& reader = readers[data[0] % 4];
  std::vector<char> const exact(data + 1, data + size);
  std::string_view const bytes(exact.data(), exact.size());
  unsigned const pick = data[0] / 4 % 32;
  Page const* page;
  if (pick < std::size(kContexts)) {
    page =
        &reader.read_fragment(bytes, kContexts[pick], kContexts[pick] == Atom::svg ? Namespace::svg : Namespace::html);
  } else {
    page = &reader.read(bytes, pick % 2 == 0 ? "text/html" : "text/html; charset=utf-8");
  }
  check_tree(page->tree, kDocument);
  std::vector<SubtreeStats> stats;
  measure(page->tree, kDocument, stats);
  require(vigie::is_valid_utf8(shown_text(page->tree, kDocument)));
  require(page->tree.html() != kNoNode);
  return 0;
}
