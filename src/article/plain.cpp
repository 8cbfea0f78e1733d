#include "article/plain.hpp"

#include "article/strings.hpp"
#include "page/text.hpp"

namespace vigie::article {
namespace {

// Two searches by the word, where find_first_of would make one a byte.
bool is_marked_up(std::string_view s) { return s.find('<') != s.npos || s.find('&') != s.npos; }

// "&lt;p&gt;", "&amp;eacute;": what a second decoding would change. A lone "<" or "&" of a text is none.
bool was_escaped(std::string_view s) {
  for (size_t at = 0; at < s.size(); ++at) {
    if (s[at] != '<' && s[at] != '&') continue;
    auto const rest = s.substr(at + 1, 12);
    if (rest.empty()) return false;
    if (s[at] == '<' && (is_alpha(rest[0]) || (rest[0] == '/' && rest.size() > 1 && is_alpha(rest[1])))) return true;
    size_t const end = rest.find(';');
    if (s[at] == '&' && end != rest.npos && end > 1 && (is_alpha(rest[0]) || rest[0] == '#')) return true;
  }
  return false;
}

}  // namespace

std::string Plainer::lines(std::string_view text) {
  if (!is_marked_up(text)) return std::string(text);
  auto const read = [&](std::string_view s) {
    auto const& page = reader_.read_fragment(s, page::Atom::div);
    return page::shown_text(page.tree, page::kDocument);
  };
  auto once = read(text);
  if (was_escaped(once)) once = read(std::string(once));
  return once;
}

std::string Plainer::line(std::string_view text) { return is_marked_up(text) ? squeezed(lines(text)) : squeezed(text); }

}  // namespace vigie::article
