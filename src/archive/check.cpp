#include "archive/check.hpp"

#include <filesystem>
#include <map>

#include "base/hash.hpp"

namespace vigie::archive {
namespace {

constexpr int64_t kGroup = 1024;
constexpr size_t kMostFindings = 1000;

Status check_database(CatalogueReader& reader, std::vector<Finding>& findings) {
  VIGIE_TRY(auto query, Statement::prepare(reader.database(), "PRAGMA integrity_check"));
  while (true) {
    VIGIE_TRY(bool const row, query.step());
    if (!row) break;
    if (query.text(0) != "ok") findings.push_back({"vigie.db", std::string(query.text(0))});
  }
  struct Law {
    char const* sql;
    char const* broken;
  };
  // Each counts what must not be there.
  constexpr Law kLaws[] = {
      {"SELECT count(*) FROM edition e WHERE NOT EXISTS(SELECT 1 FROM content c WHERE c.key=e.content)",
       "editions without text"},
      {"SELECT count(*) FROM edition e WHERE NOT EXISTS(SELECT 1 FROM capture c WHERE c.row=e.row)",
       "editions without a capture"},
      {"SELECT count(*) FROM capture c WHERE NOT EXISTS(SELECT 1 FROM edition e WHERE e.row=c.row)",
       "captures without an edition"},
      {"SELECT count(*) FROM edition e WHERE superseded_by IS NOT NULL AND NOT EXISTS(SELECT 1 FROM edition n WHERE "
       "n.row=e.superseded_by)",
       "editions superseded by one that is not there"},
      {"SELECT count(*) FROM edition e WHERE e.speech IS NOT NULL AND NOT EXISTS(SELECT 1 FROM speech s WHERE "
       "s.key=e.speech)",
       "editions that have lost what was found in them"},
      {"SELECT count(*) FROM kin k WHERE NOT EXISTS(SELECT 1 FROM edition e WHERE e.row=k.row AND e.superseded_by IS "
       "NULL)",
       "kinships of editions that are not the latest"},
      {"SELECT count(*) FROM kin k WHERE k.copy_of IS NOT NULL AND NOT EXISTS(SELECT 1 FROM kin o WHERE "
       "o.row=k.copy_of)",
       "copies of articles that are not there"},
      {"SELECT count(*) FROM kin k JOIN kin o ON o.row=k.copy_of WHERE k.root IS NOT coalesce(o.root,o.row)",
       "copies that have lost the first of them"},
      {"SELECT abs(articles-(SELECT count(*) FROM edition WHERE superseded_by IS NULL)) FROM total",
       "articles not in the totals"},
      {"SELECT abs(editions-(SELECT count(*) FROM edition)) FROM total", "editions not in the totals"},
      {"SELECT count(*) FROM doomed_file", "capture files still to be unlinked"},
  };
  for (auto const& law : kLaws) {
    VIGIE_TRY(auto const count, reader.database().integer(law.sql));
    if (count != 0) findings.push_back({"vigie.db", std::to_string(count) + " " + law.broken});
  }
  return {};
}

Status check_record(CaptureFiles const& captures, CapturePointer at, bool full) {
  if (!full) return captures.verify(at);
  VIGIE_TRY(auto const record, captures.read(at));
  VIGIE_TRY(auto const capture, capture_of_record(record, captures.path(at.file)));
  auto const header = source::parse_warc_header(record);
  if (!header->fields.has("Vigie-Media")) return {};  // another program's digest may be of what was under its codings
  auto const digest = header->fields.get(capture.http_head.empty() ? "WARC-Block-Digest" : "WARC-Payload-Digest");
  if (digest != "sha1:" + sha1_base32(capture.body)) {
    return fail(Errc::corrupt, captures.path(at.file) + ": the record at byte " + std::to_string(at.start) +
                                   " does not agree with its digest");
  }
  return {};
}

Status check_captures(CatalogueReader& reader, CaptureFiles const& captures, bool full,
                      std::vector<Finding>& findings) {
  Row after{0};
  while (true) {
    VIGIE_TRY(auto const group, reader.captures_behind(after, kGroup));
    for (auto const& [row, at] : group) {
      after = row;
      auto const whole = check_record(captures, at, full);
      if (!whole) findings.push_back({"row " + std::to_string(static_cast<uint64_t>(row)), whole.error().message});
      if (findings.size() >= kMostFindings) return {};
    }
    if (group.size() < static_cast<size_t>(kGroup)) return {};
  }
}

// Bytes that the catalogue does not know are of an interrupted write: harmless while the archive is open for writing by
// its owner, and gone at the next open. Bytes that are missing are not.
Status check_files(CatalogueReader& reader, CaptureFiles const& captures, std::vector<Finding>& findings) {
  VIGIE_TRY(auto query, Statement::prepare(reader.database(), "SELECT number,bytes FROM capture_file"));
  std::map<uint64_t, uint64_t> known;
  while (true) {
    VIGIE_TRY(bool const row, query.step());
    if (!row) break;
    known[static_cast<uint64_t>(query.integer(0))] = static_cast<uint64_t>(query.integer(1));
  }
  for (auto const& [number, bytes] : known) {
    std::error_code error;
    auto const size = std::filesystem::file_size(captures.path(number), error);
    if (error) {
      findings.push_back({captures.path(number), "the file is not there"});
    } else if (size < bytes) {
      findings.push_back({captures.path(number), std::to_string(bytes - size) + " bytes are missing at its end"});
    }
  }
  VIGIE_TRY(auto const present, captures.present());
  uint64_t const last = known.empty() ? 0 : known.rbegin()->first;
  for (uint64_t const number : present) {
    if (number < last && !known.contains(number))
      findings.push_back({captures.path(number), "the catalogue does not know this file"});
  }
  return {};
}

}  // namespace

Result<std::vector<Finding>> check_archive(CatalogueReader& reader, CaptureFiles const& captures, bool full) {
  std::vector<Finding> findings;
  VIGIE_CHECK(check_database(reader, findings));
  VIGIE_CHECK(check_files(reader, captures, findings));
  VIGIE_CHECK(check_captures(reader, captures, full, findings));
  return findings;
}

Result<source::Capture> capture_of_record(std::string_view record, std::string const& where) {
  auto const header = source::parse_warc_header(record);
  if (!header || header->size + header->content_length > record.size())
    return fail(Errc::corrupt, where + ": a damaged record");
  auto capture = source::read_kept_record(*header, record.substr(header->size, header->content_length));
  if (!capture) return fail(Errc::corrupt, where + ": a record that holds no capture");
  return std::move(*capture);
}

}  // namespace vigie::archive
