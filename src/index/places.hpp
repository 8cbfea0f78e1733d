// places.hpp: what stands where: one term's occurrences as numbers, (position - previous) x forms + form, in groups of
// 128 of so many bits each; few that need more are told apart. A group's numbers lie in a row, so that a document's few
// are read without the others. Format: docs/format.md, "Positions".
// Threads: a cursor belongs to one thread. Lifetime: the bytes must outlive it. Damaged bytes end a list early.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace vigie::index {

inline constexpr unsigned kGroupPlaces = 128;

class PlaceWriter {
 public:
  void begin() {
    bytes_.clear();
    held_ = 0;
  }
  void add(uint64_t number) {
    numbers_[held_++] = number;
    if (held_ == kGroupPlaces) close_group();
  }
  // Where the next number will be: the group's first byte, and its rank there.
  size_t group() const { return bytes_.size(); }
  unsigned rank() const { return held_; }
  std::string const& end() {
    if (held_ > 0) close_group();
    return bytes_;
  }

 private:
  void close_group();
  std::array<uint64_t, kGroupPlaces> numbers_{};
  unsigned held_ = 0;
  std::string bytes_;
};

class PlaceCursor {
 public:
  PlaceCursor() = default;
  // Precondition: kPadding bytes may be read behind `bytes`.
  explicit PlaceCursor(std::string_view bytes) : bytes_(bytes) {}

  // Stands at the group that begins at this byte. False where there is none, or a damaged one.
  bool enter(size_t offset);
  bool next() { return enter(end_); }
  // The numbers of the group from the rank `first` on; first + out.size() <= 128. False where they are not all there.
  // Precondition: enter() or next() returned true.
  bool take(unsigned first, std::span<uint64_t> out) const;
  // The group's numbers, 128 but for the last group; behind the numbers of that one there may be some of no meaning.
  // Returns how many. Precondition: as of take().
  unsigned take_all(std::array<uint64_t, kGroupPlaces>& out) const;

 private:
  std::string_view bytes_, ranks_, highs_;
  size_t packed_ = 0, end_ = 0;  // end_: where the next group begins, if one does
  unsigned width_ = 0, high_bytes_ = 0;
};

// All numbers of a list, one after the other.
class PlaceStream {
 public:
  explicit PlaceStream(std::string_view bytes) : groups_(bytes) { hold(groups_.enter(0)); }

  // Up to `count` of the next numbers, at least one; none at the end. Until the next call.
  std::span<uint64_t const> take(size_t count) {
    if (at_ == held_) hold(groups_.next());
    auto const taken = std::span<uint64_t const>(numbers_).subspan(at_, std::min<size_t>(count, held_ - at_));
    at_ += static_cast<unsigned>(taken.size());
    return taken;
  }
  void skip(size_t count) {
    while (count > 0) {
      size_t const skipped = take(count).size();
      if (skipped == 0) return;
      count -= skipped;
    }
  }

 private:
  void hold(bool there) {
    at_ = 0;
    held_ = there ? groups_.take_all(numbers_) : 0;
  }

  PlaceCursor groups_;
  std::array<uint64_t, kGroupPlaces> numbers_;
  unsigned at_ = 0, held_ = 0;
};

}  // namespace vigie::index
