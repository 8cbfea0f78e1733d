#include "index/text_ids.hpp"

#include "base/hash.hpp"

namespace vigie::index {

uint32_t TextIds::add(std::string_view text) {
  if (2 * (known_.size() + 1) > slots_.size()) grow();
  auto const hash = static_cast<uint32_t>(hash64(text));
  size_t const mask = slots_.size() - 1;
  size_t slot = hash & mask;
  for (; slots_[slot] != 0; slot = (slot + 1) & mask) {
    uint32_t const id = slots_[slot] - 1;
    if (known_[id].hash == hash && this->text(id) == text) return id;
  }
  known_.push_back({letters_.size(), static_cast<uint32_t>(text.size()), hash});
  letters_ += text;
  return (slots_[slot] = size()) - 1;
}

void TextIds::clear() {
  slots_ = {};
  known_ = {};
  letters_ = {};
}

void TextIds::grow() {
  slots_.assign(slots_.empty() ? 64 : 2 * slots_.size(), 0);
  size_t const mask = slots_.size() - 1;
  for (uint32_t id = 0; id < known_.size(); ++id) {
    size_t slot = known_[id].hash & mask;
    while (slots_[slot] != 0) slot = (slot + 1) & mask;
    slots_[slot] = id + 1;
  }
}

}  // namespace vigie::index
