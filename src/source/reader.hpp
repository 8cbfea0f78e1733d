// reader.hpp: pulls captures, one at a time, out of whatever a person points at: an HTML page, a plain-text scrape, a
// jsonl file, a WARC (plain, .gz per record or whole, .zst), a feed document, or a folder of those.
// What an input is, is told from its bytes first and its name second. Memory: one record at a time, bounded by Limits.
// Threads: a Reader belongs to one thread. Lifetime: items own their bytes.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "source/capture.hpp"

namespace vigie::source {

struct Limits {
  uint64_t record_bytes = 64u << 20;  // one page, line or payload after decompression; larger is over_limit
  uint64_t expansion = 1000;          // decompressed / compressed bytes of one record before it is called a bomb
};

struct Item {
  std::string input;      // the path as given, or the file inside the given folder
  uint64_t position = 0;  // where in it: line (jsonl, from 1), byte offset of the record (WARC), entry (feeds, from 0)
  Result<Capture> capture;  // an error is about this item alone; the reader goes on behind it
};

struct Progress {
  uint64_t bytes_done = 0;
  uint64_t bytes_total = 0;  // 0 where unknown (a pipe)
  uint64_t records = 0;      // of an archive: read whole, whatever they held
  uint64_t damaged = 0;      // of an archive: stretches that could not be read
};

class Reader {
 public:
  virtual ~Reader() = default;
  // The next item, or nothing at the end. Records that are no capture (warcinfo, requests, DNS) are passed over in
  // silence; HTTP errors and non-text payloads are items with an `unsupported` error naming what they were.
  virtual std::optional<Item> next() = 0;
  virtual Progress progress() const = 0;
};

// Opens a file or a folder (walked in name order, symbolic links not followed). Errors: not_found, io.
Result<std::unique_ptr<Reader>> open_path(std::string const& path, Limits = {});
// The same, but going on at the `position` of an item of an archive. Where no record begins there (another file since,
// a file compressed as a whole), reading begins at the beginning.
Result<std::unique_ptr<Reader>> open_path_at(std::string const& path, uint64_t position, Limits = {});
// Reads from an open descriptor (standard input), which it does not close; `name` is what Item.input says.
Result<std::unique_ptr<Reader>> open_descriptor(int descriptor, std::string name, Limits = {});

// One whole file as one capture, for `vigie extract`: never split into lines or entries. Media is told from the bytes.
Result<Capture> read_single(std::string const& path, Limits = {});

}  // namespace vigie::source
