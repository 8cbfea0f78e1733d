#include "serve/router.hpp"

#include <algorithm>
#include <optional>

namespace vigie::serve {
namespace {

std::string_view take_segment(std::string_view& path) {
  path.remove_prefix(1);  // the "/"
  auto const segment = path.substr(0, path.find('/'));
  path.remove_prefix(segment.size());
  return segment;
}

std::optional<PathValues> match_path(std::string_view pattern, std::string_view path) {
  PathValues values;
  while (!pattern.empty() && !path.empty()) {
    if (path.front() != '/') return std::nullopt;
    auto const want = take_segment(pattern);
    auto const got = take_segment(path);
    if (want.starts_with('{')) {
      if (got.empty()) return std::nullopt;
      values.emplace_back(got);
    } else if (want != got) {
      return std::nullopt;
    }
  }
  if (!pattern.empty() || !path.empty()) return std::nullopt;
  return values;
}

}  // namespace

Router::Match Router::match(Method method, std::string_view path) const {
  Match match;
  if (method == Method::head) method = Method::get;
  for (auto const& route : routes_) {
    auto values = match_path(route.pattern, path);
    if (!values) continue;
    match.path_known = true;
    if (route.method != method) continue;
    match.route = &route;
    match.values = std::move(*values);
    break;
  }
  return match;
}

std::string Router::methods(std::string_view path) const {
  bool get = false, post = false;
  for (auto const& route : routes_) {
    if (match_path(route.pattern, path)) (route.method == Method::post ? post : get) = true;
  }
  return std::string(get ? "GET, HEAD" : "") + (get && post ? ", " : "") + (post ? "POST" : "");
}

}  // namespace vigie::serve
