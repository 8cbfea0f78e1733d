// Tables and templates. https://html.spec.whatwg.org/#parsing-main-intable and the modes behind it.
#include <algorithm>

#include "page/tree_insert.hpp"

namespace vigie::page {
namespace {

bool is_hidden_input(Token const& token, Pile<Attribute> const& attributes) {
  constexpr std::string_view kHidden = "hidden";
  for (uint32_t i = 0; i < token.attribute_count; ++i) {
    Attribute const& attribute = attributes[token.first_attribute + i];
    if (attribute.name == Atom::type) {
      return attribute.value.size() == kHidden.size() && std::ranges::equal(attribute.value, kHidden, {}, lowered);
    }
  }
  return false;
}

bool is_table_section(Atom tag) { return tag == Atom::tbody || tag == Atom::tfoot || tag == Atom::thead; }

// caption, colgroup and what else opens a part of a table, from wherever the parser stands in one.
bool is_table_structure(Atom tag) {
  switch (tag) {
    case Atom::caption:
    case Atom::col:
    case Atom::colgroup:
    case Atom::tbody:
    case Atom::td:
    case Atom::tfoot:
    case Atom::th:
    case Atom::thead:
    case Atom::tr:
      return true;
    default:
      return false;
  }
}

}  // namespace

// "Clear the stack back to a table (body, row) context".
void TreeBuilder::clear_to(std::initializer_list<Atom> tags) {
  auto const stops = [&] {
    return current().space == Namespace::html && (current().tag == Atom::html || current().tag == Atom::template_ ||
                                                  std::ranges::find(tags, current().tag) != tags.end());
  };
  while (open_.size() > 1 && !stops()) pop();
}

TreeBuilder::Next TreeBuilder::in_table(Token& token) {
  switch (token.type) {
    case TokenType::text:
    case TokenType::nul:
      if ((current().traits & trait::table_part) == 0 && !is_current(Atom::template_)) break;
      pending_text_.clear();
      original_mode_ = mode_;
      mode_ = Mode::in_table_text;
      return Next::again;
    case TokenType::comment:
      return insert_comment(token), Next::done;
    case TokenType::doctype:
      return Next::done;
    case TokenType::start_tag:
      return in_table_start(token);
    case TokenType::end_tag:
      switch (token.tag) {
        case Atom::table:
          if (!in_table_scope(Atom::table)) return Next::done;
          pop_until(Atom::table);
          return reset_insertion_mode(), Next::done;
        case Atom::template_:
          return in_template_end(token);
        case Atom::body:
        case Atom::html:
          return Next::done;
        default:
          if (is_table_structure(token.tag)) return Next::done;
      }
      break;
    case TokenType::end_of_file:
      return in_body(token);
  }
  return in_table_anything_else(token);
}

TreeBuilder::Next TreeBuilder::in_table_start(Token& token) {
  switch (token.tag) {
    case Atom::caption:
      clear_to({Atom::table});
      push_marker();
      insert_html(token);
      mode_ = Mode::in_caption;
      return Next::done;
    case Atom::colgroup:
      clear_to({Atom::table});
      insert_html(token);
      mode_ = Mode::in_column_group;
      return Next::done;
    case Atom::col:
      clear_to({Atom::table});
      insert_implied(Atom::colgroup, token);
      mode_ = Mode::in_column_group;
      return Next::again;
    case Atom::tbody:
    case Atom::tfoot:
    case Atom::thead:
      clear_to({Atom::table});
      insert_html(token);
      mode_ = Mode::in_table_body;
      return Next::done;
    case Atom::td:
    case Atom::th:
    case Atom::tr:
      clear_to({Atom::table});
      insert_implied(Atom::tbody, token);
      mode_ = Mode::in_table_body;
      return Next::again;
    case Atom::table:
      if (!in_table_scope(Atom::table)) return Next::done;
      pop_until(Atom::table);
      reset_insertion_mode();
      return Next::again;
    case Atom::style:
    case Atom::script:
    case Atom::template_:
      return in_head(token);
    case Atom::input:
      if (!is_hidden_input(token, tree_.attributes_)) break;
      return insert_void(token), Next::done;
    case Atom::form:
      if (has_open(Atom::template_) || form_ != kNoNode) return Next::done;
      form_ = insert_html(token);
      return pop(), Next::done;
    default:
      break;
  }
  return in_table_anything_else(token);
}

TreeBuilder::Next TreeBuilder::in_table_anything_else(Token& token) {
  foster_parenting_ = true;
  Next const next = in_body(token);
  foster_parenting_ = false;
  return next;
}

// Text between the parts of a table: kept where it is white space, else fostered.
TreeBuilder::Next TreeBuilder::in_table_text(Token& token) {
  if (token.type == TokenType::nul) return Next::done;
  if (token.type == TokenType::text) return pending_text_.push_back({token.text, token.begin}), Next::done;
  bool const blank = std::ranges::all_of(
      pending_text_, [](PendingText const& pending) { return std::ranges::all_of(pending.text, is_space); });
  for (PendingText const& pending : pending_text_) {
    if (blank) {
      insert_text(pending.text, pending.begin);
      continue;
    }
    Token text;
    text.type = TokenType::text;
    text.text = pending.text;
    text.begin = pending.begin;
    in_table_anything_else(text);
  }
  mode_ = original_mode_;
  return Next::again;
}

bool TreeBuilder::close_caption() {
  if (!in_table_scope(Atom::caption)) return false;
  generate_implied_end_tags();
  pop_until(Atom::caption);
  clear_to_marker();
  mode_ = Mode::in_table;
  return true;
}

TreeBuilder::Next TreeBuilder::in_caption(Token& token) {
  if (token.type == TokenType::start_tag && is_table_structure(token.tag)) {
    return close_caption() ? Next::again : Next::done;
  }
  if (token.type == TokenType::end_tag) {
    if (token.tag == Atom::caption) return close_caption(), Next::done;
    if (token.tag == Atom::table) return close_caption() ? Next::again : Next::done;
    if (token.tag == Atom::body || token.tag == Atom::html || is_table_structure(token.tag)) return Next::done;
  }
  return in_body(token);
}

TreeBuilder::Next TreeBuilder::in_column_group(Token& token) {
  bool const here = is_current(Atom::colgroup);
  switch (token.type) {
    case TokenType::comment:
      return insert_comment(token), Next::done;
    case TokenType::doctype:
      return Next::done;
    case TokenType::end_of_file:
      return in_body(token);
    case TokenType::text:
      // White space stays; what else there is ends the group, or is dropped where there is no group to end.
      while (!token.text.empty()) {
        size_t const other = static_cast<size_t>(std::ranges::find_if_not(token.text, is_space) - token.text.begin());
        insert_text(token.text.substr(0, other), token.begin);
        token.text.remove_prefix(other);
        token.begin += static_cast<uint32_t>(other);
        if (token.text.empty()) return Next::done;
        if (here) break;
        size_t const dropped = static_cast<size_t>(std::ranges::find_if(token.text, is_space) - token.text.begin());
        token.text.remove_prefix(dropped);
        token.begin += static_cast<uint32_t>(dropped);
      }
      break;
    case TokenType::start_tag:
      if (token.tag == Atom::html) return html_again(token), Next::done;
      if (token.tag == Atom::col) return insert_void(token), Next::done;
      if (token.tag == Atom::template_) return in_head(token);
      break;
    case TokenType::end_tag:
      if (token.tag == Atom::col) return Next::done;
      if (token.tag == Atom::template_) return in_template_end(token);
      if (token.tag != Atom::colgroup) break;
      if (here) {
        pop();
        mode_ = Mode::in_table;
      }
      return Next::done;
    case TokenType::nul:
      break;
  }
  if (!here) return Next::done;
  pop();
  mode_ = Mode::in_table;
  return Next::again;
}

bool TreeBuilder::close_table_body() {
  if (!in_table_scope(Atom::tbody) && !in_table_scope(Atom::thead) && !in_table_scope(Atom::tfoot)) return false;
  clear_to({Atom::tbody, Atom::tfoot, Atom::thead});
  pop();
  mode_ = Mode::in_table;
  return true;
}

TreeBuilder::Next TreeBuilder::in_table_body(Token& token) {
  if (token.type == TokenType::start_tag) {
    switch (token.tag) {
      case Atom::tr:
      case Atom::th:
      case Atom::td:
        clear_to({Atom::tbody, Atom::tfoot, Atom::thead});
        mode_ = Mode::in_row;
        if (token.tag == Atom::tr) return insert_html(token), Next::done;
        insert_implied(Atom::tr, token);
        return Next::again;
      default:
        if (is_table_structure(token.tag)) return close_table_body() ? Next::again : Next::done;
    }
  }
  if (token.type == TokenType::end_tag) {
    if (is_table_section(token.tag)) {
      if (in_table_scope(token.tag)) close_table_body();
      return Next::done;
    }
    if (token.tag == Atom::table) return close_table_body() ? Next::again : Next::done;
    if (token.tag == Atom::body || token.tag == Atom::html || is_table_structure(token.tag)) return Next::done;
  }
  return in_table(token);
}

bool TreeBuilder::close_row() {
  if (!in_table_scope(Atom::tr)) return false;
  clear_to({Atom::tr});
  pop();
  mode_ = Mode::in_table_body;
  return true;
}

TreeBuilder::Next TreeBuilder::in_row(Token& token) {
  if (token.type == TokenType::start_tag) {
    if (token.tag == Atom::th || token.tag == Atom::td) {
      clear_to({Atom::tr});
      insert_html(token);
      mode_ = Mode::in_cell;
      push_marker();
      return Next::done;
    }
    if (is_table_structure(token.tag)) return close_row() ? Next::again : Next::done;
  }
  if (token.type == TokenType::end_tag) {
    if (token.tag == Atom::tr) return close_row(), Next::done;
    if (token.tag == Atom::table) return close_row() ? Next::again : Next::done;
    if (is_table_section(token.tag)) {
      return in_table_scope(token.tag) && close_row() ? Next::again : Next::done;
    }
    if (token.tag == Atom::body || token.tag == Atom::html || is_table_structure(token.tag)) return Next::done;
  }
  return in_table(token);
}

void TreeBuilder::close_cell() {
  generate_implied_end_tags();
  while (open_.size() > 1) {
    bool const cell = is_current(Atom::td) || is_current(Atom::th);
    pop();
    if (cell) break;
  }
  clear_to_marker();
  mode_ = Mode::in_row;
}

TreeBuilder::Next TreeBuilder::in_cell(Token& token) {
  if (token.type == TokenType::start_tag && is_table_structure(token.tag)) {
    if (!in_table_scope(Atom::td) && !in_table_scope(Atom::th)) return Next::done;
    close_cell();
    return Next::again;
  }
  if (token.type == TokenType::end_tag) {
    switch (token.tag) {
      case Atom::td:
      case Atom::th:
        if (!in_table_scope(token.tag)) return Next::done;
        generate_implied_end_tags();
        pop_until(token.tag);
        clear_to_marker();
        mode_ = Mode::in_row;
        return Next::done;
      case Atom::body:
      case Atom::caption:
      case Atom::col:
      case Atom::colgroup:
      case Atom::html:
        return Next::done;
      case Atom::table:
      case Atom::tbody:
      case Atom::tfoot:
      case Atom::thead:
      case Atom::tr:
        if (!in_table_scope(token.tag)) return Next::done;
        close_cell();
        return Next::again;
      default:
        break;
    }
  }
  return in_body(token);
}

// https://html.spec.whatwg.org/#parsing-main-intemplate
TreeBuilder::Next TreeBuilder::in_template(Token& token) {
  switch (token.type) {
    case TokenType::text:
    case TokenType::nul:
    case TokenType::comment:
    case TokenType::doctype:
      return in_body(token);
    case TokenType::end_tag:
      return token.tag == Atom::template_ ? in_template_end(token) : Next::done;
    case TokenType::end_of_file:
      if (!has_open(Atom::template_)) return Next::done;
      pop_until(Atom::template_);
      clear_to_marker();
      template_modes_.pop_back();
      reset_insertion_mode();
      return Next::again;
    case TokenType::start_tag:
      break;
  }
  Mode mode = Mode::in_body;
  switch (token.tag) {
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
    case Atom::caption:
    case Atom::colgroup:
    case Atom::tbody:
    case Atom::tfoot:
    case Atom::thead:
      mode = Mode::in_table;
      break;
    case Atom::col:
      mode = Mode::in_column_group;
      break;
    case Atom::tr:
      mode = Mode::in_table_body;
      break;
    case Atom::td:
    case Atom::th:
      mode = Mode::in_row;
      break;
    default:
      break;
  }
  template_modes_.back() = mode_ = mode;
  return Next::again;
}

// "</template>", as every mode has it.
TreeBuilder::Next TreeBuilder::in_template_end(Token&) {
  if (!has_open(Atom::template_)) return Next::done;
  generate_all_implied_end_tags();
  pop_until(Atom::template_);
  clear_to_marker();
  template_modes_.pop_back();
  reset_insertion_mode();
  return Next::done;
}

// https://html.spec.whatwg.org/#reset-the-insertion-mode-appropriately
void TreeBuilder::reset_insertion_mode() {
  for (size_t i = open_.size(); i-- > 0;) {
    bool const last = i == 0;
    NodeId const node = last && is_fragment() ? context_ : open_[i].id;
    if (tree_.name_space(node) == Namespace::html) {
      switch (tree_.tag(node)) {
        case Atom::td:
        case Atom::th:
          if (last) break;
          mode_ = Mode::in_cell;
          return;
        case Atom::tr:
          mode_ = Mode::in_row;
          return;
        case Atom::tbody:
        case Atom::thead:
        case Atom::tfoot:
          mode_ = Mode::in_table_body;
          return;
        case Atom::caption:
          mode_ = Mode::in_caption;
          return;
        case Atom::colgroup:
          mode_ = Mode::in_column_group;
          return;
        case Atom::table:
          mode_ = Mode::in_table;
          return;
        case Atom::template_:
          mode_ = template_modes_.empty() ? Mode::in_body : template_modes_.back();
          return;
        case Atom::head:
          if (last) break;
          mode_ = Mode::in_head;
          return;
        case Atom::body:
          mode_ = Mode::in_body;
          return;
        case Atom::frameset:
          mode_ = Mode::in_frameset;
          return;
        case Atom::html:
          mode_ = head_ == kNoNode ? Mode::before_head : Mode::after_head;
          return;
        default:
          break;
      }
    }
  }
  mode_ = Mode::in_body;
}

}  // namespace vigie::page
