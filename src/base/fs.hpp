// fs.hpp: the few file operations that durability rests on, behind one interface so that tests can inject faults
// (lost unsynced writes, a failing n-th call, a full disk). Reading is by mapping; a mapped file that another program
// truncates raises SIGBUS, so sealed files are never changed in place, only replaced.
// Threads: Fs is safe to share; a File belongs to one thread at a time; a MappedFile may be read by all.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace vigie {

// An open file being appended to.
class File {
 public:
  virtual ~File() = default;
  virtual Status append(std::string_view bytes) = 0;
  virtual Status sync() = 0;  // fdatasync; until it returns, nothing appended is safe
  virtual uint64_t size() const = 0;
};

// The bytes of a file, readable until this object dies. bytes() may be read up to its end and no further.
class MappedFile {
 public:
  MappedFile(char const* data, size_t size) : data_(data), size_(size) {}
  ~MappedFile();
  MappedFile(MappedFile const&) = delete;
  MappedFile& operator=(MappedFile const&) = delete;
  std::string_view bytes() const { return {data_, size_}; }

 private:
  char const* data_;
  size_t size_;
};

class Fs {
 public:
  virtual ~Fs() = default;
  // Creates `path` (replacing what was there) or opens it for appending at its end.
  virtual Result<std::unique_ptr<File>> create(std::string const& path) = 0;
  virtual Result<std::unique_ptr<File>> open_append(std::string const& path) = 0;
  virtual Result<std::shared_ptr<MappedFile const>> map(std::string const& path) = 0;
  virtual Result<std::string> read(std::string const& path) = 0;
  virtual Status rename(std::string const& from, std::string const& to) = 0;
  virtual Status remove(std::string const& path) = 0;
  virtual Status truncate(std::string const& path, uint64_t size) = 0;
  virtual Status sync_folder(std::string const& path) = 0;  // so that a created, renamed or removed name survives
  virtual Status make_folders(std::string const& path) = 0;
  virtual Result<std::vector<std::string>> list(std::string const& folder) = 0;  // names, sorted
  virtual bool exists(std::string const& path) = 0;

  // Writes `path` whole or not at all: a temporary beside it, synced, renamed over it, folder synced.
  Status replace(std::string const& path, std::string_view bytes);
};

Fs& real_fs();

}  // namespace vigie
