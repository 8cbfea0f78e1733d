// fixture.hpp: temporary files, invented WARC records and a reader run to its end.
#pragma once

#include <libdeflate.h>
#include <unistd.h>
#include <zstd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "source/reader.hpp"

namespace vigie::source {

class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "vigie-test-XXXXXX").string();
    path_ = ::mkdtemp(pattern.data());
  }
  ~TemporaryFolder() { std::filesystem::remove_all(path_); }
  TemporaryFolder(TemporaryFolder const&) = delete;
  TemporaryFolder& operator=(TemporaryFolder const&) = delete;

  std::string path(std::string const& name = "") const { return (path_ / name).string(); }
  std::string write(std::string const& name, std::string_view bytes) const {
    std::filesystem::create_directories((path_ / name).parent_path());
    std::ofstream(path_ / name, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    return path(name);
  }

 private:
  std::filesystem::path path_;
};

inline std::string gzip(std::string_view bytes) {
  libdeflate_compressor* const compressor = libdeflate_alloc_compressor(6);
  std::string out(libdeflate_gzip_compress_bound(compressor, bytes.size()), '\0');
  out.resize(libdeflate_gzip_compress(compressor, bytes.data(), bytes.size(), out.data(), out.size()));
  libdeflate_free_compressor(compressor);
  return out;
}

inline std::string zstd(std::string_view bytes) {
  std::string out(ZSTD_compressBound(bytes.size()), '\0');
  out.resize(ZSTD_compress(out.data(), out.size(), bytes.data(), bytes.size(), 3));
  return out;
}

inline std::string warc_record(std::string const& type, std::string const& fields, std::string const& block) {
  return "WARC/1.1\r\nWARC-Type: " + type + "\r\n" + fields + "Content-Length: " + std::to_string(block.size()) +
         "\r\n\r\n" + block + "\r\n\r\n";
}

inline std::string http(std::string const& status, std::string const& fields, std::string const& body) {
  return "HTTP/1.1 " + status + "\r\n" + fields + "\r\n" + body;
}

inline std::string page(std::string const& words) { return "<!doctype html><title>T</title><p>" + words; }

inline std::string response(std::string const& url, std::string const& body,
                            std::string const& fields = "Content-Type: text/html; charset=utf-8\r\n",
                            std::string const& status = "200 OK") {
  return warc_record("response",
                     "WARC-Target-URI: " + url +
                         "\r\nWARC-Date: 2024-05-01T10:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n",
                     http(status, fields, body));
}

inline std::vector<Item> read_all(Reader& reader, size_t most = 100'000) {
  std::vector<Item> items;
  while (items.size() < most) {
    auto item = reader.next();
    if (!item) break;
    items.push_back(std::move(*item));
  }
  return items;
}

inline std::vector<Item> read_all(std::string const& path, Limits limits = {}, size_t most = 100'000) {
  auto reader = open_path(path, limits);
  return reader ? read_all(**reader, most) : std::vector<Item>{Item{path, 0, tl::unexpected<Error>(reader.error())}};
}

// $VIGIE_SHARED, or "../shared" beside the repository; empty where there is none.
inline std::string shared(std::string const& name) {
  char const* const set = std::getenv("VIGIE_SHARED");
  std::string const path = (set ? std::string(set) : std::string(VIGIE_ROOT) + "/../shared") + "/" + name;
  return std::filesystem::exists(path) ? path : std::string();
}

}  // namespace vigie::source
