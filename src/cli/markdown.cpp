#include "cli/markdown.hpp"

namespace vigie::cli {
namespace {

// Backslashes before what CommonMark 0.31 would read as markup: anywhere for inline marks, at the start for blocks.
std::string escaped(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    char const c = text[i];
    bool const inline_mark = std::string_view("\\`*_[]<>").find(c) != std::string_view::npos;
    bool const block_mark = i == 0 && std::string_view("#+-=>|~").find(c) != std::string_view::npos;
    if (inline_mark || block_mark) out += '\\';
    out += c;
  }
  size_t const digits = out.find_first_not_of("0123456789");
  if (digits > 0 && digits != std::string::npos && (out[digits] == '.' || out[digits] == ')')) out.insert(digits, "\\");
  return out;
}

std::string block(article::Block const& block) {
  using enum article::BlockKind;
  switch (block.kind) {
    case heading:
      return std::string(block.level < 2 ? 2 : block.level, '#') + " " + escaped(block.text);
    case item:
      return std::string(2u * block.level, ' ') + "- " + escaped(block.text);
    case quote:
      return "> " + escaped(block.text);
    case preformatted:
      return "    " + block.text;
    case paragraph:
      break;
  }
  return escaped(block.text);
}

}  // namespace

std::string markdown(article::Article const& article) {
  std::string out;
  if (!article.title.empty()) out += "# " + escaped(article.title) + "\n\n";
  if (article.lede_in_text && !article.lede.empty()) out += "**" + escaped(article.lede) + "**\n\n";
  for (size_t i = 0; i < article.blocks.size(); ++i) {
    out += block(article.blocks[i]);
    bool const in_list = article.blocks[i].kind == article::BlockKind::item && i + 1 < article.blocks.size() &&
                         article.blocks[i + 1].kind == article::BlockKind::item;
    out += in_list ? "\n" : "\n\n";
  }
  return out;
}

}  // namespace vigie::cli
