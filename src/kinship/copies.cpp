#include "kinship/copies.hpp"

#include <algorithm>

#include "kinship/ahead.hpp"
#include "kinship/evidence.hpp"
#include "kinship/sketch.hpp"

namespace vigie::kinship {
namespace {

constexpr uint32_t kShinglesMin = 12;  // shorter texts say nothing of their own
constexpr unsigned kSampledMin = 5;

template <class A, class B>
bool before(A const& a, B const& b) {
  return a.time_s != b.time_s ? a.time_s < b.time_s : a.key < b.key;
}

}  // namespace

// Shares are of runs of four words: one changed word in ten leaves two thirds of them. A short text that a long one has
// half of, by a note on method say, is no copy of it; cut off from it, it would be there whole.
bool is_copy(float share, float kept, float taken) {
  bool const cut = share >= taken && (kept >= 0.2f || share >= 0.75f);
  bool const expanded = kept >= taken + 0.12f && share >= 0.2f;
  return cut || expanded;
}

namespace {

// Whether the sketches may share as much as is needed: few candidates do.
bool may_share(Sieve const& here, std::span<uint32_t const> other) {
  unsigned shared = 0;
  for (uint32_t const hash : other) shared += here.may_hold(hash);
  return shared >= kSampledMin;
}

}  // namespace

Copies find_copies(Memory& memory, Arrival const& here) {
  Copies found;
  if (here.trace.shingles < kShinglesMin) return found;
  std::vector<uint32_t> candidates;
  memory.prints().find(here.trace.sketch, candidates);
  if (candidates.empty()) return found;
  for (uint32_t const candidate : candidates) expect(&memory.at(candidate), sizeof(Member));
  for (uint32_t const candidate : candidates) {
    auto const& sketch = memory.at(candidate).trace.sketch;
    expect(sketch.data(), sketch.size() * sizeof(uint32_t));
  }
  Sieve sieve;
  for (uint32_t const hash : here.trace.sketch) sieve.add(hash);
  Member const* original = nullptr;
  for (uint32_t const candidate : candidates) {
    Member const& other = memory.at(candidate);
    if (other.trace.shingles < kShinglesMin || !may_share(sieve, other.trace.sketch)) continue;
    auto const shared = overlap(here.trace.sketch, here.trace.shingles, other.trace.sketch, other.trace.shingles);
    if (shared.sampled < kSampledMin) continue;
    if (before(other, here)) {
      if (!is_copy(shared.a_in_b, shared.b_in_a) || (original && before(*original, other))) continue;
      original = &other;
      found.of = CopyOf{other.key, shared.a_in_b, shared.b_in_a};
    } else if (!other.copy_of && is_copy(shared.b_in_a, shared.a_in_b)) {
      found.copied.push_back({other.key, {here.key, shared.b_in_a, shared.a_in_b}});
    }
  }
  return found;
}

}  // namespace vigie::kinship
