#include "archive/capture_files.hpp"

#include <algorithm>
#include <charconv>
#include <cstdio>

#include "base/hash.hpp"
#include "source/inflate.hpp"

namespace vigie::archive {
namespace {

constexpr size_t kFlushBytes = size_t{8} << 20;
constexpr uint64_t kRecordMost = uint64_t{1} << 30;  // of one record read back; what was written is far smaller
constexpr std::string_view kSuffix = ".warc.gz";

std::string file_name(uint64_t number) {
  char buffer[40];
  return {buffer, static_cast<size_t>(
                      std::snprintf(buffer, sizeof buffer, "%06llu.warc.gz", static_cast<unsigned long long>(number)))};
}

// 0 for a name that is not ours.
uint64_t number_of(std::string_view name) {
  if (!name.ends_with(kSuffix)) return 0;
  name.remove_suffix(kSuffix.size());
  uint64_t number = 0;
  auto const [end, error] = std::from_chars(name.data(), name.data() + name.size(), number);
  return error == std::errc{} && end == name.data() + name.size() ? number : 0;
}

}  // namespace

std::string CaptureFiles::path(uint64_t file) const { return folder_ + "/" + file_name(file); }

Result<std::vector<uint64_t>> CaptureFiles::present() const {
  std::vector<uint64_t> numbers;
  VIGIE_TRY(auto const names, fs_.list(folder_));
  for (auto const& name : names) {
    if (uint64_t const number = number_of(name); number > 0) numbers.push_back(number);
  }
  std::ranges::sort(numbers);
  return numbers;
}

Status CaptureFiles::recover(FileSizes committed) {
  VIGIE_CHECK(fs_.make_folders(folder_));
  sizes_ = committed_ = std::move(committed);
  VIGIE_TRY(auto const numbers, present());
  uint64_t const last_known = sizes_.empty() ? 0 : sizes_.rbegin()->first;
  for (uint64_t const number : numbers) {
    auto const known = sizes_.find(number);
    if (known == sizes_.end()) {
      if (number > last_known) VIGIE_CHECK(fs_.remove(path(number)));
      continue;
    }
    VIGIE_TRY(auto const mapped, fs_.map(path(number)));
    if (mapped->bytes().size() > known->second) VIGIE_CHECK(fs_.truncate(path(number), known->second));
  }
  return {};
}

uint64_t CaptureFiles::next_number() const {
  uint64_t const last = sizes_.empty() ? 0 : sizes_.rbegin()->first;
  return std::max(last, committed_.empty() ? 0 : committed_.rbegin()->first) + 1;
}

Status CaptureFiles::start_file(Time now) {
  uint64_t const number = next_number();
  VIGIE_TRY(file_, fs_.create(path(number)));
  number_ = number;
  new_name_ = true;
  packer_.pack(source::warc_info(file_name(number), now), pending_);
  sizes_[number] = pending_.size();
  return {};
}

Status CaptureFiles::open_for_append(Time now) {
  if (file_) {
    if (sizes_[number_] < rotate_bytes_) return {};
    VIGIE_CHECK(flush());
    VIGIE_CHECK(file_->sync());
    file_.reset();
  } else if (!sizes_.empty() && sizes_.rbegin()->second < rotate_bytes_) {
    auto opened = fs_.open_append(path(sizes_.rbegin()->first));
    // A file that is not what the catalogue says is left as it is, for check() to report.
    if (opened && (*opened)->size() == sizes_.rbegin()->second) {
      file_ = std::move(*opened);
      number_ = sizes_.rbegin()->first;
      return {};
    }
  }
  return start_file(now);
}

Status CaptureFiles::flush() {
  if (pending_.empty()) return {};
  VIGIE_CHECK(file_->append(pending_));
  pending_.clear();
  return {};
}

Result<CapturePointer> CaptureFiles::append(std::string_view record, Time now) {
  VIGIE_CHECK(open_for_append(now));
  size_t const before = pending_.size();
  packer_.pack(record, pending_);
  return appended(before);
}

Result<CapturePointer> CaptureFiles::append_member(std::string_view member, Time now) {
  VIGIE_CHECK(open_for_append(now));
  size_t const before = pending_.size();
  pending_ += member;
  return appended(before);
}

// The record is what stands in pending_ from `before` on.
Result<CapturePointer> CaptureFiles::appended(size_t before) {
  auto const member = std::string_view(pending_).substr(before);
  uint64_t& size = sizes_[number_];
  CapturePointer const pointer{number_, size, member.size(), hash64(member)};
  size += member.size();
  if (pending_.size() >= kFlushBytes) VIGIE_CHECK(flush());
  return pointer;
}

Status CaptureFiles::sync() {
  if (!file_) return {};
  VIGIE_CHECK(flush());
  VIGIE_CHECK(file_->sync());
  if (new_name_) VIGIE_CHECK(fs_.sync_folder(folder_));
  new_name_ = false;
  return {};
}

// Errors are left to the next open: what cannot be cut now is behind the committed size and is cut then. A file whose
// end could not be cut is not appended to (open_for_append looks at its size).
void CaptureFiles::rollback() {
  file_.reset();
  number_ = 0;
  pending_.clear();
  for (auto const& [number, size] : sizes_) {
    auto const known = committed_.find(number);
    if (known == committed_.end()) {
      [[maybe_unused]] auto const gone = fs_.remove(path(number));
    } else if (known->second != size) {
      [[maybe_unused]] auto const cut = fs_.truncate(path(number), known->second);
    }
  }
  sizes_ = committed_;
}

Result<std::string_view> CaptureFiles::member(MappedFile const& mapped, CapturePointer at) const {
  auto const bytes = mapped.bytes();
  if (at.start > bytes.size() || at.length > bytes.size() - at.start) {
    return fail(Errc::corrupt, path(at.file) + " is shorter than the catalogue says");
  }
  auto const member = bytes.substr(at.start, at.length);
  if (hash64(member) != at.digest) {
    return fail(Errc::corrupt, path(at.file) + ": the record at byte " + std::to_string(at.start) + " is damaged");
  }
  return member;
}

Result<std::string> CaptureFiles::read(CapturePointer at) const {
  VIGIE_TRY(auto const mapped, fs_.map(path(at.file)));
  VIGIE_TRY(auto const bytes, member(*mapped, at));
  return source::inflate(bytes, source::Wrapping::gzip, kRecordMost);
}

Status CaptureFiles::verify(CapturePointer at) const {
  VIGIE_TRY(auto const mapped, fs_.map(path(at.file)));
  VIGIE_TRY([[maybe_unused]] auto const bytes, member(*mapped, at));
  return {};
}

Result<uint64_t> CaptureFiles::rewrite(uint64_t from, std::vector<CapturePointer> const& keep,
                                       std::vector<CapturePointer>& moved, Time now) {
  file_.reset();  // whatever was being appended to: the next append decides anew
  number_ = 0;
  sizes_.erase(from);
  if (keep.empty()) return 0;
  VIGIE_TRY(auto const mapped, fs_.map(path(from)));
  VIGIE_CHECK(start_file(now));
  for (auto const& at : keep) {
    auto const bytes = mapped->bytes();
    if (at.start > bytes.size() || at.length > bytes.size() - at.start) {
      return fail(Errc::corrupt, path(from) + " is shorter than the catalogue says");
    }
    CapturePointer to = at;  // with its digest: a damaged record stays known as damaged
    to.file = number_;
    to.start = sizes_[number_];
    moved.push_back(to);
    pending_ += bytes.substr(at.start, at.length);
    sizes_[number_] += at.length;
    if (pending_.size() >= kFlushBytes) VIGIE_CHECK(flush());
  }
  uint64_t const number = number_;
  VIGIE_CHECK(sync());
  file_.reset();
  number_ = 0;
  return number;
}

Status CaptureFiles::drop(uint64_t file) {
  if (!fs_.exists(path(file))) return {};
  VIGIE_CHECK(fs_.remove(path(file)));
  return fs_.sync_folder(folder_);
}

}  // namespace vigie::archive
