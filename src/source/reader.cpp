#include "source/reader.hpp"

#include <sys/stat.h>

#include "source/arc_reader.hpp"
#include "source/document_reader.hpp"
#include "source/folder_reader.hpp"
#include "source/line_reader.hpp"
#include "source/sniff.hpp"
#include "source/warc_reader.hpp"
#include "source/window.hpp"

namespace vigie::source {
namespace {

// "page.html.gz" -> "page.html": the name of what is inside.
std::string_view inner_name(std::string_view name) {
  for (std::string_view const suffix : {".gz", ".zst"}) {
    if (name.ends_with(suffix)) return name.substr(0, name.size() - suffix.size());
  }
  return name;
}

// Whether an input's format can be told from `view`. A pipe may give one line and then nothing for an hour, so a first
// line that is a whole object is enough.
bool is_enough(std::string_view view) {
  if (view.size() >= kSniffBytes) return true;
  auto line = skip_blank(view);
  size_t const end = line.find('\n');
  if (end == std::string_view::npos) return false;
  line = line.substr(0, end);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line.starts_with('{') && line.ends_with('}');
}

// Reads enough to tell the format, or to the end. Errors: what the bytes report.
Status begin(Window& window) {
  while (!is_enough(window.view())) {
    VIGIE_TRY(bool const more, window.fill());
    if (!more) break;
  }
  return {};
}

Result<std::unique_ptr<Reader>> open_file(std::unique_ptr<RawFile> file, std::string input, Limits limits) {
  uint64_t const first = file->offset();
  VIGIE_TRY(auto bytes, open_bytes(std::move(file), limits));
  Window window(std::move(bytes), first);
  // What cannot be decoded even at its beginning may be a WARC with a damaged first member: that reader finds the next.
  auto const begun = begin(window);
  bool const archive_name = input.find(".warc") != std::string::npos;
  if (!begun && window.view().empty()) {
    if (archive_name) return warc_reader(std::move(window), std::move(input), limits);
    return error_reader(std::move(input), begun.error());
  }
  auto const head = window.view().substr(0, kSniffBytes);
  auto const format = sniff(head, inner_name(input));
  switch (format) {
    case Format::warc:
      return warc_reader(std::move(window), std::move(input), limits);
    case Format::arc:
      return arc_reader(std::move(window), std::move(input), limits);
    case Format::jsonl:
      return line_reader(std::move(window), std::move(input), limits);
    case Format::html:
    case Format::text:
    case Format::json_object:
    case Format::feed:
      return document_reader(std::move(window), format, std::move(input), limits);
    case Format::empty:
      return error_reader(std::move(input), {Errc::invalid_input, "the file is empty"});
    default:
      break;
  }
  if (archive_name && describe(head, format) == kUnknownData)
    return warc_reader(std::move(window), std::move(input), limits);
  return error_reader(std::move(input), {Errc::unsupported, "not read: " + describe(head, format)});
}

}  // namespace

Result<std::unique_ptr<Reader>> open_path(std::string const& path, Limits limits) {
  struct stat info{};
  if (::stat(path.c_str(), &info) != 0) return fail_errno("cannot open " + path);
  if (S_ISDIR(info.st_mode)) return folder_reader(path, limits);
  VIGIE_TRY(auto file, RawFile::open(path));
  return open_file(std::move(file), path, limits);
}

Result<std::unique_ptr<Reader>> open_path_at(std::string const& path, uint64_t position, Limits limits) {
  VIGIE_TRY(auto file, RawFile::open(path));
  if (position > 0 && file->skip_to(position)) {
    VIGIE_TRY(auto bytes, open_bytes(std::move(file), limits));
    Window window(std::move(bytes), position);
    bool const begun = begin(window).has_value();
    auto const format = begun ? sniff(window.view().substr(0, kSniffBytes), inner_name(path)) : Format::empty;
    if (format == Format::warc) return warc_reader(std::move(window), path, limits);
    bool const arc = begun && parse_arc_line(window.view().substr(0, window.view().find('\n'))).has_value();
    if (arc) return arc_reader(std::move(window), path, limits);
  }
  return open_path(path, limits);
}

Result<std::unique_ptr<Reader>> open_descriptor(int descriptor, std::string name, Limits limits) {
  return open_file(RawFile::adopt(descriptor, name), name, limits);
}

}  // namespace vigie::source
