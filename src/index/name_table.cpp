#include "index/name_table.hpp"

#include <algorithm>
#include <numeric>

namespace vigie::index {

void NameTableWriter::document(std::span<std::string_view const> names) {
  auto const first = listed_.size();
  for (auto const name : names) {
    if (name.empty() || listed_.size() - first == kMaxNames) continue;
    uint32_t const number = names_.add(name);
    auto const mine = std::span(listed_).subspan(first);
    if (std::ranges::find(mine, number) == mine.end()) listed_.push_back(number);
  }
  begins_.push_back(static_cast<int64_t>(listed_.size()));
}

void NameTableWriter::finish(std::string& out) const {
  std::vector<uint32_t> by_name(names_.size());
  std::iota(by_name.begin(), by_name.end(), 0);
  std::ranges::sort(by_name, {}, [&](uint32_t number) { return names_.text(number); });
  std::vector<int64_t> ordinal_of(names_.size()), offsets{0}, listed;
  std::string letters;
  for (uint32_t const number : by_name) {
    ordinal_of[number] = static_cast<int64_t>(offsets.size()) - 1;
    letters += names_.text(number);
    offsets.push_back(static_cast<int64_t>(letters.size()));
  }
  listed.reserve(listed_.size());
  for (uint32_t const number : listed_) listed.push_back(ordinal_of[number]);
  put_fixed(out, static_cast<uint32_t>(names_.size()));
  put_fixed(out, uint64_t{listed_.size()});
  put_fixed(out, uint64_t{letters.size()});
  put_column(out, offsets);
  put_column(out, begins_);
  put_column(out, listed);
  out += letters;
}

std::optional<NameTable> NameTable::open(ByteCursor& bytes, uint32_t documents) {
  NameTable table;
  table.size_ = bytes.fixed<uint32_t>();
  table.listed_count_ = bytes.fixed<uint64_t>();
  auto const letters = bytes.fixed<uint64_t>();
  if (!bytes.ok() || table.listed_count_ >> 48) return std::nullopt;  // counts times widths must not wrap
  auto const offsets = Column::open(bytes, uint64_t{table.size_} + 1);
  auto const begins = offsets ? Column::open(bytes, uint64_t{documents} + 1) : std::nullopt;
  auto const listed = begins ? Column::open(bytes, table.listed_count_) : std::nullopt;
  if (!listed) return std::nullopt;
  table.offsets_ = *offsets;
  table.begins_ = *begins;
  table.listed_ = *listed;
  table.letters_ = bytes.bytes(letters);
  if (!bytes.ok()) return std::nullopt;
  return table;
}

std::string_view NameTable::name(uint32_t ordinal) const {
  if (ordinal >= size_) return {};
  auto const begin = static_cast<uint64_t>(offsets_[ordinal]), end = static_cast<uint64_t>(offsets_[ordinal + 1]);
  return begin <= end && end <= letters_.size() ? letters_.substr(begin, end - begin) : std::string_view{};
}

uint32_t NameTable::first_at_least(std::string_view wanted, uint32_t from) const {
  uint32_t step = 1, to = from;
  while (to < size_ && name(to) < wanted) {
    from = to + 1;
    to = size_ - to > step ? to + step : size_;
    step *= 2;
  }
  while (from < to) {
    uint32_t const middle = from + (to - from) / 2;
    if (name(middle) < wanted) {
      from = middle + 1;
    } else {
      to = middle;
    }
  }
  return from;
}

}  // namespace vigie::index
