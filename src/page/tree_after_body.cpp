// What stands behind </body>, and the modes of framesets, which have no body.
#include "page/token_space.hpp"
#include "page/tree_insert.hpp"

namespace vigie::page {

void TreeBuilder::take_space_as_in_body(Token& token) {
  Token space = token;
  space.text = leading_space(token);
  if (!space.text.empty()) in_body(space);
  skip_space(token);
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
    case TokenType::text:
      take_space_as_in_body(token);
      if (token.text.empty()) return Next::done;
      break;
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
    case TokenType::text:
      take_space_as_in_body(token);
      if (token.text.empty()) return Next::done;
      break;
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
