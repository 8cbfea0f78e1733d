#include "query/source_match.hpp"

#include "text/analyzer.hpp"
#include "text/language.hpp"

namespace vigie::query {
namespace {

std::string_view without_www(std::string_view host) { return host.starts_with("www.") ? host.substr(4) : host; }

// What people paste: "https://www.example.org/page" asks for "www.example.org".
std::string_view host_part(std::string_view text) {
  if (auto const scheme = text.find("://"); scheme != std::string_view::npos) text.remove_prefix(scheme + 3);
  return text.substr(0, text.find('/'));
}

}  // namespace

bool source_matches(std::string_view asked, std::string_view source) {
  std::string const wanted_folded = text::fold(host_part(asked)), held_folded = text::fold(source);
  std::string_view const wanted = without_www(wanted_folded), held = without_www(held_folded);
  if (wanted.empty()) return false;
  if (wanted == held) return true;
  if (held.size() > wanted.size() && held.ends_with(wanted) && held[held.size() - wanted.size() - 1] == '.') {
    return wanted.find('.') != std::string_view::npos;  // "fr" alone asks for no domain
  }
  // Names: whole words in order. Hosts are not cut at their dots.
  if (held.find(' ') == std::string_view::npos && wanted.find(' ') == std::string_view::npos) return false;
  std::string const padded_held = " " + std::string(held) + " ", padded_wanted = " " + std::string(wanted) + " ";
  return padded_held.find(padded_wanted) != std::string::npos;
}

bool language_matches(std::string_view asked, std::string_view language) {
  std::string const wanted = text::primary_language(asked);
  return !wanted.empty() && wanted == text::primary_language(language);
}

}  // namespace vigie::query
