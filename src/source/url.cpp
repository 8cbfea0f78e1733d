#include "source/url.hpp"

#include <algorithm>
#include <vector>

#include "source/ascii.hpp"

namespace vigie::source {
namespace {

using std::string_view;

// The length of "https:" in front of a URL, or 0.
size_t scheme_length(string_view url) {
  if (url.empty() || !is_alpha(url[0])) return 0;
  for (size_t i = 1; i < url.size(); ++i) {
    if (url[i] == ':') return i + 1;
    if (!is_alpha(url[i]) && !is_digit(url[i]) && url[i] != '+' && url[i] != '-' && url[i] != '.') return 0;
  }
  return 0;
}

// Where the path of an absolute URL begins.
size_t path_start(string_view url, size_t scheme) {
  if (url.substr(scheme, 2) != "//") return scheme;
  return std::min(url.find_first_of("/?#", scheme + 2), url.size());
}

std::string without_dots(string_view path) {
  std::vector<string_view> kept;
  bool folder = false;  // the path ends in a "/"
  for (size_t at = 0; at <= path.size();) {
    size_t const end = std::min(path.find('/', at), path.size());
    auto const segment = path.substr(at, end - at);
    folder = segment == "." || segment == ".." || segment.empty();
    if (segment == "..") {
      if (!kept.empty()) kept.pop_back();
    } else if (!folder) {
      kept.push_back(segment);
    }
    at = end + 1;
  }
  std::string out;
  for (auto const segment : kept) out.append("/").append(segment);
  return folder ? out + "/" : out;
}

}  // namespace

std::string resolve_url(string_view base, string_view reference) {
  reference = trim(reference);
  size_t const scheme = scheme_length(base);
  if (scheme == 0 || reference.empty() || scheme_length(reference) > 0) return std::string(reference);
  if (reference.starts_with("//")) return std::string(base.substr(0, scheme)).append(reference);
  size_t const root = path_start(base, scheme);
  auto const path = base.substr(root, base.find_first_of("?#", root) - root);
  std::string out(base.substr(0, root));
  if (reference[0] == '#') return out.append(base.substr(root, base.find('#', root) - root)).append(reference);
  if (reference[0] == '?') return out.append(path).append(reference);
  size_t const end = std::min(reference.find_first_of("?#"), reference.size());
  auto const own = reference.substr(0, end);
  std::string const joined =
      own[0] == '/' ? std::string(own) : std::string(path.substr(0, path.rfind('/') + 1)).append(own);
  return out.append(without_dots(joined)).append(reference.substr(end));
}

}  // namespace vigie::source
