#include "index/format.hpp"

namespace vigie::index {

std::string_view name(Section section) {
  switch (section) {
    case Section::meta:
      return "meta";
    case Section::terms:
      return "terms";
    case Section::forms:
      return "forms";
    case Section::postings:
      return "postings";
    case Section::columns:
      return "columns";
    case Section::names:
      return "names";
    case Section::rows:
      return "rows";
  }
  return "?";
}

std::string term_key(std::string_view space, std::string_view word) {
  std::string key;
  key.reserve(space.size() + 1 + word.size());
  key += space;
  key += kSpaceEnd;
  key += word;
  return key;
}

std::string said_space(std::string_view stemming) { return '"' + std::string(stemming); }

}  // namespace vigie::index
