// What stands before <body>: the document, <html>, <head>, and the elements whose text is not markup.
#include "page/quirks.hpp"
#include "page/token_space.hpp"
#include "page/tree_insert.hpp"

namespace vigie::page {
namespace {

// End tags that are no mistake to drop: they make what should stand around them, as a start tag would.
bool implies_its_place(Atom end_tag) {
  return end_tag == Atom::head || end_tag == Atom::body || end_tag == Atom::html || end_tag == Atom::br;
}

}  // namespace

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
      if (!implies_its_place(token.tag)) return Next::done;
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
      if (!implies_its_place(token.tag)) return Next::done;
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

}  // namespace vigie::page
