// pile.hpp: an array of plain records that only ever grows at its end. std::vector but for two things that a page's
// nodes and attributes feel: push() hands out an element that nobody has cleared, and growing is realloc(), which for
// large arrays moves pages of memory, not bytes.
// Threads: confined. Invalidation: push() moves all elements when it grows.
#pragma once

#include <cstdlib>
#include <new>
#include <type_traits>

namespace vigie::page {

template <class T>
class Pile {
  static_assert(std::is_trivially_copyable_v<T> && std::is_trivially_destructible_v<T>);

 public:
  Pile() = default;
  ~Pile() { std::free(data_); }
  Pile(Pile const&) = delete;
  Pile& operator=(Pile const&) = delete;

  // One more element, its bytes as they come.
  T& push() {
    if (size_ == capacity_) [[unlikely]]
      grow();
    return data_[size_++];
  }
  void push_back(T const& value) {
    T const copy = value;  // `value` may be in this very array
    push() = copy;
  }
  // Drops what is behind the first `size` elements.
  void shrink(size_t size) { size_ = size < size_ ? size : size_; }
  void clear() { size_ = 0; }
  // Gives the memory back.
  void release() {
    std::free(data_);
    data_ = nullptr;
    size_ = capacity_ = 0;
  }

  T& operator[](size_t i) { return data_[i]; }
  T const& operator[](size_t i) const { return data_[i]; }
  T* data() { return data_; }
  T const* data() const { return data_; }
  size_t size() const { return size_; }
  size_t capacity() const { return capacity_; }

 private:
  [[gnu::noinline]] void grow() {
    size_t const capacity = capacity_ == 0 ? 256 : capacity_ + capacity_ / 2;
    void* const moved = std::realloc(static_cast<void*>(data_), capacity * sizeof(T));
    if (moved == nullptr) throw std::bad_alloc();
    data_ = static_cast<T*>(moved);
    capacity_ = capacity;
  }

  T* data_ = nullptr;
  size_t size_ = 0, capacity_ = 0;
};

}  // namespace vigie::page
