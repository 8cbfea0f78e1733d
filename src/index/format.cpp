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
    case Section::positions:
      return "positions";
    case Section::columns:
      return "columns";
    case Section::rows:
      return "rows";
  }
  return "?";
}

std::string term_key(std::string_view stemming, std::string_view stem) {
  std::string key;
  key.reserve(stemming.size() + 1 + stem.size());
  key += stemming;
  key += '\x1f';
  key += stem;
  return key;
}

}  // namespace vigie::index
