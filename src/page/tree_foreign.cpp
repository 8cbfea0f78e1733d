// SVG and MathML inside a page. https://html.spec.whatwg.org/#parsing-main-inforeign
#include <algorithm>
#include <array>

#include "page/tree_insert.hpp"

namespace vigie::page {
namespace {

// What a known name becomes; itself where the standard leaves it alone.
using CaseTable = std::array<Atom, kKnownAtoms>;
constexpr CaseTable unchanged() {
  CaseTable table{};
  for (uint32_t i = 0; i < kKnownAtoms; ++i) table[i] = Atom{i};
  return table;
}
constexpr CaseTable kSvgTags = [] {
  CaseTable table = unchanged();
#define VIGIE_SVG_TAG_CASE(lower, mixed) table[index(Atom::lower)] = Atom::mixed;
#include "page/atom_table.inc"
#undef VIGIE_SVG_TAG_CASE
  return table;
}();
constexpr CaseTable kSvgAttributes = [] {
  CaseTable table = unchanged();
#define VIGIE_SVG_ATTRIBUTE_CASE(lower, mixed) table[index(Atom::lower)] = Atom::mixed;
#include "page/atom_table.inc"
#undef VIGIE_SVG_ATTRIBUTE_CASE
  return table;
}();
constexpr CaseTable kMathMlAttributes = [] {
  CaseTable table = unchanged();
#define VIGIE_MATHML_ATTRIBUTE_CASE(lower, mixed) table[index(Atom::lower)] = Atom::mixed;
#include "page/atom_table.inc"
#undef VIGIE_MATHML_ATTRIBUTE_CASE
  return table;
}();

Atom changed(Atom name, CaseTable const& table) { return index(name) < kKnownAtoms ? table[index(name)] : name; }

AttributeSpace space_of(Atom name) {
  switch (name) {
    case Atom::xlink_actuate:
    case Atom::xlink_arcrole:
    case Atom::xlink_href:
    case Atom::xlink_role:
    case Atom::xlink_show:
    case Atom::xlink_title:
    case Atom::xlink_type:
      return AttributeSpace::xlink;
    case Atom::xml_lang:
    case Atom::xml_space:
      return AttributeSpace::xml;
    case Atom::xmlns:
    case Atom::xmlns_xlink:
      return AttributeSpace::xmlns;
    default:
      return AttributeSpace::none;
  }
}

bool says_html(std::string_view encoding) {
  auto const equals = [&](std::string_view name) { return std::ranges::equal(encoding, name, {}, lowered); };
  return equals("text/html") || equals("application/xhtml+xml");
}

}  // namespace

TreeBuilder::Next TreeBuilder::foreign(Token& token) {
  switch (token.type) {
    case TokenType::nul:
      return insert_text("\xEF\xBF\xBD", token.begin), Next::done;
    case TokenType::text:
      insert_text(token.text, token.begin);
      if (frameset_ok_) frameset_ok_ = std::ranges::all_of(token.text, is_space);
      return Next::done;
    case TokenType::comment:
      return insert_comment(token), Next::done;
    case TokenType::start_tag:
      return foreign_start(token);
    case TokenType::end_tag:
      // These two also end whatever is foreign; every other end tag looks for its start.
      if (token.tag == Atom::br || token.tag == Atom::p) return foreign_start(token);
      return foreign_end_tag(token);
    default:
      return Next::done;
  }
}

// The HTML tags that no SVG or MathML holds: whoever wrote them forgot an end tag.
bool TreeBuilder::breaks_out(Token const& token) const {
  if (token.type == TokenType::end_tag) return true;
  switch (token.tag) {
    case Atom::b:
    case Atom::big:
    case Atom::blockquote:
    case Atom::body:
    case Atom::br:
    case Atom::center:
    case Atom::code:
    case Atom::dd:
    case Atom::div:
    case Atom::dl:
    case Atom::dt:
    case Atom::em:
    case Atom::embed:
    case Atom::h1:
    case Atom::h2:
    case Atom::h3:
    case Atom::h4:
    case Atom::h5:
    case Atom::h6:
    case Atom::head:
    case Atom::hr:
    case Atom::i:
    case Atom::img:
    case Atom::li:
    case Atom::listing:
    case Atom::menu:
    case Atom::meta:
    case Atom::nobr:
    case Atom::ol:
    case Atom::p:
    case Atom::pre:
    case Atom::ruby:
    case Atom::s:
    case Atom::small:
    case Atom::span:
    case Atom::strong:
    case Atom::strike:
    case Atom::sub:
    case Atom::sup:
    case Atom::table:
    case Atom::tt:
    case Atom::u:
    case Atom::ul:
    case Atom::var:
      return true;
    case Atom::font:
      for (uint32_t i = 0; i < token.attribute_count; ++i) {
        Atom const name = tree_.attributes_[token.first_attribute + i].name;
        if (name == Atom::color || name == Atom::face || name == Atom::size) return true;
      }
      return false;
    default:
      return false;
  }
}

TreeBuilder::Next TreeBuilder::foreign_start(Token& token) {
  if (breaks_out(token)) {
    while (open_.size() > 1 && current().space != Namespace::html &&
           (current().traits & (trait::html_point | trait::text_point)) == 0) {
      pop();
    }
    // By the rules of the mode, even where the fragment's context is still foreign.
    return dispatch_in_html(token);
  }
  NodeId const adjusted = open_.size() == 1 && is_fragment() ? context_ : current().id;
  insert_foreign(token, tree_.name_space(adjusted));
  return Next::done;
}

TreeBuilder::Next TreeBuilder::foreign_end_tag(Token& token) {
  // SVG's mixed-case tags were given in any case, and the token's is lower.
  auto const is_its_start = [&](Open const& open) {
    return open.tag == token.tag || (open.space == Namespace::svg && open.tag == changed(token.tag, kSvgTags));
  };
  for (size_t i = open_.size(); i-- > 1;) {
    if (open_[i].space == Namespace::html) return dispatch_in_html(token);
    if (is_its_start(open_[i])) return pop_to(i), Next::done;
  }
  return Next::done;
}

void TreeBuilder::insert_foreign(Token& token, Namespace space) {
  if (space == Namespace::svg) token.tag = changed(token.tag, kSvgTags);
  bool html_annotation = false;
  for (uint32_t i = 0; i < token.attribute_count; ++i) {
    Attribute& attribute = tree_.attributes_[token.first_attribute + i];
    attribute.name =
        space == Namespace::svg ? changed(attribute.name, kSvgAttributes) : changed(attribute.name, kMathMlAttributes);
    attribute.space = space_of(attribute.name);
    html_annotation |= attribute.name == Atom::encoding && says_html(attribute.value);
  }
  Place const place = place_for(current().inside, current().traits);
  NodeId const id = make_element(token, space);
  if (html_annotation && space == Namespace::mathml && token.tag == Atom::annotation_xml) {
    tree_.node(id).flags |= kHtmlAnnotation;
  }
  link(id, place);
  if (token.self_closing) return;
  if (open_.size() < options_.depth) {
    push(id);
  } else {
    cut_depth_ = true;
  }
}

}  // namespace vigie::page
