// manifest.hpp: the one file that says what the index is: which segments, which of their documents are erased, and up
// to which archive row they cover. Replaced whole; what it does not name does not exist. Format: docs/format.md,
// "Manifest".
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "index/format.hpp"
#include "index/snapshot.hpp"

namespace vigie::index {

struct ManifestSegment {
  uint64_t number = 0;  // the file's name
  uint64_t header_hash = 0;
  std::vector<DocId> erased;  // ascending
  Regrouped regrouped = {};
  bool operator==(ManifestSegment const&) const = default;
};

struct Manifest {
  uint64_t covered_row = 0;
  uint64_t next_number = 1;
  std::vector<ManifestSegment> segments;
  bool operator==(Manifest const&) const = default;
};

std::string segment_file_name(uint64_t number);  // "00000007.seg"

std::string encode(Manifest const&);
// Errors: corrupt; unsupported: a newer format, or words analysed by other rules.
Result<Manifest> decode_manifest(std::string_view bytes);

}  // namespace vigie::index
