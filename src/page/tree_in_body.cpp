// The insertion mode that nearly every token of a page meets.
// https://html.spec.whatwg.org/#parsing-main-inbody
#include <algorithm>

#include "page/tree_insert.hpp"

namespace vigie::page {
namespace {

bool is_all_space(std::string_view text) { return std::ranges::all_of(text, is_space); }

bool is_hidden_input(std::string_view type) {
  constexpr std::string_view kHidden = "hidden";
  return type.size() == kHidden.size() && std::ranges::equal(type, kHidden, {}, lowered);
}

}  // namespace

TreeBuilder::Next TreeBuilder::in_body(Token& token) {
  switch (token.type) {
    case TokenType::text:
      return in_body_text(token), Next::done;
    case TokenType::start_tag:
      return in_body_start(token);
    case TokenType::end_tag:
      return in_body_end(token);
    case TokenType::comment:
      return insert_comment(token), Next::done;
    case TokenType::nul:
    case TokenType::doctype:
      return Next::done;
    case TokenType::end_of_file:
      return template_modes_.empty() ? Next::done : in_template(token);
  }
  return Next::done;
}

void TreeBuilder::in_body_text(Token& token) {
  reconstruct_formatting();
  insert_text(token.text, token.begin);
  if (frameset_ok_ && !is_all_space(token.text)) frameset_ok_ = false;
}

TreeBuilder::Next TreeBuilder::in_body_start(Token& token) {
  switch (token.tag) {
    case Atom::div:
    case Atom::p:
    case Atom::ul:
    case Atom::address:
    case Atom::article:
    case Atom::aside:
    case Atom::blockquote:
    case Atom::center:
    case Atom::details:
    case Atom::dialog:
    case Atom::dir:
    case Atom::dl:
    case Atom::fieldset:
    case Atom::figcaption:
    case Atom::figure:
    case Atom::footer:
    case Atom::header:
    case Atom::hgroup:
    case Atom::main:
    case Atom::menu:
    case Atom::nav:
    case Atom::ol:
    case Atom::search:
    case Atom::section:
    case Atom::summary:
      close_p_in_button_scope();
      insert_html(token);
      return Next::done;

    case Atom::a:
      return anchor_start(token), Next::done;
    case Atom::b:
    case Atom::big:
    case Atom::code:
    case Atom::em:
    case Atom::font:
    case Atom::i:
    case Atom::s:
    case Atom::small:
    case Atom::strike:
    case Atom::strong:
    case Atom::tt:
    case Atom::u:
    case Atom::nobr:
      return formatting_start(token), Next::done;

    case Atom::li:
      return close_list_item(token), Next::done;
    case Atom::dd:
    case Atom::dt:
      return close_description(token), Next::done;
    case Atom::h1:
    case Atom::h2:
    case Atom::h3:
    case Atom::h4:
    case Atom::h5:
    case Atom::h6:
      return heading_start(token), Next::done;

    case Atom::area:
    case Atom::br:
    case Atom::embed:
    case Atom::img:
    case Atom::keygen:
    case Atom::wbr:
      reconstruct_formatting();
      insert_void(token);
      frameset_ok_ = false;
      return Next::done;
    case Atom::image:
      return token.tag = Atom::img, Next::again;
    case Atom::param:
    case Atom::source:
    case Atom::track:
      return insert_void(token), Next::done;

    case Atom::base:
    case Atom::basefont:
    case Atom::bgsound:
    case Atom::link:
    case Atom::meta:
    case Atom::noframes:
    case Atom::script:
    case Atom::style:
    case Atom::template_:
    case Atom::title:
      return in_head(token);
    case Atom::html:
      return html_again(token), Next::done;
    case Atom::body:
      return body_again(token), Next::done;
    case Atom::frameset:
      return frameset_start(token), Next::done;

    case Atom::pre:
    case Atom::listing:
      close_p_in_button_scope();
      insert_html(token);
      skip_newline_ = true;
      frameset_ok_ = false;
      return Next::done;
    case Atom::form:
      return form_start(token), Next::done;
    case Atom::plaintext:
      close_p_in_button_scope();
      insert_html(token);
      tokenizer_.set_content(Content::plaintext);
      return Next::done;
    case Atom::button:
      if (in_scope(Atom::button)) {
        generate_implied_end_tags();
        pop_until(Atom::button);
      }
      reconstruct_formatting();
      insert_html(token);
      frameset_ok_ = false;
      return Next::done;
    case Atom::applet:
    case Atom::marquee:
    case Atom::object:
      reconstruct_formatting();
      insert_html(token);
      push_marker();
      frameset_ok_ = false;
      return Next::done;
    case Atom::table:
      if (tree_.quirks_ != Quirks::yes) close_p_in_button_scope();
      insert_html(token);
      frameset_ok_ = false;
      mode_ = Mode::in_table;
      return Next::done;

    case Atom::input:
    case Atom::hr:
    case Atom::select:
    case Atom::option:
    case Atom::optgroup:
      return select_start(token), Next::done;
    case Atom::textarea:
      insert_raw_text(token, Content::rcdata);
      skip_newline_ = true;
      frameset_ok_ = false;
      return Next::done;
    case Atom::xmp:
      close_p_in_button_scope();
      reconstruct_formatting();
      frameset_ok_ = false;
      return insert_raw_text(token, Content::rawtext), Next::done;
    case Atom::iframe:
      frameset_ok_ = false;
      [[fallthrough]];
    case Atom::noembed:
      return insert_raw_text(token, Content::rawtext), Next::done;
    case Atom::noscript:
      if (options_.scripting) return insert_raw_text(token, Content::rawtext), Next::done;
      break;

    case Atom::rb:
    case Atom::rtc:
      if (in_scope(Atom::ruby)) generate_implied_end_tags();
      insert_html(token);
      return Next::done;
    case Atom::rp:
    case Atom::rt:
      if (in_scope(Atom::ruby)) generate_implied_end_tags(Atom::rtc);
      insert_html(token);
      return Next::done;
    case Atom::math:
    case Atom::svg:
      reconstruct_formatting();
      insert_foreign(token, token.tag == Atom::svg ? Namespace::svg : Namespace::mathml);
      return Next::done;

    case Atom::selectedcontent:
      reconstruct_formatting();
      selected_contents_.push_back(insert_html(token));
      return Next::done;
    case Atom::caption:
    case Atom::col:
    case Atom::colgroup:
    case Atom::frame:
    case Atom::head:
    case Atom::tbody:
    case Atom::td:
    case Atom::tfoot:
    case Atom::th:
    case Atom::thead:
    case Atom::tr:
      return Next::done;
    default:
      break;
  }
  reconstruct_formatting();
  insert_html(token);
  return Next::done;
}

TreeBuilder::Next TreeBuilder::in_body_end(Token& token) {
  switch (token.tag) {
    case Atom::p:
      if (!in_scope(Atom::p, trait::button_scope)) insert_implied(Atom::p, token);
      return close_p(), Next::done;
    case Atom::div:
    case Atom::ul:
    case Atom::address:
    case Atom::article:
    case Atom::aside:
    case Atom::blockquote:
    case Atom::button:
    case Atom::center:
    case Atom::details:
    case Atom::dialog:
    case Atom::dir:
    case Atom::dl:
    case Atom::fieldset:
    case Atom::figcaption:
    case Atom::figure:
    case Atom::footer:
    case Atom::header:
    case Atom::hgroup:
    case Atom::listing:
    case Atom::main:
    case Atom::menu:
    case Atom::nav:
    case Atom::ol:
    case Atom::pre:
    case Atom::search:
    case Atom::section:
    case Atom::select:
    case Atom::summary:
      return block_end(token), Next::done;
    case Atom::a:
    case Atom::b:
    case Atom::big:
    case Atom::code:
    case Atom::em:
    case Atom::font:
    case Atom::i:
    case Atom::nobr:
    case Atom::s:
    case Atom::small:
    case Atom::strike:
    case Atom::strong:
    case Atom::tt:
    case Atom::u:
      return adoption_agency(token.tag), Next::done;
    case Atom::li:
      if (!in_scope(Atom::li, trait::list_scope)) return Next::done;
      generate_implied_end_tags(Atom::li);
      return pop_until(Atom::li), Next::done;
    case Atom::dd:
    case Atom::dt:
      if (!in_scope(token.tag)) return Next::done;
      generate_implied_end_tags(token.tag);
      return pop_until(token.tag), Next::done;
    case Atom::h1:
    case Atom::h2:
    case Atom::h3:
    case Atom::h4:
    case Atom::h5:
    case Atom::h6: {
      if (!heading_in_scope()) return Next::done;
      generate_implied_end_tags();
      bool found = false;
      for (; !found; pop()) found = (current().traits & trait::heading) != 0;
      return Next::done;
    }
    case Atom::form:
      return form_end(), Next::done;
    case Atom::applet:
    case Atom::marquee:
    case Atom::object:
      if (!in_scope(token.tag)) return Next::done;
      block_end(token);
      return clear_to_marker(), Next::done;
    case Atom::br: {
      Token line_break;
      line_break.type = TokenType::start_tag;
      line_break.tag = Atom::br;
      line_break.begin = token.begin;
      return in_body_start(line_break);
    }
    case Atom::template_:
      return in_template_end(token);
    case Atom::body:
    case Atom::html:
      if (!in_scope(Atom::body)) return Next::done;
      mode_ = Mode::after_body;
      return token.tag == Atom::html ? Next::again : Next::done;
    default:
      break;
  }
  any_other_end_tag(token.tag);
  return Next::done;
}

void TreeBuilder::any_other_end_tag(Atom tag) {
  if (index(tag) < kTagAtoms && !has_open(tag)) return;
  for (size_t i = open_.size(); i-- > 1;) {
    if (open_[i].tag == tag && open_[i].space == Namespace::html) {
      generate_implied_end_tags(tag);
      return pop_to(std::min(i, open_.size()));
    }
    if ((open_[i].traits & trait::special) != 0) return;
  }
}

void TreeBuilder::block_end(Token& token) {
  if (!in_scope(token.tag)) return;
  generate_implied_end_tags();
  pop_until(token.tag);
}

void TreeBuilder::heading_start(Token& token) {
  close_p_in_button_scope();
  if ((current().traits & trait::heading) != 0) pop();
  insert_html(token);
}

// <li>: an open one ends, unless something special but address, div and p lies between.
void TreeBuilder::close_list_item(Token& token) {
  frameset_ok_ = false;
  for (size_t i = open_.size(); i-- > 0;) {
    Open const& node = open_[i];
    if (node.tag == Atom::li && node.space == Namespace::html) {
      generate_implied_end_tags(Atom::li);
      pop_until(Atom::li);
      break;
    }
    bool const passed =
        node.space == Namespace::html && (node.tag == Atom::address || node.tag == Atom::div || node.tag == Atom::p);
    if ((node.traits & trait::special) != 0 && !passed) break;
  }
  close_p_in_button_scope();
  insert_html(token);
}

void TreeBuilder::close_description(Token& token) {
  frameset_ok_ = false;
  for (size_t i = open_.size(); i-- > 0;) {
    Open const& node = open_[i];
    if (node.space == Namespace::html && (node.tag == Atom::dd || node.tag == Atom::dt)) {
      Atom const tag = node.tag;
      generate_implied_end_tags(tag);
      pop_until(tag);
      break;
    }
    bool const passed =
        node.space == Namespace::html && (node.tag == Atom::address || node.tag == Atom::div || node.tag == Atom::p);
    if ((node.traits & trait::special) != 0 && !passed) break;
  }
  close_p_in_button_scope();
  insert_html(token);
}

void TreeBuilder::anchor_start(Token& token) {
  if (NodeId const open = find_formatting(Atom::a); open != kNoNode) {
    adoption_agency(Atom::a);
    remove_formatting(open);
    remove_open(open);
  }
  reconstruct_formatting();
  push_formatting(insert_html(token));
}

void TreeBuilder::formatting_start(Token& token) {
  reconstruct_formatting();
  if (token.tag == Atom::nobr && in_scope(Atom::nobr)) {
    adoption_agency(Atom::nobr);
    reconstruct_formatting();
  }
  push_formatting(insert_html(token));
}

void TreeBuilder::form_start(Token& token) {
  bool const in_template = has_open(Atom::template_);
  if (form_ != kNoNode && !in_template) return;
  close_p_in_button_scope();
  NodeId const id = insert_html(token);
  if (!in_template) form_ = id;
}

void TreeBuilder::form_end() {
  if (has_open(Atom::template_)) {
    if (!in_scope(Atom::form)) return;
    generate_implied_end_tags();
    return pop_until(Atom::form);
  }
  NodeId const form = form_;
  form_ = kNoNode;
  if (form == kNoNode || !is_open(form)) return;
  for (size_t i = open_.size(); open_[--i].id != form;) {
    if ((open_[i].traits & trait::scope) != 0) return;
  }
  generate_implied_end_tags();
  remove_open(form);
}

// <input>, <hr>, <select>, <option> and <optgroup>, whose rules ask for an open <select>.
void TreeBuilder::select_start(Token& token) {
  bool const in_select = in_scope(Atom::select);
  switch (token.tag) {
    case Atom::hr:
      close_p_in_button_scope();
      if (in_select) generate_implied_end_tags();
      insert_void(token);
      frameset_ok_ = false;
      return;
    case Atom::input:
    case Atom::select:
      if (is_context(Atom::select)) return;
      if (in_select) pop_until(Atom::select);
      if (in_select && token.tag == Atom::select) return;
      reconstruct_formatting();
      if (token.tag == Atom::select) {
        insert_html(token);
        frameset_ok_ = false;
        return;
      }
      insert_void(token);
      for (uint32_t i = 0; i < token.attribute_count; ++i) {
        Attribute const& attribute = tree_.attributes_[token.first_attribute + i];
        if (attribute.name == Atom::type && is_hidden_input(attribute.value)) return;
      }
      frameset_ok_ = false;
      return;
    default:
      break;
  }
  if (in_select) {
    generate_implied_end_tags(token.tag == Atom::option ? Atom::optgroup : Atom::none);
  } else if (is_current(Atom::option)) {
    pop();
  }
  reconstruct_formatting();
  insert_html(token);
}

void TreeBuilder::html_again(Token& token) {
  if (!has_open(Atom::template_)) merge_attributes(open_.front().id, token);
}

void TreeBuilder::body_again(Token& token) {
  if (open_.size() < 2 || open_[1].tag != Atom::body || has_open(Atom::template_)) return;
  frameset_ok_ = false;
  merge_attributes(open_[1].id, token);
}

void TreeBuilder::frameset_start(Token& token) {
  if (open_.size() < 2 || open_[1].tag != Atom::body || !frameset_ok_) return;
  unlink(open_[1].id);
  pop_to(1);
  insert_html(token);
  mode_ = Mode::in_frameset;
}

}  // namespace vigie::page
