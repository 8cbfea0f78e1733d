#include "source/html_text.hpp"

#include <algorithm>
#include <array>

namespace vigie::source {
namespace {

constexpr std::array<std::string_view, 13> kVoid = {"area",  "base", "br",   "col",    "embed", "hr", "img",
                                                    "input", "link", "meta", "source", "track", "wbr"};

}  // namespace

void append_escaped(std::string& out, std::string_view text) {
  for (char const c : text) {
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
      default:
        out += c;
    }
  }
}

void append_tag(std::string& out, std::string_view name, std::span<XmlAttribute const> attributes) {
  out.append("<").append(name);
  for (auto const& attribute : attributes) {
    if (attribute.name.starts_with("xml")) continue;
    out.append(" ").append(attribute.name).append("=\"");
    append_escaped(out, attribute.value);
    out += '"';
  }
  out += '>';
}

void append_end_tag(std::string& out, std::string_view name) {
  if (std::ranges::find(kVoid, name) == kVoid.end()) out.append("</").append(name).append(">");
}

}  // namespace vigie::source
