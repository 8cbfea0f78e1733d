#include "page/tree_insert.hpp"

#include "page/token_space.hpp"

namespace vigie::page {
namespace {

constexpr uint32_t kLeastDepth = 32;

// How the tokenizer reads what stands in an element.
Content content_of(Atom tag, bool scripting) {
  switch (tag) {
    case Atom::title:
    case Atom::textarea:
      return Content::rcdata;
    case Atom::style:
    case Atom::xmp:
    case Atom::iframe:
    case Atom::noembed:
    case Atom::noframes:
      return Content::rawtext;
    case Atom::noscript:
      return scripting ? Content::rawtext : Content::data;
    case Atom::script:
      return Content::script;
    case Atom::plaintext:
      return Content::plaintext;
    default:
      return Content::data;
  }
}

}  // namespace

void TreeBuilder::reset(std::string_view source, Options options) {
  options_ = options;
  options_.depth = std::max(options_.depth, kLeastDepth);
  tree_.nodes_.clear();
  tree_.attributes_.clear();
  tree_.names_.reset();
  tree_.source_ = source;
  tree_.public_id_ = tree_.system_id_ = {};
  tree_.quirks_ = Quirks::no;
  mode_ = original_mode_ = Mode::initial;
  frameset_ok_ = true;
  foster_parenting_ = skip_newline_ = cut_depth_ = false;
  head_ = form_ = context_ = kNoNode;
  open_.clear();
  open_count_.fill(0);
  formatting_.clear();
  template_modes_.clear();
  pending_text_.clear();
  selected_contents_.clear();
  make_node(NodeType::document, 0);
}

void TreeBuilder::start(std::string_view source, Options options) { reset(source, options); }

// https://html.spec.whatwg.org/#parsing-html-fragments
void TreeBuilder::start_fragment(std::string_view source, Options options, Atom context, Namespace space) {
  reset(source, options);
  Token token;
  token.tag = Atom::html;
  NodeId const root = make_element(token, Namespace::html);
  link(root, {kDocument});
  push(root);
  token.tag = context;
  context_ = make_element(token, space);
  if (space == Namespace::html) {
    if (context == Atom::template_) template_modes_.push_back(Mode::in_template);
    if (context == Atom::form) form_ = context_;
  }
  reset_insertion_mode();
  if (space == Namespace::html) tokenizer_.set_content(content_of(context, options.scripting));
}

void TreeBuilder::trim(size_t keep_bytes) {
  if (memory_bytes() <= keep_bytes) return;
  tree_.nodes_.release();
  tree_.attributes_.release();
}

size_t TreeBuilder::memory_bytes() const {
  return tree_.nodes_.capacity() * sizeof(Node) + tree_.attributes_.capacity() * sizeof(Attribute) +
         tree_.names_.memory_bytes();
}

void TreeBuilder::process(Token& token) {
  if (full() && token.type != TokenType::end_of_file) return;
  if (skip_newline_) {
    skip_newline_ = false;
    if (token.type == TokenType::text && token.text.front() == '\n') drop_front(token, 1);
    if (token.type == TokenType::text && token.text.empty()) return;
  }
  while (dispatch(token) == Next::again) {
  }
  if (token.type == TokenType::end_of_file) return fill_selected_contents();
  bool const in_context = open_.size() == 1 && is_fragment();
  Namespace const space = in_context ? tree_.name_space(context_) : open_.empty() ? Namespace::html : current().space;
  tokenizer_.allow_cdata(space != Namespace::html);
}

bool TreeBuilder::is_foreign(Token const& token, Atom tag, Namespace space, Traits traits) {
  if (space == Namespace::html || token.type == TokenType::end_of_file) return false;
  bool const start = token.type == TokenType::start_tag;
  bool const characters = token.type == TokenType::text || token.type == TokenType::nul;
  if ((traits & trait::text_point) != 0) {
    if (characters || (start && token.tag != Atom::mglyph && token.tag != Atom::malignmark)) return false;
  }
  if (start && token.tag == Atom::svg && tag == Atom::annotation_xml && space == Namespace::mathml) return false;
  return (traits & trait::html_point) == 0 || !(start || characters);
}

TreeBuilder::Next TreeBuilder::dispatch(Token& token) {
  return in_foreign_content(token) ? foreign(token) : dispatch_in_html(token);
}

TreeBuilder::Next TreeBuilder::dispatch_in_html(Token& token) {
  if (token.type == TokenType::start_tag && too_deep(token)) return Next::done;
  switch (mode_) {
    case Mode::initial:
      return initial(token);
    case Mode::before_html:
      return before_html(token);
    case Mode::before_head:
      return before_head(token);
    case Mode::in_head:
      return in_head(token);
    case Mode::in_head_noscript:
      return in_head_noscript(token);
    case Mode::after_head:
      return after_head(token);
    case Mode::in_body:
      return in_body(token);
    case Mode::text:
      return text_mode(token);
    case Mode::in_table:
      return in_table(token);
    case Mode::in_table_text:
      return in_table_text(token);
    case Mode::in_caption:
      return in_caption(token);
    case Mode::in_column_group:
      return in_column_group(token);
    case Mode::in_table_body:
      return in_table_body(token);
    case Mode::in_row:
      return in_row(token);
    case Mode::in_cell:
      return in_cell(token);
    case Mode::in_template:
      return in_template(token);
    case Mode::after_body:
      return after_body(token);
    case Mode::in_frameset:
      return in_frameset(token);
    case Mode::after_frameset:
      return after_frameset(token);
    case Mode::after_after_body:
      return after_after_body(token);
    case Mode::after_after_frameset:
      return after_after_frameset(token);
  }
  return Next::done;
}

}  // namespace vigie::page
