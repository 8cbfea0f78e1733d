// data_lock.hpp: one process owns a data directory. The lock is the kernel's (flock): it goes with its process, however
// that ends, so there is never a stale one to clear by hand.
#pragma once

#include <optional>
#include <string>

#include "base/result.hpp"

namespace vigie::engine {

class DataLock {
 public:
  // Takes the lock of `folder`, creating folder and file. Errors: busy (another process owns it), io.
  static Result<DataLock> take(std::string const& folder);
  // The process that owns it, as it wrote itself down; for messages only.
  static std::string owner(std::string const& folder);

  DataLock(DataLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  DataLock& operator=(DataLock&&) = delete;
  ~DataLock();

 private:
  explicit DataLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};

}  // namespace vigie::engine
