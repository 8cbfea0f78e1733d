#include "page/text.hpp"

#include "page/scan.hpp"
#include "page/walk.hpp"

namespace vigie::page {
namespace {

// Text as lines: what comes in is collapsed, or kept line by line inside <pre>.
class Lines {
 public:
  void text(std::string_view text, bool preformatted) {
    if (!preformatted) return append_collapsed(out_, text);
    while (!text.empty()) {
      size_t const end = std::min(text.find('\n'), text.size());
      out_ += text.substr(0, end);
      if (end < text.size()) end_line();
      text.remove_prefix(std::min(end + 1, text.size()));
    }
  }
  void end_line() {
    while (!out_.empty() && (is_space(out_.back()))) out_.pop_back();
    if (!out_.empty()) out_ += '\n';
  }
  std::string take() {
    end_line();
    if (!out_.empty()) out_.pop_back();
    return std::move(out_);
  }

 private:
  std::string out_;
};

bool is_preformatted(Atom tag) { return tag == Atom::pre || tag == Atom::textarea || tag == Atom::listing; }

}  // namespace

bool is_block(Atom tag) {
  switch (tag) {
    case Atom::address:
    case Atom::article:
    case Atom::aside:
    case Atom::blockquote:
    case Atom::body:
    case Atom::caption:
    case Atom::center:
    case Atom::dd:
    case Atom::details:
    case Atom::dialog:
    case Atom::dir:
    case Atom::div:
    case Atom::dl:
    case Atom::dt:
    case Atom::fieldset:
    case Atom::figcaption:
    case Atom::figure:
    case Atom::footer:
    case Atom::form:
    case Atom::h1:
    case Atom::h2:
    case Atom::h3:
    case Atom::h4:
    case Atom::h5:
    case Atom::h6:
    case Atom::header:
    case Atom::hgroup:
    case Atom::hr:
    case Atom::html:
    case Atom::legend:
    case Atom::li:
    case Atom::listing:
    case Atom::main:
    case Atom::menu:
    case Atom::nav:
    case Atom::ol:
    case Atom::optgroup:
    case Atom::option:
    case Atom::p:
    case Atom::plaintext:
    case Atom::pre:
    case Atom::search:
    case Atom::section:
    case Atom::summary:
    case Atom::table:
    case Atom::tbody:
    case Atom::td:
    case Atom::tfoot:
    case Atom::th:
    case Atom::thead:
    case Atom::tr:
    case Atom::ul:
    case Atom::xmp:
      return true;
    default:
      return false;
  }
}

bool is_unshown(Atom tag) {
  switch (tag) {
    case Atom::audio:
    case Atom::base:
    case Atom::canvas:
    case Atom::datalist:
    case Atom::embed:
    case Atom::head:
    case Atom::iframe:
    case Atom::link:
    case Atom::meta:
    case Atom::noembed:
    case Atom::noframes:
    case Atom::noscript:
    case Atom::object:
    case Atom::param:
    case Atom::rp:
    case Atom::script:
    case Atom::source:
    case Atom::style:
    case Atom::svg:
    case Atom::template_:
    case Atom::title:
    case Atom::track:
    case Atom::video:
      return true;
    default:
      return false;
  }
}

void append_collapsed(std::string& out, std::string_view text) {
  for (size_t at = 0; at < text.size();) {
    if (is_space(text[at])) {
      if (!out.empty() && !is_space(out.back())) out += ' ';
      while (at < text.size() && is_space(text[at])) ++at;
    }
    size_t const begin = at;
    while (at < text.size() && !is_space(text[at])) ++at;
    out += text.substr(begin, at - begin);
  }
}

std::string shown_text(Tree const& tree, NodeId root) {
  Lines lines;
  size_t preformatted = 0;
  walk(
      tree, root,
      [&](NodeId id) {
        if (tree.is_text(id)) lines.text(tree.text(id), preformatted != 0);
        if (!tree.is_element(id)) return true;
        Atom const tag = tree.tag(id);
        if (is_block(tag) || tag == Atom::br) lines.end_line();
        if (is_preformatted(tag)) ++preformatted;
        return !(id != root && (is_unshown(tag) || tree.has_attribute(id, Atom::hidden)));
      },
      [&](NodeId id) {
        if (is_block(tree.tag(id))) lines.end_line();
        if (is_preformatted(tree.tag(id))) --preformatted;
      });
  return lines.take();
}

std::string shown_line(Tree const& tree, NodeId root) {
  std::string text = shown_text(tree, root);
  for (char& c : text) {
    if (c == '\n') c = ' ';
  }
  return text;
}

std::string raw_text(Tree const& tree, NodeId root) {
  std::string text;
  walk(
      tree, root,
      [&](NodeId id) {
        if (tree.is_text(id)) text += tree.text(id);
        return true;
      },
      [](NodeId) {});
  return text;
}

}  // namespace vigie::page
