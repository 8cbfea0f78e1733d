// tree_builder.hpp: tokens -> tree.
// Source: https://html.spec.whatwg.org/#tree-construction. Each insertion mode is a function; one that wants the token
// processed again under the mode it has set says so. Elements carry what the algorithm asks of them as bits
// (tag_traits.hpp), and the open elements are counted by tag, so that most questions of scope need no walk.
// Limits, where the standard has none: an element that would be deeper than Options::depth is made, but not opened, so
// that what it would hold follows it; the list of active formatting elements keeps the last kFormattingMax; once there
// are Options::nodes nodes, nothing more is taken.
// The functions that make and link nodes are inline in tree_insert.hpp, which the sources of this class include.
// Threads: confined. Cost: a token costs at most a walk over the open elements, but for reconstructed formatting.
#pragma once

#include <array>
#include <vector>

#include "page/arena.hpp"
#include "page/tag_traits.hpp"
#include "page/token.hpp"
#include "page/tokenizer.hpp"
#include "page/tree.hpp"

namespace vigie::page {

class TreeBuilder {
 public:
  struct Options {
    uint32_t depth = 512;
    uint32_t nodes = 8u << 20;
    bool scripting = false;
  };

  TreeBuilder(Tree& tree, TokenizerControl& tokenizer, Arena& arena)
      : tree_(tree), tokenizer_(tokenizer), arena_(arena) {}

  // Empties the tree for a document, or for what stands inside a `context` element.
  void start(std::string_view source, Options);
  // To be called behind TokenizerControl::start, which it tells what content to expect.
  void start_fragment(std::string_view source, Options, Atom context, Namespace);

  void process(Token&);
  // Whether Options::nodes was reached: further tokens do nothing but end_of_file.
  bool full() const { return tree_.nodes_.size() >= options_.nodes; }
  // Whether an element was deeper than Options::depth.
  bool cut_depth() const { return cut_depth_; }

  // Gives memory back where the last page took more than `keep_bytes`; empties the tree then.
  void trim(size_t keep_bytes);
  size_t memory_bytes() const;

  // What the tokenizer fills.
  static Pile<Attribute>& attributes_of(Tree& tree) { return tree.attributes_; }
  static NameTable& names_of(Tree& tree) { return tree.names_; }

 private:
  enum class Mode : uint8_t {
    initial,
    before_html,
    before_head,
    in_head,
    in_head_noscript,
    after_head,
    in_body,
    text,
    in_table,
    in_table_text,
    in_caption,
    in_column_group,
    in_table_body,
    in_row,
    in_cell,
    in_template,
    after_body,
    in_frameset,
    after_frameset,
    after_after_body,
    after_after_frameset,
  };
  enum class Next : uint8_t { done, again };

  struct Open {
    NodeId id;
    NodeId inside;  // where children go: the element, or a template's fragment
    Atom tag;
    Traits traits;
    Namespace space;
  };
  struct Place {
    NodeId parent;
    NodeId before = kNoNode;  // kNoNode: as the last child
  };
  struct PendingText {
    std::string_view text;
    uint32_t begin;
  };

  static constexpr size_t kFormattingMax = 128;
  static constexpr size_t kMergedAttributesMax = 512;
  // Node::flags.
  static constexpr uint8_t kOpen = 1;            // on the stack of open elements
  static constexpr uint8_t kGrown = 2;           // text in a buffer of its own, of bit_ceil(size) bytes
  static constexpr uint8_t kHtmlAnnotation = 4;  // <annotation-xml> whose encoding says HTML

  // tree_builder.cpp: dispatch.
  void reset(std::string_view source, Options);
  bool in_foreign_content(Token const&) const;
  // The same, where `tag` is what the token stands in.
  static bool is_foreign(Token const&, Atom tag, Namespace, Traits);
  Next dispatch(Token&);
  Next dispatch_in_html(Token&);  // by the insertion mode, wherever the token stands

  // tree_before_body.cpp
  Next initial(Token&);
  Next before_html(Token&);
  Next before_head(Token&);
  Next in_head(Token&);
  Next in_head_noscript(Token&);
  Next after_head(Token&);
  Next text_mode(Token&);

  // tree_after_body.cpp
  Next after_body(Token&);
  Next in_frameset(Token&);
  Next after_frameset(Token&);
  Next after_after_body(Token&);
  Next after_after_frameset(Token&);
  void take_space_as_in_body(Token&);  // off its front

  // tree_in_body.cpp
  Next in_body(Token&);
  Next in_body_start(Token&);
  Next in_body_end(Token&);
  void in_body_text(Token&);
  void any_other_end_tag(Atom tag);
  void close_list_item(Token&);
  void close_description(Token&);
  void heading_start(Token&);
  void block_end(Token&);
  void form_start(Token&);
  void form_end();
  void anchor_start(Token&);
  void formatting_start(Token&);
  void select_start(Token&);
  void html_again(Token&);
  void body_again(Token&);
  void frameset_start(Token&);

  // tree_tables.cpp
  Next in_table(Token&);
  Next in_table_start(Token&);
  Next in_table_anything_else(Token&);
  Next in_table_text(Token&);
  Next in_caption(Token&);
  Next in_column_group(Token&);
  Next in_table_body(Token&);
  Next in_row(Token&);
  Next in_cell(Token&);
  Next in_template(Token&);
  Next in_template_end(Token&);
  void clear_to(std::initializer_list<Atom> tags);
  void close_cell();
  bool close_caption();
  bool close_row();
  bool close_table_body();
  void reset_insertion_mode();

  // tree_formatting.cpp
  void reconstruct_formatting();
  void push_formatting(NodeId);
  void push_marker() { formatting_.push_back(kNoNode); }
  void clear_to_marker();
  void remove_formatting(NodeId);
  NodeId find_formatting(Atom tag) const;  // behind the last marker
  bool same_element(NodeId, NodeId) const;
  void adoption_agency(Atom tag);
  bool adopt_once(Atom tag);
  NodeId adopt_inner(size_t formatting_at, size_t furthest_at, size_t& bookmark, NodeId furthest);

  // tree_foreign.cpp
  Next foreign(Token&);
  Next foreign_start(Token&);
  Next foreign_end_tag(Token&);
  bool breaks_out(Token const&) const;
  void insert_foreign(Token&, Namespace);

  // tree_selected.cpp
  void fill_selected_contents();
  NodeId selected_option(NodeId select) const;
  void copy_children(NodeId from, NodeId to);

  // tree_stack.cpp: open elements and insertion.
  bool in_scope(Atom tag, Traits extra = 0) const;  // trait::list_scope, trait::button_scope
  bool in_table_scope(Atom tag) const;
  bool heading_in_scope() const;
  bool is_open(NodeId id) const { return (tree_.node(id).flags & kOpen) != 0; }
  size_t stack_index(NodeId) const;
  void remove_open(NodeId);
  void pop_until(Atom tag);  // and that one too; HTML elements only
  void pop_to(size_t size);
  void generate_implied_end_tags(Atom except = Atom::none);
  void generate_all_implied_end_tags();
  void close_p();
  void close_p_in_button_scope() {
    if (open_count_[index(Atom::p)] != 0 && in_scope(Atom::p, trait::button_scope)) close_p();
  }
  Place place_for(NodeId target_inside, Traits target_traits) const;
  Place foster_place() const;
  void link(NodeId child, Place);
  void unlink(NodeId);
  void move_children(NodeId from, NodeId to);
  void grow_text(NodeId, std::string_view more);
  void insert_text(std::string_view, uint32_t begin);
  void insert_comment(Token const&);
  void insert_comment_in(Token const&, NodeId parent);
  NodeId make_element(Token const&, Namespace);
  NodeId make_node(NodeType, uint32_t begin);
  NodeId clone_element(NodeId);
  NodeId insert_html(Token const&);  // made, linked and opened
  void insert_void(Token const&);    // made and linked
  NodeId insert_implied(Atom tag, Token const&);
  void insert_raw_text(Token const&, Content);
  bool too_deep(Token const& token) { return open_.size() >= options_.depth && insert_unopened(token); }
  bool insert_unopened(Token const&);
  void merge_attributes(NodeId, Token const&);
  void add_doctype(Token const&);

  Open const& current() const { return open_.back(); }
  bool is_current(Atom tag) const { return current().tag == tag && current().space == Namespace::html; }
  bool is_fragment() const { return context_ != kNoNode; }
  bool is_context(Atom tag) const { return is_fragment() && tree_.is_html(context_, tag); }
  // How often an element of that tag is open.
  uint32_t& count_of(Open const& open) {
    return open_count_[open.space == Namespace::html && index(open.tag) < kTagAtoms ? index(open.tag) : 0];
  }
  bool has_open(Atom tag) const { return open_count_[index(tag)] != 0; }

  void push(NodeId id) {
    Node& node = tree_.node(id);
    node.flags |= kOpen;
    Atom const tag{node.tag_or_size};
    NodeId const inside = tag == Atom::template_ && node.space == Namespace::html ? NodeId{index(id) + 1} : id;
    open_.push_back({id, inside, tag, traits_of(tag, node.space, (node.flags & kHtmlAnnotation) != 0), node.space});
    ++count_of(open_.back());
  }
  void pop() {
    tree_.node(open_.back().id).flags &= static_cast<uint8_t>(~kOpen);
    --count_of(open_.back());
    open_.pop_back();
  }

  Tree& tree_;
  TokenizerControl& tokenizer_;
  Arena& arena_;
  Options options_;
  Mode mode_ = Mode::initial;
  Mode original_mode_ = Mode::initial;  // to go back to after text and in_table_text
  bool frameset_ok_ = true;
  bool foster_parenting_ = false;
  bool skip_newline_ = false;  // the one right behind <pre>, <listing>, <textarea>
  bool cut_depth_ = false;
  NodeId head_ = kNoNode, form_ = kNoNode, context_ = kNoNode;
  std::vector<Open> open_;
  std::array<uint32_t, kTagAtoms> open_count_{};  // HTML elements by tag; [0]: all others
  std::vector<NodeId> formatting_;                // kNoNode: a marker
  std::vector<Mode> template_modes_;
  std::vector<PendingText> pending_text_;
  std::vector<NodeId> selected_contents_;
};

// Whether the token is for the rules of foreign content. https://html.spec.whatwg.org/#tree-construction-dispatcher
inline bool TreeBuilder::in_foreign_content(Token const& token) const {
  if (open_.empty()) return false;
  if (open_.size() > 1 || !is_fragment()) {
    if (current().space == Namespace::html) [[likely]]
      return false;
    return is_foreign(token, current().tag, current().space, current().traits);
  }
  Namespace const space = tree_.name_space(context_);
  return is_foreign(token, tree_.tag(context_), space, traits_of(tree_.tag(context_), space));
}

}  // namespace vigie::page
