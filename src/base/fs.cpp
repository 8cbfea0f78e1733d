#include "base/fs.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>

#include "base/descriptor.hpp"

namespace vigie {
namespace {

class PosixFile final : public File {
 public:
  PosixFile(int descriptor, uint64_t size, std::string path)
      : descriptor_(descriptor), size_(size), path_(std::move(path)) {}
  ~PosixFile() override { ::close(descriptor_); }

  Status append(std::string_view bytes) override {
    while (!bytes.empty()) {
      ssize_t const n = ::write(descriptor_, bytes.data(), bytes.size());
      if (n < 0) {
        if (errno == EINTR) continue;
        return fail_errno("cannot write " + path_);
      }
      bytes.remove_prefix(static_cast<size_t>(n));
      size_ += static_cast<uint64_t>(n);
    }
    return {};
  }
  Status sync() override {
    if (::fdatasync(descriptor_) != 0) return fail_errno("cannot sync " + path_);
    return {};
  }
  uint64_t size() const override { return size_; }

 private:
  int descriptor_;
  uint64_t size_;
  std::string path_;
};

class PosixFs final : public Fs {
 public:
  Result<std::unique_ptr<File>> create(std::string const& path) override { return open(path, O_TRUNC); }
  Result<std::unique_ptr<File>> open_append(std::string const& path) override { return open(path, O_APPEND); }

  Result<std::shared_ptr<MappedFile const>> map(std::string const& path) override {
    Descriptor const file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file.is_open()) return fail_errno("cannot open " + path);
    struct stat info{};
    if (::fstat(file.get(), &info) != 0) return fail_errno("cannot read the size of " + path);
    auto const size = static_cast<size_t>(info.st_size);
    if (size == 0) return std::make_shared<MappedFile const>(nullptr, 0);
    void* const data = ::mmap(nullptr, size, PROT_READ, MAP_SHARED, file.get(), 0);
    if (data == MAP_FAILED) return fail_errno("cannot map " + path);
    return std::make_shared<MappedFile const>(static_cast<char const*>(data), size);
  }

  // Not from a mapping: whoever shortens a file meanwhile, as each new owner does with the lock, would end this
  // process.
  Result<std::string> read(std::string const& path) override {
    Descriptor const file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file.is_open()) return fail_errno("cannot open " + path);
    struct stat info{};
    if (::fstat(file.get(), &info) != 0) return fail_errno("cannot read the size of " + path);
    std::string bytes(static_cast<size_t>(info.st_size), '\0');
    size_t filled = 0;
    while (filled < bytes.size()) {
      ssize_t const n = ::read(file.get(), bytes.data() + filled, bytes.size() - filled);
      if (n < 0 && errno != EINTR) return fail_errno("cannot read " + path);
      if (n == 0) break;
      if (n > 0) filled += static_cast<size_t>(n);
    }
    bytes.resize(filled);
    return bytes;
  }

  Status rename(std::string const& from, std::string const& to) override {
    if (::rename(from.c_str(), to.c_str()) != 0) return fail_errno("cannot rename " + from + " to " + to);
    return {};
  }
  Status remove(std::string const& path) override {
    if (::unlink(path.c_str()) != 0) return fail_errno("cannot remove " + path);
    return {};
  }
  Status truncate(std::string const& path, uint64_t size) override {
    if (::truncate(path.c_str(), static_cast<off_t>(size)) != 0) return fail_errno("cannot truncate " + path);
    return {};
  }
  Status sync_folder(std::string const& path) override {
    Descriptor const folder(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (folder.get() < 0) return fail_errno("cannot open " + path);
    if (::fsync(folder.get()) != 0) return fail_errno("cannot sync " + path);
    return {};
  }
  Status make_folders(std::string const& path) override {
    std::error_code error;
    std::filesystem::create_directories(path, error);
    if (error) return fail(Errc::io, "cannot create " + path + ": " + error.message());
    return {};
  }
  Result<std::vector<std::string>> list(std::string const& folder) override {
    std::error_code error;
    std::vector<std::string> names;
    for (std::filesystem::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
      names.push_back(at->path().filename().string());
    }
    if (error) return fail(Errc::io, "cannot list " + folder + ": " + error.message());
    std::ranges::sort(names);
    return names;
  }
  bool exists(std::string const& path) override { return ::access(path.c_str(), F_OK) == 0; }

 private:
  static Result<std::unique_ptr<File>> open(std::string const& path, int flag) {
    int const descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | flag, 0600);
    if (descriptor < 0) return fail_errno("cannot open " + path);
    struct stat info{};
    ::fstat(descriptor, &info);
    return std::make_unique<PosixFile>(descriptor, static_cast<uint64_t>(info.st_size), path);
  }
};

}  // namespace

MappedFile::~MappedFile() {
  if (size_ > 0) ::munmap(const_cast<char*>(data_), size_);
}

Status Fs::replace(std::string const& path, std::string_view bytes) {
  std::string const temporary = path + ".tmp";
  {
    VIGIE_TRY(auto const file, create(temporary));
    VIGIE_CHECK(file->append(bytes));
    VIGIE_CHECK(file->sync());
  }
  VIGIE_CHECK(rename(temporary, path));
  return sync_folder(std::filesystem::path(path).parent_path().string());
}

Fs& real_fs() {
  static PosixFs fs;
  return fs;
}

}  // namespace vigie
