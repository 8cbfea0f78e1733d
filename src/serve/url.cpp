#include "serve/url.hpp"

#include <algorithm>

#include "base/utf8.hpp"

namespace vigie::serve {
namespace {

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool is_unreserved(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
         c == '_' || c == '~';
}

bool starts_with_ignoring_case(std::string_view text, std::string_view prefix) {
  return text.size() >= prefix.size() && std::equal(prefix.begin(), prefix.end(), text.begin(), [](char want, char c) {
           return want == (c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
         });
}

size_t scheme_size(std::string_view url) {
  if (starts_with_ignoring_case(url, "https://")) return 8;
  if (starts_with_ignoring_case(url, "http://")) return 7;
  return 0;
}

}  // namespace

std::optional<std::string> percent_decode(std::string_view text, PlusIs plus) {
  std::string out;
  out.reserve(text.size());
  for (size_t at = 0; at < text.size(); ++at) {
    char c = text[at];
    if (c == '%') {
      if (text.size() - at < 3) return std::nullopt;
      int const high = hex_value(text[at + 1]), low = hex_value(text[at + 2]);
      if (high < 0 || low < 0) return std::nullopt;
      c = static_cast<char>(high * 16 + low);
      at += 2;
    } else if (c == '+' && plus == PlusIs::space) {
      c = ' ';
    }
    if (c == '\0') return std::nullopt;
    out += c;
  }
  if (!is_valid_utf8(out)) return std::nullopt;
  return out;
}

std::string percent_encode(std::string_view text) {
  constexpr char kHex[] = "0123456789ABCDEF";
  std::string out;
  out.reserve(text.size() + 16);
  for (char const c : text) {
    if (is_unreserved(c)) {
      out += c;
    } else {
      auto const byte = static_cast<unsigned char>(c);
      out += '%';
      out += kHex[byte >> 4];
      out += kHex[byte & 15];
    }
  }
  return out;
}

std::string encode_path(std::string_view path) {
  std::string out;
  for (size_t at = 0; at < path.size();) {
    auto const segment = path.substr(at, path.find('/', at) - at);
    out += percent_encode(segment);
    at += segment.size();
    if (at < path.size()) out += path[at++];
  }
  return out;
}

std::string address(std::string_view path, Parameters const& parameters) {
  std::string out(path);
  char separator = '?';
  for (auto const& [name, value] : parameters) {
    if (value.empty()) continue;
    out += separator;
    out += percent_encode(name);
    out += '=';
    out += percent_encode(value);
    separator = '&';
  }
  return out;
}

bool is_web_address(std::string_view url) {
  auto const scheme = scheme_size(url);
  if (scheme == 0 || url.size() == scheme || url.size() > 4096) return false;
  return std::none_of(url.begin(), url.end(), [](char c) {
    auto const byte = static_cast<unsigned char>(c);
    return byte <= 0x20 || byte == 0x7F || c == '"' || c == '\'' || c == '<' || c == '>' || c == '\\';
  });
}

std::string with_scheme(std::string_view typed) {
  auto const first = typed.find_first_not_of(" \t\r\n");
  if (first == typed.npos) return {};
  typed = typed.substr(first, typed.find_last_not_of(" \t\r\n") - first + 1);
  return (typed.find("://") == typed.npos ? "https://" : "") + std::string(typed);
}

std::string_view host_of(std::string_view url) {
  auto const scheme = scheme_size(url);
  if (scheme == 0) return {};
  auto host = url.substr(scheme);
  host = host.substr(0, host.find_first_of("/?#"));
  if (auto const at = host.rfind('@'); at != host.npos) host.remove_prefix(at + 1);
  if (host.starts_with("www.")) host.remove_prefix(4);
  return host;
}

}  // namespace vigie::serve
