// keep.hpp: how captures leave this folder: one function that keeps what a reader gives and tells what became of each
// item, in order, once it is durable. The engine's Store::ingest fits it; tests keep in memory.
#pragma once

#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "source/reader.hpp"

namespace vigie::collect {

struct Kept {
  enum class How : uint8_t { fresh, unchanged, edition, error };
  uint64_t position = 0;  // of the item
  How how = How::error;
  std::string id{}, error{};
  uint64_t letters = 0;  // code points a reader reads of a fresh article or edition; 0 where not known
};

using Keep = std::function<Status(source::Reader&, std::function<void(Kept const&)> const& each, std::stop_token)>;

// Captures in memory as a Reader; position is the index.
class CaptureReader final : public source::Reader {
 public:
  explicit CaptureReader(std::vector<source::Item> items) : items_(std::move(items)) {}
  std::optional<source::Item> next() override {
    if (at_ == items_.size()) return std::nullopt;
    auto& item = items_[at_];
    item.position = at_++;
    return std::move(item);
  }
  source::Progress progress() const override { return {at_, items_.size()}; }

 private:
  std::vector<source::Item> items_;
  size_t at_ = 0;
};

}  // namespace vigie::collect
