#include "page/character_reference.hpp"

#include <algorithm>
#include <cstdint>
#include <string_view>

#include "base/utf8.hpp"

namespace vigie::page {
namespace {

struct Entity {
  std::string_view name, text;
};
constexpr Entity kEntities[] = {
#define VIGIE_ENTITY(name, text) {name, text},
#include "page/html_entities_table.inc"
#undef VIGIE_ENTITY
};
constexpr uint16_t kSlots[] = {
#define VIGIE_ENTITY_SLOTS
#include "page/html_entities_table.inc"
#undef VIGIE_ENTITY_SLOTS
};
constexpr Entity kShortEntities[] = {
#define VIGIE_SHORT_ENTITY(name, text) {name, text},
#include "page/html_entities_table.inc"
#undef VIGIE_SHORT_ENTITY
};
constexpr size_t kLongestName = 31, kLongestShortName = 6;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_alphanumeric(char c) { return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

Entity const* find_entity(std::string_view name) {
  uint32_t hash = 2166136261u;  // FNV-1a, as in the table's generator
  for (char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619u;
  for (size_t at = (hash ^ (hash >> 15)) % std::size(kSlots); kSlots[at] != 0; at = (at + 1) % std::size(kSlots)) {
    Entity const& entity = kEntities[kSlots[at] - 1];
    if (entity.name == name) return &entity;
  }
  return nullptr;
}

// The longest name that needs no ';' at the front of `run`.
Entity const* find_short_entity(std::string_view run) {
  for (size_t size = std::min(run.size(), kLongestShortName); size >= 2; --size) {
    auto const name = run.substr(0, size);
    auto const* found = std::lower_bound(std::begin(kShortEntities), std::end(kShortEntities), name,
                                         [](Entity const& a, std::string_view b) { return a.name < b; });
    if (found != std::end(kShortEntities) && found->name == name) return found;
  }
  return nullptr;
}

size_t decode_named(char const* at, ReferencePlace place, std::string& out) {
  size_t size = 0;
  while (size <= kLongestName && is_alphanumeric(at[size])) ++size;
  std::string_view const run(at, size);
  // Every name is letters and digits, so one with its ';' can only be the whole run.
  if (at[size] == ';') {
    if (Entity const* entity = find_entity(run)) {
      out += entity->text;
      return size + 1;
    }
  }
  Entity const* entity = find_short_entity(run);
  if (entity == nullptr) return 0;
  char const next = at[entity->name.size()];
  // "&copy=1" in a link is a parameter, not a sign: the standard keeps it for history's sake.
  if (place == ReferencePlace::attribute && next != ';' && (next == '=' || is_alphanumeric(next))) return 0;
  out += entity->text;
  return entity->name.size() + (next == ';' ? 1 : 0);
}

// What windows-1252 has where Latin-1 has control characters; 0 where it has nothing.
constexpr char16_t kControls[32] = {0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                    0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
                                    0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

char32_t repaired(uint32_t code) {
  if (code == 0 || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000)) return kReplacement;
  if (code >= 0x80 && code < 0xA0 && kControls[code - 0x80] != 0) return kControls[code - 0x80];
  return code;
}

int digit_value(char c, bool hexadecimal) {
  if (is_digit(c)) return c - '0';
  if (!hexadecimal) return -1;
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

size_t decode_numeric(char const* at, std::string& out) {
  size_t size = 1;
  bool const hexadecimal = (at[1] | 0x20) == 'x';
  if (hexadecimal) ++size;
  if (digit_value(at[size], hexadecimal) < 0) return 0;
  uint32_t code = 0;
  for (int digit; (digit = digit_value(at[size], hexadecimal)) >= 0; ++size) {
    if (code <= 0x10FFFF) code = code * (hexadecimal ? 16u : 10u) + static_cast<uint32_t>(digit);
  }
  append_code_point(out, repaired(code));
  return size + (at[size] == ';' ? 1 : 0);
}

}  // namespace

size_t decode_reference(char const* at, ReferencePlace place, std::string& out) {
  return *at == '#' ? decode_numeric(at, out) : decode_named(at, place, out);
}

}  // namespace vigie::page
