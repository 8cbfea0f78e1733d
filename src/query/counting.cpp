#include "query/counting.hpp"

#include <algorithm>
#include <array>
#include <bit>

namespace vigie::query {
namespace {

void leave_out_erased(index::SegmentRef const& ref, DocId begin, Window& window) {
  if (!ref.erased) return;
  size_t const first = begin / 64;
  for (size_t w = 0; w < window.size() && first + w < ref.erased->size(); ++w) window[w] &= ~(*ref.erased)[first + w];
}

template <class Each>
void each_bit(Window const& window, Each each) {
  for (size_t w = 0; w < window.size(); ++w) {
    for (uint64_t bits = window[w]; bits != 0; bits &= bits - 1) {
      each(static_cast<DocId>(w * 64) + static_cast<DocId>(std::countr_zero(bits)));
    }
  }
}

// The window that holds a document.
DocId window_of(DocId doc) { return doc & ~(kWindowDocs - 1); }

}  // namespace

uint64_t count_matches(index::SegmentRef const& ref, Matcher& matcher, FacetCounter* facets, uint64_t enough,
                       Matches* kept) {
  DocId const documents = ref.segment->documents();
  uint64_t count = 0;
  Window window;
  if (kept) kept->resize((documents + kWindowDocs - 1) / kWindowDocs * window.size());
  for (DocId at = 0; at < documents && count < enough;) {
    DocId const candidate = matcher.advance(at);
    if (candidate == kNoMoreDocs) break;
    DocId const begin = std::max(window_of(candidate), at);
    matcher.fill(begin, window);
    leave_out_erased(ref, begin, window);
    for (uint64_t const word : window) count += static_cast<uint64_t>(std::popcount(word));
    if (facets) facets->count(begin, window);
    if (kept) std::ranges::copy(window, kept->begin() + begin / 64);
    at = begin + kWindowDocs;
  }
  return count;
}

uint64_t count_holding(index::SegmentRef const& ref, std::span<Matcher* const> parts, size_t least) {
  DocId const documents = ref.segment->documents();
  uint64_t count = 0;
  Window window, enough;
  std::array<uint16_t, kWindowDocs> held;
  for (DocId begin = 0; begin < documents; begin += kWindowDocs) {
    held.fill(0);
    enough.fill(0);
    for (Matcher* const part : parts) {
      part->fill(begin, window);
      each_bit(window, [&](DocId bit) {
        if (++held[bit] == least) enough[bit >> 6] |= uint64_t{1} << (bit & 63);
      });
    }
    leave_out_erased(ref, begin, enough);
    for (uint64_t const word : enough) count += static_cast<uint64_t>(std::popcount(word));
  }
  return count;
}

}  // namespace vigie::query
