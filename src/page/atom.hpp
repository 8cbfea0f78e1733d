// atom.hpp: tag and attribute names as numbers. Names known at compile time are constants (Atom::div, Atom::class_,
// Atom::http_equiv: '-' and ':' become '_', a C++ keyword gets a '_' behind); other names are numbered by the page
// that holds them, so an unknown name's Atom means something only together with its Tree (Tree::name, Tree::find_name).
// Names are lower case, but for SVG's mixed-case ones (Atom::viewBox).
// Source of the table: tools/page_atoms.py. Threads: constants and pure functions.
#pragma once

#include <cstdint>
#include <string_view>

namespace vigie::page {

enum class Atom : uint32_t {
  none,
#define VIGIE_ATOM(identifier, name) identifier,
#include "page/atom_table.inc"
#undef VIGIE_ATOM
  known_end  // the first number given to an unknown name
};

inline constexpr uint32_t kKnownAtoms = static_cast<uint32_t>(Atom::known_end);
#define VIGIE_LAST_TAG(identifier) inline constexpr uint32_t kTagAtoms = static_cast<uint32_t>(Atom::identifier) + 1;
#include "page/atom_table.inc"  // kTagAtoms: every known tag's number is below it
#undef VIGIE_LAST_TAG

constexpr uint32_t index(Atom atom) { return static_cast<uint32_t>(atom); }

// The name of a known atom; empty for Atom::none and for atoms of a page. The view lives for ever.
std::string_view known_name(Atom);

// The atom of a name known at compile time, else Atom::none. Case matters.
Atom known_atom(std::string_view name);

}  // namespace vigie::page
