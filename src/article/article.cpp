#include "article/article.hpp"

#include <algorithm>

#include "article/address.hpp"
#include "base/hash.hpp"

namespace vigie::article {

std::string body(Article const& a) {
  std::string out;
  size_t bytes = 0;
  for (auto const& block : a.blocks) bytes += block.text.size() + 1;
  out.reserve(bytes);
  for (auto const& block : a.blocks) {
    if (!out.empty()) out += '\n';
    out += block.text;
  }
  return out;
}

std::string text(Article const& a) {
  if (!a.lede_in_text || a.lede.empty()) return body(a);
  if (a.blocks.empty()) return a.lede;
  return a.lede + "\n" + body(a);
}

std::string_view name(Access access) {
  switch (access) {
    case Access::free:
      return "free";
    case Access::paid:
      return "paid";
    case Access::unknown:
      break;
  }
  return "unknown";
}

std::string_view name(Kind kind) {
  switch (kind) {
    case Kind::article:
      return "article";
    case Kind::live:
      return "live";
    case Kind::listing:
      return "listing";
    case Kind::other:
      break;
  }
  return "other";
}

bool is_valid_id(std::string_view id) {
  return !id.empty() && id.size() <= 128 && std::all_of(id.begin(), id.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' || c == '_' ||
           c == ':' || c == '-';
  });
}

// The two ways to an id are hashed with different prefixes, so that no text can be made to take a URL's place. The
// scheme is left out: the same page over http and https is one article.
void assign_id(Article& a) {
  if (is_valid_id(a.id)) return;
  auto address = normalize_address(a.url);
  if (!address.empty()) {
    address.erase(0, address.find("://") + 3);
    a.id = digest20("url\n" + address);
  } else if (!a.url.empty()) {
    a.id = digest20("url\n" + a.url);
  } else {
    a.id = digest20("text\n" + a.title + "\n" + text(a));
  }
}

}  // namespace vigie::article
