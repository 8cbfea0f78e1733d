// mutex.hpp: a mutex that clang's -Wthread-safety understands, and Published<T>, how a writer hands an immutable value
// to readers. std::atomic<shared_ptr> is reported as a race by ThreadSanitizer on g++ 12; a mutex around it is not.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>

#if defined(__clang__)
#define VIGIE_THREAD_ATTRIBUTE(x) __attribute__((x))
#else
#define VIGIE_THREAD_ATTRIBUTE(x)
#endif
#define VIGIE_GUARDED_BY(m) VIGIE_THREAD_ATTRIBUTE(guarded_by(m))
#define VIGIE_REQUIRES(m) VIGIE_THREAD_ATTRIBUTE(requires_capability(m))

namespace vigie {

class VIGIE_THREAD_ATTRIBUTE(capability("mutex")) Mutex {
 public:
  void lock() VIGIE_THREAD_ATTRIBUTE(acquire_capability()) { mutex_.lock(); }
  void unlock() VIGIE_THREAD_ATTRIBUTE(release_capability()) { mutex_.unlock(); }

 private:
  std::mutex mutex_;
};

class VIGIE_THREAD_ATTRIBUTE(scoped_lockable) MutexLock {
 public:
  explicit MutexLock(Mutex& mutex) VIGIE_THREAD_ATTRIBUTE(acquire_capability(mutex)) : mutex_(mutex) { mutex_.lock(); }
  ~MutexLock() VIGIE_THREAD_ATTRIBUTE(release_capability()) { mutex_.unlock(); }
  MutexLock(MutexLock const&) = delete;
  MutexLock& operator=(MutexLock const&) = delete;
  // BasicLockable, so that std::condition_variable_any can wait on it.
  void lock() VIGIE_THREAD_ATTRIBUTE(acquire_capability()) { mutex_.lock(); }
  void unlock() VIGIE_THREAD_ATTRIBUTE(release_capability()) { mutex_.unlock(); }

 private:
  Mutex& mutex_;
};

using Condition = std::condition_variable_any;

// One writer sets, many readers get. A reader keeps what it got alive for as long as it holds it.
template <class T>
class Published {
 public:
  explicit Published(std::shared_ptr<T const> first = nullptr) : value_(std::move(first)) {}
  std::shared_ptr<T const> get() const {
    MutexLock lock(mutex_);
    return value_;
  }
  void set(std::shared_ptr<T const> value) {
    MutexLock lock(mutex_);
    value_.swap(value);
  }

 private:
  mutable Mutex mutex_;
  std::shared_ptr<T const> value_ VIGIE_GUARDED_BY(mutex_);
};

}  // namespace vigie
