#include "page/tree_insert.hpp"

#include "page/quirks.hpp"

namespace vigie::page {
namespace {

constexpr uint32_t kLeastDepth = 32;

// Splits the leading white space off a text token; `rest` is false where nothing is left.
std::string_view leading_space(Token const& token) {
  size_t size = 0;
  while (size < token.text.size() && is_space(token.text[size])) ++size;
  return token.text.substr(0, size);
}

void drop_front(Token& token, size_t size) {
  token.text.remove_prefix(size);
  token.begin += static_cast<uint32_t>(size);
}

// Takes the white space off the front; false where that was all.
bool skip_space(Token& token) {
  drop_front(token, leading_space(token).size());
  return !token.text.empty();
}

// The text with only its white space left, or none of it.
template <class Take>
void for_each_space_run(Token& token, Take take) {
  while (!token.text.empty()) {
    std::string_view const spaces = leading_space(token);
    if (!spaces.empty()) take(spaces, token.begin);
    drop_front(token, spaces.size());
    size_t other = 0;
    while (other < token.text.size() && !is_space(token.text[other])) ++other;
    drop_front(token, other);
  }
}

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

// https://html.spec.whatwg.org/#the-initial-insertion-mode
TreeBuilder::Next TreeBuilder::initial(Token& token) {
  if (token.type == TokenType::text && !skip_space(token)) return Next::done;
  if (token.type == TokenType::comment) return insert_comment_in(token, kDocument), Next::done;
  mode_ = Mode::before_html;
  if (token.type == TokenType::doctype) {
    add_doctype(token);
    tree_.quirks_ = quirks_of(token);
    return Next::done;
  }
  tree_.quirks_ = Quirks::yes;
  return Next::again;
}

// https://html.spec.whatwg.org/#the-before-html-insertion-mode
TreeBuilder::Next TreeBuilder::before_html(Token& token) {
  switch (token.type) {
    case TokenType::doctype:
      return Next::done;
    case TokenType::comment:
      return insert_comment_in(token, kDocument), Next::done;
    case TokenType::text:
      if (!skip_space(token)) return Next::done;
      break;
    case TokenType::end_tag:
      if (token.tag != Atom::head && token.tag != Atom::body && token.tag != Atom::html && token.tag != Atom::br) {
        return Next::done;
      }
      break;
    default:
      break;
  }
  Token root;
  root.tag = Atom::html;
  root.begin = token.begin;
  bool const given = token.type == TokenType::start_tag && token.tag == Atom::html;
  NodeId const id = make_element(given ? token : root, Namespace::html);
  link(id, {kDocument});
  push(id);
  mode_ = Mode::before_head;
  return given ? Next::done : Next::again;
}

// https://html.spec.whatwg.org/#the-before-head-insertion-mode
TreeBuilder::Next TreeBuilder::before_head(Token& token) {
  switch (token.type) {
    case TokenType::doctype:
      return Next::done;
    case TokenType::comment:
      return insert_comment(token), Next::done;
    case TokenType::text:
      if (!skip_space(token)) return Next::done;
      break;
    case TokenType::start_tag:
      if (token.tag == Atom::html) return html_again(token), Next::done;
      if (token.tag == Atom::head) {
        head_ = insert_html(token);
        mode_ = Mode::in_head;
        return Next::done;
      }
      break;
    case TokenType::end_tag:
      if (token.tag != Atom::head && token.tag != Atom::body && token.tag != Atom::html && token.tag != Atom::br) {
        return Next::done;
      }
      break;
    default:
      break;
  }
  head_ = insert_implied(Atom::head, token);
  mode_ = Mode::in_head;
  return Next::again;
}

// https://html.spec.whatwg.org/#parsing-main-inhead
TreeBuilder::Next TreeBuilder::in_head(Token& token) {
  switch (token.type) {
    case TokenType::doctype:
      return Next::done;
    case TokenType::comment:
      return insert_comment(token), Next::done;
    case TokenType::text: {
      std::string_view const spaces = leading_space(token);
      insert_text(spaces, token.begin);
      if (!skip_space(token)) return Next::done;
      break;
    }
    case TokenType::start_tag:
      switch (token.tag) {
        case Atom::html:
          return html_again(token), Next::done;
        case Atom::base:
        case Atom::basefont:
        case Atom::bgsound:
        case Atom::link:
        case Atom::meta:
          return insert_void(token), Next::done;
        case Atom::title:
          return insert_raw_text(token, Content::rcdata), Next::done;
        case Atom::noscript:
          if (!options_.scripting) {
            insert_html(token);
            mode_ = Mode::in_head_noscript;
            return Next::done;
          }
          [[fallthrough]];
        case Atom::noframes:
        case Atom::style:
          return insert_raw_text(token, Content::rawtext), Next::done;
        case Atom::script:
          return insert_raw_text(token, Content::script), Next::done;
        case Atom::template_:
          insert_html(token);
          push_marker();
          frameset_ok_ = false;
          mode_ = Mode::in_template;
          template_modes_.push_back(Mode::in_template);
          return Next::done;
        case Atom::head:
          return Next::done;
        default:
          break;
      }
      break;
    case TokenType::end_tag:
      switch (token.tag) {
        case Atom::head:
          pop();
          mode_ = Mode::after_head;
          return Next::done;
        case Atom::template_:
          return in_template_end(token);
        case Atom::body:
        case Atom::html:
        case Atom::br:
          break;
        default:
          return Next::done;
      }
      break;
    default:
      break;
  }
  pop();
  mode_ = Mode::after_head;
  return Next::again;
}

// https://html.spec.whatwg.org/#parsing-main-inheadnoscript
TreeBuilder::Next TreeBuilder::in_head_noscript(Token& token) {
  switch (token.type) {
    case TokenType::doctype:
      return Next::done;
    case TokenType::comment:
      return in_head(token);
    case TokenType::text: {
      insert_text(leading_space(token), token.begin);
      if (!skip_space(token)) return Next::done;
      break;
    }
    case TokenType::start_tag:
      switch (token.tag) {
        case Atom::html:
          return html_again(token), Next::done;
        case Atom::basefont:
        case Atom::bgsound:
        case Atom::link:
        case Atom::meta:
        case Atom::noframes:
        case Atom::style:
          return in_head(token);
        case Atom::head:
        case Atom::noscript:
          return Next::done;
        default:
          break;
      }
      break;
    case TokenType::end_tag:
      if (token.tag == Atom::noscript) {
        pop();
        mode_ = Mode::in_head;
        return Next::done;
      }
      if (token.tag != Atom::br) return Next::done;
      break;
    default:
      break;
  }
  pop();
  mode_ = Mode::in_head;
  return Next::again;
}

// https://html.spec.whatwg.org/#the-after-head-insertion-mode
TreeBuilder::Next TreeBuilder::after_head(Token& token) {
  switch (token.type) {
    case TokenType::doctype:
      return Next::done;
    case TokenType::comment:
      return insert_comment(token), Next::done;
    case TokenType::text: {
      insert_text(leading_space(token), token.begin);
      if (!skip_space(token)) return Next::done;
      break;
    }
    case TokenType::start_tag:
      switch (token.tag) {
        case Atom::html:
          return html_again(token), Next::done;
        case Atom::body:
          insert_html(token);
          frameset_ok_ = false;
          mode_ = Mode::in_body;
          return Next::done;
        case Atom::frameset:
          insert_html(token);
          mode_ = Mode::in_frameset;
          return Next::done;
        case Atom::base:
        case Atom::basefont:
        case Atom::bgsound:
        case Atom::link:
        case Atom::meta:
        case Atom::noframes:
        case Atom::script:
        case Atom::style:
        case Atom::template_:
        case Atom::title: {
          push(head_);
          Next const next = in_head(token);
          remove_open(head_);
          return next;
        }
        case Atom::head:
          return Next::done;
        default:
          break;
      }
      break;
    case TokenType::end_tag:
      if (token.tag == Atom::template_) return in_template_end(token);
      if (token.tag != Atom::body && token.tag != Atom::html && token.tag != Atom::br) return Next::done;
      break;
    default:
      break;
  }
  insert_implied(Atom::body, token);
  mode_ = Mode::in_body;
  return Next::again;
}

// https://html.spec.whatwg.org/#parsing-main-incdata
TreeBuilder::Next TreeBuilder::text_mode(Token& token) {
  if (token.type == TokenType::text) return insert_text(token.text, token.begin), Next::done;
  pop();
  mode_ = original_mode_;
  return token.type == TokenType::end_of_file ? Next::again : Next::done;
}

// https://html.spec.whatwg.org/#parsing-main-afterbody
TreeBuilder::Next TreeBuilder::after_body(Token& token) {
  switch (token.type) {
    case TokenType::doctype:
      return Next::done;
    case TokenType::comment:
      return insert_comment_in(token, open_.front().id), Next::done;
    case TokenType::end_of_file:
      return Next::done;
    case TokenType::text: {
      size_t const spaces = leading_space(token).size();
      if (spaces != 0) {
        Token space = token;
        space.text = token.text.substr(0, spaces);
        in_body(space);
      }
      if (!skip_space(token)) return Next::done;
      break;
    }
    case TokenType::start_tag:
      if (token.tag == Atom::html) return html_again(token), Next::done;
      break;
    case TokenType::end_tag:
      if (token.tag == Atom::html) {
        if (!is_fragment()) mode_ = Mode::after_after_body;
        return Next::done;
      }
      break;
    default:
      break;
  }
  mode_ = Mode::in_body;
  return Next::again;
}

// https://html.spec.whatwg.org/#the-after-after-body-insertion-mode
TreeBuilder::Next TreeBuilder::after_after_body(Token& token) {
  switch (token.type) {
    case TokenType::comment:
      return insert_comment_in(token, kDocument), Next::done;
    case TokenType::doctype:
    case TokenType::end_of_file:
      return Next::done;
    case TokenType::text: {
      size_t const spaces = leading_space(token).size();
      if (spaces != 0) {
        Token space = token;
        space.text = token.text.substr(0, spaces);
        in_body(space);
      }
      if (!skip_space(token)) return Next::done;
      break;
    }
    case TokenType::start_tag:
      if (token.tag == Atom::html) return html_again(token), Next::done;
      break;
    default:
      break;
  }
  mode_ = Mode::in_body;
  return Next::again;
}

// https://html.spec.whatwg.org/#parsing-main-inframeset
TreeBuilder::Next TreeBuilder::in_frameset(Token& token) {
  switch (token.type) {
    case TokenType::comment:
      insert_comment(token);
      break;
    case TokenType::text:
      for_each_space_run(token, [&](std::string_view spaces, uint32_t begin) { insert_text(spaces, begin); });
      break;
    case TokenType::start_tag:
      if (token.tag == Atom::html) html_again(token);
      if (token.tag == Atom::frameset) insert_html(token);
      if (token.tag == Atom::frame) insert_void(token);
      if (token.tag == Atom::noframes) return in_head(token);
      break;
    case TokenType::end_tag:
      if (token.tag != Atom::frameset || open_.size() == 1) break;
      pop();
      if (!is_fragment() && !is_current(Atom::frameset)) mode_ = Mode::after_frameset;
      break;
    default:
      break;
  }
  return Next::done;
}

// https://html.spec.whatwg.org/#parsing-main-afterframeset
TreeBuilder::Next TreeBuilder::after_frameset(Token& token) {
  switch (token.type) {
    case TokenType::comment:
      insert_comment(token);
      break;
    case TokenType::text:
      for_each_space_run(token, [&](std::string_view spaces, uint32_t begin) { insert_text(spaces, begin); });
      break;
    case TokenType::start_tag:
      if (token.tag == Atom::html) html_again(token);
      if (token.tag == Atom::noframes) return in_head(token);
      break;
    case TokenType::end_tag:
      if (token.tag == Atom::html) mode_ = Mode::after_after_frameset;
      break;
    default:
      break;
  }
  return Next::done;
}

// https://html.spec.whatwg.org/#the-after-after-frameset-insertion-mode
TreeBuilder::Next TreeBuilder::after_after_frameset(Token& token) {
  switch (token.type) {
    case TokenType::comment:
      insert_comment_in(token, kDocument);
      break;
    case TokenType::text:
      // As in body: nothing is formatted here, and only white space is let through.
      for_each_space_run(token, [&](std::string_view spaces, uint32_t begin) {
        reconstruct_formatting();
        insert_text(spaces, begin);
      });
      break;
    case TokenType::start_tag:
      if (token.tag == Atom::html) html_again(token);
      if (token.tag == Atom::noframes) return in_head(token);
      break;
    default:
      break;
  }
  return Next::done;
}

}  // namespace vigie::page
