#include "page/name_table.hpp"

#include <algorithm>
#include <random>
#include <span>

#include "base/hash.hpp"

namespace vigie::page {
namespace {

constexpr std::string_view kNames[] = {
    "",
#define VIGIE_ATOM(identifier, name) name,
#include "page/atom_table.inc"
#undef VIGIE_ATOM
};
constexpr uint32_t kFirstSlots = 4096;  // 8 bytes each, a fifth of them taken by the known names
static_assert(kFirstSlots > 2 * kKnownAtoms);

ShortName start_of(std::string_view name) {
  char bytes[16] = {};
  std::memcpy(bytes, name.data(), std::min<size_t>(name.size(), sizeof(bytes)));
  ShortName start;
  std::memcpy(&start, bytes, sizeof(bytes));
  return start;
}

uint64_t random_odd() {
  static uint64_t const seed = (uint64_t{std::random_device{}()} << 32) | std::random_device{}();
  return seed | 1;
}

}  // namespace

std::string_view known_name(Atom atom) { return index(atom) < kKnownAtoms ? kNames[index(atom)] : std::string_view(); }

Atom known_atom(std::string_view name) {
  static NameTable const table;
  return table.find(name);
}

NameTable::NameTable() : key_{random_odd(), random_odd() * 0x9E3779B97F4A7C15u}, mask_(kFirstSlots - 1) {
  slots_.resize(kFirstSlots);
  entries_.push_back({{}, "", 0});
  for (std::string_view name : std::span(kNames).subspan(1)) enter(name, hash(name));
  known_slots_ = slots_;
}

uint64_t NameTable::hash(std::string_view name) const {
  return name.size() <= 16 ? short_hash(start_of(name), name.size()) : hash64(name, key_[0]);
}

uint32_t NameTable::slot_of(std::string_view name, uint64_t hash) const {
  for (uint32_t at = static_cast<uint32_t>(hash) & mask_;; at = (at + 1) & mask_) {
    Slot const& slot = slots_[at];
    if (slot.atom == 0) return at;
    if (slot.check == static_cast<uint32_t>(hash >> 32) && this->name(Atom{slot.atom}) == name) return at;
  }
}

Atom NameTable::find(std::string_view name) const { return Atom{slots_[slot_of(name, hash(name))].atom}; }

Atom NameTable::intern(std::string_view name) {
  uint64_t const h = hash(name);
  uint32_t const atom = slots_[slot_of(name, h)].atom;
  return atom != 0 ? Atom{atom} : add(name, h);
}

Atom NameTable::add(std::string_view name, uint64_t hash) {
  if (entries_.size() >= kKnownAtoms + kUnknownNamesMax) return Atom::none;
  if (entries_.size() * 2 > slots_.size()) grow();
  enter(arena_.copy(name), hash);
  return Atom{end() - 1};
}

// `name` must live as long as its entry.
void NameTable::enter(std::string_view name, uint64_t hash) {
  slots_[slot_of(name, hash)] = {static_cast<uint32_t>(hash >> 32), end()};
  entries_.push_back({start_of(name), name.data(), static_cast<uint32_t>(name.size())});
}

void NameTable::grow() {
  slots_.assign(slots_.size() * 2, Slot{0, 0});
  mask_ = static_cast<uint32_t>(slots_.size()) - 1;
  for (uint32_t atom = 1; atom < end(); ++atom) {
    uint64_t const h = hash(name(Atom{atom}));
    uint32_t at = static_cast<uint32_t>(h) & mask_;
    while (slots_[at].atom != 0) at = (at + 1) & mask_;
    slots_[at] = {static_cast<uint32_t>(h >> 32), atom};
  }
}

void NameTable::reset() {
  if (end() == kKnownAtoms) return;
  entries_.resize(kKnownAtoms);
  slots_.assign(known_slots_.begin(), known_slots_.end());
  mask_ = static_cast<uint32_t>(slots_.size()) - 1;
  arena_.reset(64 << 10);
}

size_t NameTable::memory_bytes() const {
  return (slots_.capacity() + known_slots_.capacity()) * sizeof(Slot) + entries_.capacity() * sizeof(Entry) +
         arena_.memory_bytes();
}

}  // namespace vigie::page
