#include "source/arc_reader.hpp"

#include <algorithm>
#include <charconv>
#include <vector>

#include "source/ascii.hpp"
#include "source/record_reader.hpp"

namespace vigie::source {
namespace {

using std::string_view;

constexpr size_t kLineMax = size_t{8} << 10;  // a longer line begins no record

// A date, a type and a size behind the address and its host, in version 1; at most ten fields in version 2.
constexpr size_t kFieldsFewest = 5;

std::vector<string_view> fields_of(string_view line) {
  std::vector<string_view> fields;
  while (!(line = trim(line)).empty()) {
    size_t const end = std::min(line.find(' '), line.size());
    fields.push_back(line.substr(0, end));
    line.remove_prefix(end);
  }
  return fields;
}

// "20140216050221", which is UTC.
std::optional<Time> parse_arc_date(string_view s) {
  if (s.size() != 14 || !std::ranges::all_of(s, is_digit)) return std::nullopt;
  std::string text(s.substr(0, 4));
  text.append("-").append(s.substr(4, 2)).append("-").append(s.substr(6, 2)).append("T").append(s.substr(8, 2));
  text.append(":").append(s.substr(10, 2)).append(":").append(s.substr(12, 2)).append("Z");
  return parse_rfc3339(text);
}

string_view first_line(string_view bytes) {
  auto line = bytes.substr(0, bytes.find('\n'));
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

class ArcForm final : public RecordForm {
 public:
  string_view part_magic() const override { return "http"; }
  size_t shortest() const override { return 1; }

  Begins begins(string_view bytes) const override {
    auto const line = bytes.substr(0, kLineMax);
    if (line.find('\n') == string_view::npos) return line.size() < kLineMax ? Begins::perhaps : Begins::no;
    return parse_arc_line(first_line(line)) ? Begins::yes : Begins::no;
  }

  bool has_header(string_view bytes) const override { return bytes.find('\n') != string_view::npos; }

  Result<RecordFrame> frame(string_view bytes) const override {
    auto const line = parse_arc_line(first_line(bytes));
    if (!line) return fail(Errc::corrupt, "a line that begins no record");
    return RecordFrame{bytes.find('\n') + 1, line->size};
  }

  Result<std::vector<Capture>> captures(string_view record, size_t header_size, Limits const& limits) override {
    auto const line = parse_arc_line(first_line(record));
    if (!starts_nocase(line->url, "http")) return std::vector<Capture>();  // filedesc:, dns:
    auto captures = captures_of_http({.url = std::string(line->url), .content_type = {}, .seen = line->seen},
                                     record.substr(header_size), limits);
    if (!captures) captures.error().message.append(": ").append(line->url.substr(0, 500));
    return captures;
  }

  size_t find(string_view bytes, size_t& keep) const override {
    size_t line = bytes.find('\n');
    while (line != string_view::npos && line + 1 < bytes.size()) {
      auto const rest = bytes.substr(line + 1);
      auto const begins = this->begins(rest);
      if (begins == Begins::yes) return line + 1;
      if (begins == Begins::perhaps) break;
      line = bytes.find('\n', line + 1);
    }
    keep = line == string_view::npos ? 0 : bytes.size() - line;
    return string_view::npos;
  }
};

}  // namespace

std::optional<ArcLineView> parse_arc_line(string_view line) {
  auto const fields = fields_of(line);
  if (fields.size() < kFieldsFewest || fields.size() > 64) return std::nullopt;
  // The date is looked for from behind, because an address may hold blanks and digits.
  for (size_t i = fields.size() - 3; i >= 2; --i) {
    auto const seen = parse_arc_date(fields[i]);
    if (!seen) continue;
    ArcLineView view{.url = line, .content_type = fields[i + 1], .seen = seen};
    auto const size = fields.back();
    auto const [end, error] = std::from_chars(size.data(), size.data() + size.size(), view.size);
    if (error != std::errc{} || end != size.data() + size.size()) return std::nullopt;
    view.url = trim(line.substr(0, static_cast<size_t>(fields[i - 1].data() - line.data())));
    return view.url.find("://") == string_view::npos && !starts_nocase(view.url, "dns:") ? std::nullopt
                                                                                         : std::optional(view);
  }
  return std::nullopt;
}

std::unique_ptr<Reader> arc_reader(Window window, std::string input, Limits limits) {
  return record_reader(std::make_unique<ArcForm>(), std::move(window), std::move(input), limits);
}

}  // namespace vigie::source
