#include "serve/form.hpp"

#include <algorithm>

namespace vigie::serve {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

bool starts_like(std::string_view text, std::string_view beginning) {
  return text.size() >= beginning.size() && std::equal(beginning.begin(), beginning.end(), text.begin(),
                                                       [](char a, char b) { return lower(a) == lower(b); });
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

// The value of `name` among "; name=value; name="value"" parameters. Browsers write %22 for a quote in a name.
std::string parameter(std::string_view field, std::string_view name) {
  for (auto at = field.find(';'); at != field.npos; at = field.find(';', at)) {
    auto rest = trimmed(field.substr(++at));
    if (!starts_like(rest, name) || rest.size() <= name.size() || rest[name.size()] != '=') continue;
    rest.remove_prefix(name.size() + 1);
    if (!rest.starts_with('"')) return std::string(trimmed(rest.substr(0, rest.find(';'))));
    return std::string(rest.substr(1, rest.find('"', 1) - 1));
  }
  return {};
}

std::string without_folders(std::string name) {
  auto const slash = name.find_last_of("/\\");
  return slash == std::string::npos ? name : name.substr(slash + 1);
}

FormPart part_of(std::string_view headers) {
  FormPart part;
  while (!headers.empty()) {
    auto const line = headers.substr(0, headers.find("\r\n"));
    headers.remove_prefix(std::min(headers.size(), line.size() + 2));
    if (starts_like(line, "content-disposition:")) {
      part.name = parameter(line, "name");
      part.is_file = line.find("filename") != line.npos;
      part.file_name = without_folders(parameter(line, "filename"));
    } else if (starts_like(line, "content-type:")) {
      part.content_type = trimmed(line.substr(line.find(':') + 1));
    }
  }
  return part;
}

}  // namespace

std::optional<std::vector<FormPart>> parse_multipart(std::string_view content_type, std::string_view body) {
  auto const boundary = parameter(content_type, "boundary");
  if (!starts_like(content_type, "multipart/form-data") || boundary.empty() || boundary.size() > 70) {
    return std::nullopt;
  }
  auto const first = "--" + boundary, between = "\r\n--" + boundary;
  if (!body.starts_with(first)) return std::nullopt;
  body.remove_prefix(first.size());
  std::vector<FormPart> parts;
  while (body.starts_with("\r\n")) {
    if (parts.size() == kPartsMax) return std::nullopt;
    body.remove_prefix(2);
    auto const headers_end = body.substr(0, kPartHeaderMax).find("\r\n\r\n");
    if (headers_end == body.npos) return std::nullopt;
    auto part = part_of(body.substr(0, headers_end));
    body.remove_prefix(headers_end + 4);
    auto const end = body.find(between);
    if (end == body.npos) return std::nullopt;
    part.value = body.substr(0, end);
    body.remove_prefix(end + between.size());
    parts.push_back(std::move(part));
  }
  if (!body.starts_with("--")) return std::nullopt;
  return parts;
}

}  // namespace vigie::serve
