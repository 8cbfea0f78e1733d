#include "index/inspect.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "base/coding.hpp"
#include "base/hash.hpp"
#include "index/manifest.hpp"
#include "index/segment.hpp"

namespace vigie::index {
namespace {

constexpr size_t kTermsShown = 20;

std::string padded(std::string text, size_t width) {
  if (text.size() < width) text.append(width - text.size(), ' ');
  return text;
}

std::string line(std::string_view name, std::string const& value) {
  return padded(std::string(name), 18) + value + "\n";
}
std::string line(std::string_view name, uint64_t value) { return line(name, std::to_string(value)); }

std::string told(Manifest const& manifest) {
  std::string out = line("manifest, format", kFormatVersion);
  out += line("covers row", manifest.covered_row) + line("next segment", manifest.next_number);
  out += line("segments", manifest.segments.size());
  for (auto const& segment : manifest.segments) {
    out += "  " + segment_file_name(segment.number) + "  " + std::to_string(segment.erased.size()) + " erased, " +
           std::to_string(segment.regrouped.size()) + " regrouped\n";
  }
  return out;
}

// Offsets, sizes and checksums as the header has them; it is read here by itself, so that a damaged one is told too.
std::string told_sections(std::string_view bytes) {
  std::string out;
  ByteCursor cursor(bytes.substr(std::min<size_t>(bytes.size(), 24)));
  for (Section const section : kSections) {
    auto const offset = cursor.fixed<uint64_t>(), size = cursor.fixed<uint64_t>(), hash = cursor.fixed<uint64_t>();
    bool const within = cursor.ok() && offset <= bytes.size() && size <= bytes.size() - offset;
    bool const whole = within && hash64(bytes.substr(offset, size)) == hash;
    out += "  " + padded(std::string(name(section)), 12) + padded(std::to_string(offset), 12) +
           padded(std::to_string(size), 12) +
           (whole    ? "whole"
            : within ? "DAMAGED"
                     : "OUTSIDE THE FILE") +
           "\n";
  }
  return out;
}

std::string readable(std::string_view key) {
  std::string out;
  for (char const c : key) out += c == kSpaceEnd ? ':' : static_cast<unsigned char>(c) < ' ' ? '?' : c;
  return out;
}

// The terms with most documents.
std::string told_terms(Segment const& segment) {
  struct Frequent {
    uint32_t documents;
    std::string key;
    size_t forms, bytes, place_bytes;
  };
  std::vector<Frequent> terms;
  uint64_t postings = 0, in_place = 0, bytes = 0, place_bytes = 0;
  for (auto cursor = segment.terms().seek(""); cursor.valid(); cursor.next()) {
    auto const term = segment.decode(cursor);
    if (!term) continue;
    postings += term->documents;
    in_place += term->documents == 1 ? 1 : 0;
    bytes += term->documents == 1 ? 0 : term->postings.size();
    place_bytes += term->places.size();
    terms.push_back(
        {term->documents, readable(cursor.key()), term->variants.size(), term->postings.size(), term->places.size()});
    if (terms.size() < 4096) continue;
    std::ranges::nth_element(terms, terms.begin() + kTermsShown, std::greater{}, &Frequent::documents);
    terms.resize(kTermsShown);
  }
  std::ranges::stable_sort(terms, std::greater{}, &Frequent::documents);
  std::string out = line("terms", segment.terms().size()) + line("in the dictionary", in_place) +
                    line("postings", postings) +
                    line("bytes", std::to_string(bytes) + " + " + std::to_string(place_bytes) + " of places");
  for (size_t i = 0; i < std::min(terms.size(), kTermsShown); ++i) {
    Frequent const& term = terms[i];
    out += "  " + padded(term.key, 20) + padded(std::to_string(term.documents), 10) + std::to_string(term.bytes) +
           " + " + std::to_string(term.place_bytes) + " bytes, " + std::to_string(term.forms) + " forms\n";
  }
  return out;
}

std::string told(Segment const& segment) {
  Totals const& totals = segment.totals();
  std::string out = line("documents", totals.documents);
  out += line("newest, oldest", std::to_string(segment.newest_s()) + ", " + std::to_string(segment.oldest_s()));
  out +=
      line("words", "title " + std::to_string(totals.title_words) + ", kicker " + std::to_string(totals.kicker_words) +
                        ", lede " + std::to_string(totals.lede_words) + ", body " + std::to_string(totals.body_words));
  out += line("sources", segment.sources().size()) + line("languages", segment.languages().size());
  out += line("people", segment.names(Names::people).size());
  out += line("organisations", segment.names(Names::organisations).size());
  out += line("places", segment.names(Names::places).size());
  static constexpr std::array<std::string_view, kColumns> kNames = {
      "time",        "published",    "seen",       "row",        "source",     "language",
      "title words", "kicker words", "lede words", "body words", "copy group", "story"};
  out += "columns, bits a document\n";
  for (size_t i = 0; i < kColumns; ++i) {
    out += "  " + padded(std::string(kNames[i]), 16) +
           std::to_string(segment.column(static_cast<ColumnOf>(i)).width()) + "\n";
  }
  out += told_terms(segment);
  for (auto const& what : segment.check()) out += "DAMAGED: " + what + "\n";
  return out;
}

}  // namespace

Result<std::string> inspect(std::string const& path, Fs& fs) {
  VIGIE_TRY(auto const file, fs.map(path));
  auto const bytes = file->bytes();
  if (bytes.starts_with(kManifestMagic)) {
    auto const manifest = decode_manifest(bytes);
    return manifest ? told(*manifest) : "DAMAGED: " + manifest.error().message + "\n";
  }
  if (!bytes.starts_with(kSegmentMagic)) {
    return fail(Errc::invalid_input, path + " is neither a manifest nor a segment of an index");
  }
  std::string out = line("segment, bytes", bytes.size());
  out += "sections            offset      bytes\n" + told_sections(bytes);
  auto const segment = Segment::open(file, path.substr(path.rfind('/') + 1));
  return out + (segment ? told(**segment) : "DAMAGED: " + segment.error().message + "\n");
}

}  // namespace vigie::index
