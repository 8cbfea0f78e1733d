// fields.hpp: the names of fields in French and English. Threads: safe.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "query/ast.hpp"

namespace vigie::query {

enum class FieldKind : uint8_t { text, name, source, language, published, seen, story };

struct FieldName {
  std::string_view name;
  FieldKind kind;
  uint8_t fields = kAnyField;         // text
  NameKind names = NameKind::author;  // name
};

// Case is ignored. nullptr where the name is not known.
FieldName const* find_field(std::string_view name);

}  // namespace vigie::query
