#include "cli/resume.hpp"

#include <sys/stat.h>

namespace vigie::cli {
namespace {

constexpr int64_t kSmallest = int64_t{1} << 20;
constexpr auto kEvery = std::chrono::seconds(2);

bool is_archive_name(std::string const& path) {
  auto const name = path.substr(path.rfind('/') + 1);
  return name.find(".warc") != std::string::npos || name.find(".arc") != std::string::npos;
}

}  // namespace

Resume::Resume(std::string const& data, std::string const& path) {
  struct stat info{};
  bool const usable = is_archive_name(path) && ::stat(path.c_str(), &info) == 0 && S_ISREG(info.st_mode);
  if (!usable || info.st_size < kSmallest) return;
  auto book = collect::SourceBook::open(data);
  if (!book) return;
  book_ = std::move(*book);
  identity_ = path + "|" + std::to_string(info.st_size) + "|" + std::to_string(info.st_mtim.tv_sec) + "." +
              std::to_string(info.st_mtim.tv_nsec);
  position_ = written_ = book_->archive_position(identity_).value_or(0);
}

void Resume::reached(uint64_t position) {
  if (!book_) return;
  position_ = position;
  if (std::chrono::steady_clock::now() - last_ < kEvery) return;
  interrupted();
  last_ = std::chrono::steady_clock::now();
}

void Resume::finished() {
  if (book_ && written_ > 0) static_cast<void>(book_->set_archive_position(identity_, 0));
}

void Resume::interrupted() {
  if (!book_ || position_ == written_) return;
  if (book_->set_archive_position(identity_, position_)) written_ = position_;
}

}  // namespace vigie::cli
