// turn.hpp: one of a few who may do something costly at the same time; given back at the end. Threads: safe.
#pragma once

#include <atomic>

namespace vigie::serve {

template <class Count>
class Turn {
 public:
  Turn(std::atomic<Count>& under_way, Count at_once)
      : under_way_(under_way), granted_(under_way.fetch_add(1) < at_once) {}
  ~Turn() { under_way_.fetch_sub(1); }
  Turn(Turn const&) = delete;
  Turn& operator=(Turn const&) = delete;
  bool granted() const { return granted_; }

 private:
  std::atomic<Count>& under_way_;
  bool granted_;
};

}  // namespace vigie::serve
