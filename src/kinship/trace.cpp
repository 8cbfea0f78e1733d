#include "kinship/trace.hpp"

#include <array>
#include <cmath>
#include <utility>

#include "base/coding.hpp"

namespace vigie::kinship {
namespace {

constexpr uint8_t kFormat = 1;
constexpr size_t kTypicalBytes = 720;
constexpr uint32_t kHashMask = (1u << kHashBits) - 1;

std::array<float, 256> const kDamped = [] {  // 1 + ln(count)
  std::array<float, 256> table{};
  for (size_t n = 1; n < table.size(); ++n) table[n] = 1 + std::log(static_cast<float>(n));
  return table;
}();

void put_hash(std::string& out, uint32_t hash) {
  for (int shift = 0; shift < 24; shift += 8) out += static_cast<char>(hash >> shift);
}

uint32_t take_hash(ByteCursor& in) {
  auto const low = in.fixed<uint16_t>();
  return low | uint32_t{in.fixed<uint8_t>()} << 16;
}

uint64_t zigzag(int64_t value) { return static_cast<uint64_t>(value) << 1 ^ static_cast<uint64_t>(value >> 63); }
int64_t unzigzag(uint64_t value) { return static_cast<int64_t>(value >> 1) ^ -static_cast<int64_t>(value & 1); }

// A count of entries, never more than `most`: what was not written by encode() is refused before memory is taken.
bool take_size(ByteCursor& in, size_t most, size_t& size) {
  size = in.varint();
  return in.ok() && size <= most;
}

}  // namespace

float damped(unsigned count) {
  return count < kDamped.size() ? kDamped[count] : 1 + std::log(static_cast<float>(count));
}

float value_of(Term const& term) { return kDamped[term.count] * static_cast<float>(term.weight); }

void Trace::measure() {
  float all = 0, lead = 0, title = 0, names = 0, both = 0;
  sum_title = sum_prefix = sum_top = sum_days = 0;
  for (Term const& term : terms) {
    float const value = value_of(term), weight = term.weight;
    all += value * value;
    if (term.flags & (kInTitle | kInLede)) lead += weight * weight;
    if (term.flags & kInTitle) title += weight * weight, sum_title += weight;
    if (term.flags & kIsName) names += value * value;
    if (term.flags & kInPrefix) sum_prefix += weight;
    if (term.flags & kIsTop) sum_top += value;
  }
  for (Pair const& pair : pairs) both += static_cast<float>(pair.weight) * pair.weight;
  for (Day const& day : days) sum_days += day.weight;
  norm_all = std::sqrt(all), norm_lead = std::sqrt(lead), norm_title = std::sqrt(title);
  norm_names = std::sqrt(names), norm_pairs = std::sqrt(both);
}

std::string encode(Trace const& trace, Key key) {
  std::string out;
  out.reserve(kTypicalBytes);
  out += static_cast<char>(kFormat);
  put_fixed(out, static_cast<uint64_t>(trace.own));
  put_varint(out, trace.terms.size());
  for (Term const& term : trace.terms) {
    put_hash(out, term.hash);
    out += static_cast<char>(term.count);
    out += static_cast<char>(term.flags);
    out += static_cast<char>(term.weight);
  }
  put_varint(out, trace.pairs.size());
  for (Pair const& pair : trace.pairs) put_hash(out, pair.hash), out += static_cast<char>(pair.weight);
  put_varint(out, trace.days.size());
  for (Day const& day : trace.days) put_varint(out, zigzag(day.day)), out += static_cast<char>(day.weight);
  put_varint(out, trace.shingles);
  put_varint(out, trace.sketch.size());
  uint32_t before = 0;
  for (uint32_t const hash : trace.sketch) put_varint(out, hash - std::exchange(before, hash));
  put_varint(out, trace.links.size());
  for (Link const& link : trace.links) {
    put_varint(out, zigzag(static_cast<int64_t>(static_cast<uint64_t>(key) - static_cast<uint64_t>(link.key))));
    out += static_cast<char>(link.likeness);
  }
  return out;
}

std::optional<Trace> decode(std::string_view bytes, Key key) {
  ByteCursor in(bytes);
  Trace trace;
  if (in.fixed<uint8_t>() != kFormat) return std::nullopt;
  trace.own = StoryId{in.fixed<uint64_t>()};
  size_t size = 0;
  if (!take_size(in, kTermsMax, size)) return std::nullopt;
  trace.terms.resize(size);
  for (Term& term : trace.terms) {
    term.hash = take_hash(in);
    term.count = in.fixed<uint8_t>(), term.flags = in.fixed<uint8_t>(), term.weight = in.fixed<uint8_t>();
  }
  if (!take_size(in, kPairsMax, size)) return std::nullopt;
  trace.pairs.resize(size);
  for (Pair& pair : trace.pairs) pair.hash = take_hash(in), pair.weight = in.fixed<uint8_t>();
  if (!take_size(in, kDaysMax, size)) return std::nullopt;
  trace.days.resize(size);
  for (Day& day : trace.days) day.day = static_cast<int32_t>(unzigzag(in.varint())), day.weight = in.fixed<uint8_t>();
  trace.shingles = static_cast<uint32_t>(in.varint());
  if (!take_size(in, kSketchMax, size)) return std::nullopt;
  trace.sketch.resize(size);
  uint32_t before = 0;
  for (uint32_t& hash : trace.sketch) hash = before = (before + static_cast<uint32_t>(in.varint())) & kHashMask;
  if (!take_size(in, kLinksMax, size)) return std::nullopt;
  trace.links.resize(size);
  for (Link& link : trace.links) {
    link.key = Key{static_cast<uint64_t>(key) - static_cast<uint64_t>(unzigzag(in.varint()))};
    link.likeness = in.fixed<uint8_t>();
  }
  if (!in.ok() || !in.at_end()) return std::nullopt;
  trace.measure();
  return trace;
}

}  // namespace vigie::kinship
