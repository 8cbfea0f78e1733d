#include "index/manifest.hpp"

#include "base/coding.hpp"
#include "base/hash.hpp"
#include "text/analyzer.hpp"

namespace vigie::index {

std::string segment_file_name(uint64_t number) {
  std::string digits = std::to_string(number);
  if (digits.size() < 8) digits.insert(0, 8 - digits.size(), '0');
  return digits + ".seg";
}

std::string encode(Manifest const& manifest) {
  std::string out(kManifestMagic);
  put_fixed(out, kFormatVersion);
  put_fixed(out, text::kAnalyzerVersion);
  put_varint(out, manifest.covered_row);
  put_varint(out, manifest.next_number);
  put_varint(out, manifest.segments.size());
  for (auto const& segment : manifest.segments) {
    put_varint(out, segment.number);
    put_fixed(out, segment.header_hash);
    put_varint(out, segment.erased.size());
    DocId next = 0;
    for (DocId const doc : segment.erased) {
      put_varint(out, doc - next);
      next = doc + 1;
    }
    put_varint(out, segment.regrouped.size());
    for (auto const& [doc, grouping] : segment.regrouped) {
      put_varint(out, doc);
      put_fixed(out, grouping.copy_group);
      put_fixed(out, grouping.story);
    }
  }
  put_fixed(out, hash64(out));
  return out;
}

Result<Manifest> decode_manifest(std::string_view bytes) {
  auto const damaged = [] { return fail(Errc::corrupt, "the index manifest is damaged; run `vigie reindex`"); };
  ByteCursor cursor(bytes);
  if (cursor.bytes(kManifestMagic.size()) != kManifestMagic) return damaged();
  auto const format = cursor.fixed<uint32_t>();
  auto const analyzer = cursor.fixed<uint32_t>();
  if (!cursor.ok()) return damaged();
  if (format != kFormatVersion) {
    return fail(Errc::unsupported, "the index has format " + std::to_string(format) + ", this build reads " +
                                       std::to_string(kFormatVersion) + "; run `vigie reindex`");
  }
  if (analyzer != text::kAnalyzerVersion) {
    return fail(Errc::unsupported, "the index holds words by analysis rules " + std::to_string(analyzer) +
                                       ", this build has " + std::to_string(text::kAnalyzerVersion) +
                                       "; run `vigie reindex`");
  }
  if (bytes.size() < 8 ||
      ByteCursor(bytes.substr(bytes.size() - 8)).fixed<uint64_t>() != hash64(bytes.substr(0, bytes.size() - 8))) {
    return damaged();
  }
  Manifest manifest;
  manifest.covered_row = cursor.varint();
  manifest.next_number = cursor.varint();
  for (uint64_t left = cursor.varint(); left > 0 && cursor.ok(); --left) {
    ManifestSegment segment;
    segment.number = cursor.varint();
    segment.header_hash = cursor.fixed<uint64_t>();
    uint64_t next = 0;
    for (uint64_t erased = cursor.varint(); erased > 0 && cursor.ok(); --erased) {
      next += cursor.varint();
      segment.erased.push_back(static_cast<DocId>(next++));
    }
    for (uint64_t regrouped = cursor.varint(); regrouped > 0 && cursor.ok(); --regrouped) {
      auto const doc = static_cast<DocId>(cursor.varint());
      auto const copy_group = cursor.fixed<uint64_t>();
      segment.regrouped[doc] = {copy_group, cursor.fixed<uint64_t>()};
    }
    manifest.segments.push_back(std::move(segment));
  }
  if (!cursor.ok()) return damaged();
  return manifest;
}

}  // namespace vigie::index
