#include "serve/http.hpp"

#include <algorithm>

#include "serve/url.hpp"

namespace vigie::serve {
namespace {

// Drops what would be invisible in a query: a person never types it on purpose.
std::string without_controls(std::string text) {
  std::erase_if(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
  return text;
}

}  // namespace

bool parse_urlencoded(std::string_view query, Parameters& out) {
  while (!query.empty() && out.size() < kMaxParameters) {
    auto const pair = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(query.size(), pair.size() + 1));
    if (pair.empty()) continue;
    auto const equals = pair.find('=');
    auto name = percent_decode(pair.substr(0, equals), PlusIs::space);
    auto value = percent_decode(equals == pair.npos ? "" : pair.substr(equals + 1), PlusIs::space);
    if (!name || !value) return false;
    out.emplace_back(std::move(*name), without_controls(std::move(*value)));
  }
  return true;
}

bool split_target(Request& request) {
  std::string_view target = request.target;
  if (!target.starts_with('/')) return false;
  target = target.substr(0, target.find('#'));
  auto const question = target.find('?');
  auto path = percent_decode(target.substr(0, question), PlusIs::plus);
  if (!path || std::any_of(path->begin(), path->end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; })) {
    return false;
  }
  request.path = std::move(*path);
  request.parameters.clear();
  return question == target.npos || parse_urlencoded(target.substr(question + 1), request.parameters);
}

std::string_view value_of(Parameters const& parameters, std::string_view name) {
  for (auto const& [key, value] : parameters) {
    if (key == name) return value;
  }
  return {};
}

bool has(Parameters const& parameters, std::string_view name) {
  return std::any_of(parameters.begin(), parameters.end(), [&](auto const& pair) { return pair.first == name; });
}

std::string_view cookie_value(std::string_view header, std::string_view name) {
  while (!header.empty()) {
    auto pair = header.substr(0, header.find(';'));
    header.remove_prefix(std::min(header.size(), pair.size() + 1));
    while (pair.starts_with(' ')) pair.remove_prefix(1);
    auto const equals = pair.find('=');
    if (equals != pair.npos && pair.substr(0, equals) == name) return pair.substr(equals + 1);
  }
  return {};
}

std::string_view reason(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 202:
      return "Accepted";
    case 303:
      return "See Other";
    case 304:
      return "Not Modified";
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 410:
      return "Gone";
    case 413:
      return "Content Too Large";
    case 414:
      return "URI Too Long";
    case 415:
      return "Unsupported Media Type";
    case 421:
      return "Misdirected Request";
    case 429:
      return "Too Many Requests";
    case 431:
      return "Request Header Fields Too Large";
    case 501:
      return "Not Implemented";
    case 503:
      return "Service Unavailable";
    default:
      return status >= 500 ? "Internal Server Error" : "Error";
  }
}

}  // namespace vigie::serve
