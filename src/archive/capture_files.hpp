// capture_files.hpp: captures/NNNNNN.warc.gz, files of WARC 1.1 records, one gzip member each. Bytes are appended and
// synced before the catalogue commits what points at them; what stands behind the catalogue's own idea of a file's size
// is the torn end of an interrupted write and is cut off at open.
// Threads: writing calls belong to the writer; read() may be called from any thread.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/fs.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "source/warc_writer.hpp"

namespace vigie::archive {

struct CapturePointer {
  uint64_t file = 0, start = 0, length = 0;
  uint64_t digest = 0;  // hash64 of the compressed member
};

using FileSizes = std::map<uint64_t, uint64_t>;  // number -> committed bytes

class CaptureFiles {
 public:
  CaptureFiles(Fs& fs, std::string folder, uint64_t rotate_bytes)
      : fs_(fs), folder_(std::move(folder)), rotate_bytes_(rotate_bytes) {}

  // Creates the folder; cuts torn ends; removes files that no commit knows and whose number is behind the last known.
  Status recover(FileSizes committed);

  // Appends a record to the present file (begun with a warcinfo record, dated `now`). Not on disk before sync().
  Result<CapturePointer> append(std::string_view record, Time now);
  // The same of a record that is packed already, as one gzip member.
  Result<CapturePointer> append_member(std::string_view member, Time now);
  // Everything appended is on the disk, and so are the names of new files. One write for a batch of small records.
  Status sync();
  // What sync() left uncommitted is now committed, or is cut off again.
  void committed() { committed_ = sizes_; }
  void rollback();
  // The sizes to commit.
  FileSizes const& sizes() const { return sizes_; }

  // Copies the members `keep` of one file into a new file, synced; returns its number (0 where nothing is kept) and
  // fills `moved` in the order of `keep`. The old file is the caller's to drop() once that is committed.
  Result<uint64_t> rewrite(uint64_t file, std::vector<CapturePointer> const& keep, std::vector<CapturePointer>& moved,
                           Time now);
  // Removes a file for good. Absent is done.
  Status drop(uint64_t file);

  // The record, decompressed, where its digest agrees. Errors: not_found, corrupt, io.
  Result<std::string> read(CapturePointer) const;
  // Only that the member is there and its digest agrees.
  Status verify(CapturePointer) const;

  std::string path(uint64_t file) const;
  // Numbers of the files that are there.
  Result<std::vector<uint64_t>> present() const;

 private:
  Result<std::string_view> member(MappedFile const&, CapturePointer) const;
  Status open_for_append(Time now);
  Status start_file(Time now);
  Result<CapturePointer> appended(size_t before);
  Status flush();
  uint64_t next_number() const;

  Fs& fs_;
  std::string folder_;
  uint64_t rotate_bytes_;
  source::RecordPacker packer_{};
  FileSizes sizes_, committed_;
  std::unique_ptr<File> file_;  // the present one
  uint64_t number_ = 0;         // its number; 0: none
  std::string pending_;         // appended, not yet written
  bool new_name_ = false;       // a file was created since the last sync of the folder
};

}  // namespace vigie::archive
