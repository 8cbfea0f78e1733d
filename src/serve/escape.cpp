#include "serve/escape.hpp"

#include <array>

#include "base/utf8.hpp"

namespace vigie::serve {
namespace {

// Direction overrides and isolates would let a headline reorder the page around it; XML forbids the non-characters.
bool is_dropped(char32_t c) {
  return (c < 0x20 && c != '\n' && c != '\t') || c == 0x7F || (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2066 && c <= 0x2069) || (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF);
}

// Bytes that stand for themselves wherever they are: most of any text, so that they are copied by the run.
constexpr auto kPlain = [] {
  std::array<bool, 256> plain{};
  for (size_t byte = 0x20; byte < 0x7F; ++byte) plain[byte] = true;
  plain['\n'] = plain['\t'] = true;
  for (char const c : {'&', '<', '>', '"', '\''}) plain[static_cast<unsigned char>(c)] = false;
  return plain;
}();

}  // namespace

void append_escaped(std::string& out, std::string_view text) {
  for (size_t at = 0; at < text.size();) {
    size_t const begin = at;
    while (at < text.size() && kPlain[static_cast<unsigned char>(text[at])]) ++at;
    out += text.substr(begin, at - begin);
    if (at == text.size()) return;
    auto const c = next_code_point(text, at);
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        if (!is_dropped(c)) append_code_point(out, c);
    }
  }
}

std::string escape_html(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 16);
  append_escaped(out, text);
  return out;
}

}  // namespace vigie::serve
