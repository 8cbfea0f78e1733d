#include "engine/data_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>

#include "base/fs.hpp"

namespace vigie::engine {
namespace {

std::string lock_path(std::string const& folder) { return folder + "/lock"; }

}  // namespace

Result<DataLock> DataLock::take(std::string const& folder) {
  VIGIE_CHECK(real_fs().make_folders(folder));
  int const descriptor = ::open(lock_path(folder).c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor < 0) return fail_errno("cannot open " + lock_path(folder));
  DataLock lock(descriptor);
  if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK) return fail_errno("cannot lock " + lock_path(folder));
    return fail(Errc::busy, folder + " is in use by process " + owner(folder));
  }
  std::string const pid = std::to_string(::getpid()) + "\n";
  if (::ftruncate(descriptor, 0) != 0 || ::pwrite(descriptor, pid.data(), pid.size(), 0) < 0) {
    return fail_errno("cannot write " + lock_path(folder));
  }
  return lock;
}

std::string DataLock::owner(std::string const& folder) {
  auto text = real_fs().read(lock_path(folder));
  if (!text || text->empty()) return "?";
  return text->substr(0, text->find('\n'));
}

DataLock::~DataLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace vigie::engine
