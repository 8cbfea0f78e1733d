// name_table.hpp: the names one page uses, known and unknown, and their atoms. A hash table keyed with a number that
// strangers do not know; names of at most sixteen bytes, nearly all, are compared as two integers.
// Threads: confined, as the PageReader that owns it. Lifetime: names of unknown atoms live until reset().
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

#include "page/arena.hpp"
#include "page/atom.hpp"

namespace vigie::page {

// A name of at most sixteen bytes as two integers, zeros behind it.
struct ShortName {
  uint64_t low = 0, high = 0;
  bool operator==(ShortName const&) const = default;
};

class NameTable {
 public:
  // More unknown names than this in one page are not kept.
  static constexpr uint32_t kUnknownNamesMax = 1u << 16;

  NameTable();
  NameTable(NameTable const&) = delete;
  NameTable& operator=(NameTable const&) = delete;

  // The atom of a name, a new one where the page has not used it; Atom::none once it has used too many.
  Atom intern(std::string_view name);
  // The same for a name of at most sixteen bytes.
  Atom intern_short(ShortName name, size_t size) {
    uint64_t const hash = short_hash(name, size);
    for (uint32_t at = static_cast<uint32_t>(hash) & mask_;; at = (at + 1) & mask_) {
      Slot const& slot = slots_[at];
      if (slot.atom == 0) return add({reinterpret_cast<char const*>(&name), size}, hash);
      if (slot.check != static_cast<uint32_t>(hash >> 32)) continue;
      Entry const& entry = entries_[slot.atom];
      if (entry.start == name && entry.size == size) return Atom{slot.atom};
    }
  }

  // The atom of a name, or Atom::none.
  Atom find(std::string_view name) const;
  std::string_view name(Atom atom) const {
    Entry const& entry = entries_[index(atom) < entries_.size() ? index(atom) : 0];
    return {entry.data, entry.size};
  }

  // Forgets the unknown names.
  void reset();
  // Every atom's index is below it.
  uint32_t end() const { return static_cast<uint32_t>(entries_.size()); }
  size_t memory_bytes() const;

 private:
  struct Entry {
    ShortName start;  // the first sixteen bytes
    char const* data;
    uint32_t size;
  };
  struct Slot {
    uint32_t check, atom;  // atom 0: empty
  };

  uint64_t short_hash(ShortName name, size_t size) const {
    auto const product = static_cast<unsigned __int128>(name.low ^ key_[0]) * (name.high ^ key_[1] ^ size);
    return static_cast<uint64_t>(product) ^ static_cast<uint64_t>(product >> 64);
  }
  uint64_t hash(std::string_view name) const;
  uint32_t slot_of(std::string_view name, uint64_t hash) const;
  Atom add(std::string_view name, uint64_t hash);
  void enter(std::string_view name, uint64_t hash);
  void grow();

  uint64_t key_[2];
  uint32_t mask_;
  std::vector<Slot> slots_, known_slots_;
  std::vector<Entry> entries_;
  Arena arena_;
};

}  // namespace vigie::page
