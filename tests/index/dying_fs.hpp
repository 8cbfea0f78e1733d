// dying_fs.hpp: a file system for tests that dies when it is told to, and never waits for a disk.
#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/fs.hpp"

namespace vigie::index {

// A file system that dies: from the n-th change on, nothing is written any more, and what was appended without a sync
// is lost or cut in the middle. Several threads may write.
class DyingFs final : public Fs {
 public:
  explicit DyingFs(int changes) : left_(changes) {}

  class DyingFile final : public File {
   public:
    DyingFile(DyingFs& fs, std::unique_ptr<File> file, std::string path)
        : fs_(fs), file_(std::move(file)), path_(std::move(path)) {}
    Status append(std::string_view bytes) override {
      if (!fs_.change()) {
        (void)file_->append(bytes.substr(0, bytes.size() / 2));
        return fail(Errc::io, "the disk is gone");
      }
      return file_->append(bytes);
    }
    Status sync() override {
      if (!fs_.change()) {
        (void)real_fs().truncate(path_, file_->size() / 3);
        return fail(Errc::io, "the disk is gone");
      }
      return {};
    }
    uint64_t size() const override { return file_->size(); }

   private:
    DyingFs& fs_;
    std::unique_ptr<File> file_;
    std::string path_;
  };

  bool change() { return left_-- > 0; }
  Status changed() { return change() ? Status{} : fail(Errc::io, "the disk is gone"); }

  Result<std::unique_ptr<File>> create(std::string const& path) override {
    VIGIE_CHECK(changed());
    VIGIE_TRY(auto file, real_fs().create(path));
    return std::make_unique<DyingFile>(*this, std::move(file), path);
  }
  Result<std::unique_ptr<File>> open_append(std::string const& path) override { return real_fs().open_append(path); }
  Result<std::shared_ptr<MappedFile const>> map(std::string const& path) override { return real_fs().map(path); }
  Result<std::string> read(std::string const& path) override { return real_fs().read(path); }
  Status rename(std::string const& from, std::string const& to) override {
    VIGIE_CHECK(changed());
    return real_fs().rename(from, to);
  }
  Status remove(std::string const& path) override {
    VIGIE_CHECK(changed());
    return real_fs().remove(path);
  }
  Status truncate(std::string const& path, uint64_t size) override { return real_fs().truncate(path, size); }
  Status sync_folder(std::string const&) override { return changed(); }
  Status make_folders(std::string const& path) override { return real_fs().make_folders(path); }
  Result<std::vector<std::string>> list(std::string const& folder) override { return real_fs().list(folder); }
  bool exists(std::string const& path) override { return real_fs().exists(path); }

 private:
  std::atomic<int> left_;
};

}  // namespace vigie::index
