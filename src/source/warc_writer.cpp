#include "source/warc_writer.hpp"

#include <libdeflate.h>

#include <algorithm>
#include <array>

#include "base/hash.hpp"
#include "source/ascii.hpp"
#include "source/http_message.hpp"

namespace vigie::source {
namespace {

using std::string_view;

constexpr std::array<string_view, 4> kMediaNames = {"html", "text", "record", "feed_entry"};
constexpr std::array<string_view, 4> kMediaTypes = {"text/html", "text/plain", "application/json", "application/xml"};
constexpr string_view kLength = "Content-Length: ";
constexpr char kHex[] = "0123456789ABCDEF";

// A header value may hold no control character and no blank at its ends: those, and "%" so that it can be undone,
// become %XX.
std::string escape(string_view value) {
  std::string out;
  for (char const c : value) {
    auto const byte = static_cast<unsigned char>(c);
    if (byte <= 0x20 || byte == 0x7F || c == '%') {
      out += '%';
      out += kHex[byte >> 4];
      out += kHex[byte & 15];
    } else {
      out += c;
    }
  }
  return out;
}

int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  c = lower(c);
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

std::string unescape(string_view value) {
  std::string out;
  for (size_t i = 0; i < value.size(); ++i) {
    bool const coded =
        value[i] == '%' && i + 2 < value.size() && hex_value(value[i + 1]) >= 0 && hex_value(value[i + 2]) >= 0;
    out += coded ? static_cast<char>(hex_value(value[i + 1]) * 16 + hex_value(value[i + 2])) : value[i];
    if (coded) i += 2;
  }
  return out;
}

// Whether a reader gets exactly this value back from a field.
bool is_field_safe(string_view value) {
  return !value.empty() && trim(value).size() == value.size() &&
         std::ranges::none_of(value, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

void field(std::string& out, string_view name, string_view value) {
  out.append(name).append(": ").append(value).append("\r\n");
}

// Random-looking and the same for the same record: writing one again makes the same bytes. RFC 9562, version 8.
std::string record_id(string_view payload, string_view uri, string_view date) {
  uint64_t const high = hash64(payload, hash64(uri, 1)), low = hash64(uri, hash64(date, high));
  std::string out = "<urn:uuid:";
  for (int i = 0; i < 32; ++i) {
    if (i == 8 || i == 12 || i == 16 || i == 20) out += '-';
    auto nibble = static_cast<unsigned>((i < 16 ? high >> (60 - 4 * i) : low >> (60 - 4 * (i - 16))) & 15);
    if (i == 12) nibble = 8;
    if (i == 16) nibble = 8 | (nibble & 3);
    out += lower(kHex[nibble]);
  }
  return out + ">";
}

std::string utc(Time time) { return format_rfc3339(utc_from_epoch(time.epoch_s())); }

}  // namespace

std::string warc_of(Capture const& capture, string_view fallback_uri, Time seen) {
  auto const media = static_cast<size_t>(capture.media);
  // A URI field with blanks or non-ASCII inside is common in the wild and read everywhere; only what breaks lines is
  // not.
  bool const plain_url = is_field_safe(capture.url) && !capture.url.starts_with('<');
  bool const plain_type = is_field_safe(capture.content_type);
  std::string const uri = plain_url ? capture.url : std::string(fallback_uri);
  std::string const date = utc(capture.seen.value_or(seen));

  // The body's own length stands in the block, so that the block is an HTTP message.
  bool const is_response = !capture.http_head.empty();
  std::string const http =
      is_response ? capture.http_head + std::string(kLength) + std::to_string(capture.body.size()) + "\r\n\r\n"
                  : std::string();

  std::string out = "WARC/1.1\r\n";
  out.reserve(http.size() + capture.body.size() + 640);
  field(out, "WARC-Type", is_response ? "response" : "resource");
  field(out, "WARC-Record-ID", record_id(capture.body, uri, date));
  field(out, "WARC-Target-URI", uri);
  field(out, "WARC-Date", date);
  field(out, is_response ? "WARC-Payload-Digest" : "WARC-Block-Digest", "sha1:" + sha1_base32(capture.body));
  field(out, "Content-Type",
        is_response  ? "application/http; msgtype=response"
        : plain_type ? string_view(capture.content_type)
                     : kMediaTypes[media]);
  field(out, "Vigie-Media", kMediaNames[media]);
  if (!plain_url) field(out, "Vigie-Url", escape(capture.url));
  if (!plain_type || is_response) field(out, "Vigie-Content-Type", escape(capture.content_type));
  std::string const exact = capture.seen ? format_rfc3339(*capture.seen) : "unknown";
  if (exact != date) field(out, "Vigie-Seen", exact);
  field(out, "Content-Length", std::to_string(http.size() + capture.body.size()));
  out.append("\r\n").append(http).append(capture.body).append("\r\n\r\n");
  return out;
}

std::string warc_info(string_view file_name, Time now) {
  std::string const date = utc(now);
  std::string const fields = "software: Vigie\r\nformat: WARC File Format 1.1\r\n";
  std::string out = "WARC/1.1\r\n";
  field(out, "WARC-Type", "warcinfo");
  field(out, "WARC-Record-ID", record_id(fields, file_name, date));
  field(out, "WARC-Filename", file_name);
  field(out, "WARC-Date", date);
  field(out, "Content-Type", "application/warc-fields");
  field(out, "Content-Length", std::to_string(fields.size()));
  return out + "\r\n" + fields + "\r\n\r\n";
}

std::optional<Capture> read_own_record(WarcHeaderView const& header, string_view block) {
  auto const found = std::ranges::find(kMediaNames, header.fields.get("Vigie-Media"));
  if (found == kMediaNames.end()) return std::nullopt;
  auto const& fields = header.fields;
  std::string http_head;
  if (equal_nocase(header.type(), "response")) {
    size_t const end = find_header_end(block);
    size_t const length = end == string_view::npos ? end : block.substr(0, end).rfind(kLength);
    if (length == string_view::npos) return std::nullopt;
    http_head = block.substr(0, length);
    block.remove_prefix(end);
  }
  Capture capture{.media = static_cast<Media>(found - kMediaNames.begin()), .body = std::string(block)};
  capture.http_head = std::move(http_head);
  capture.url = fields.has("Vigie-Url") ? unescape(fields.get("Vigie-Url")) : std::string(header.target_uri());
  capture.content_type = fields.has("Vigie-Content-Type") ? unescape(fields.get("Vigie-Content-Type"))
                                                          : std::string(fields.get("Content-Type"));
  capture.seen = parse_rfc3339(fields.get(fields.has("Vigie-Seen") ? "Vigie-Seen" : "WARC-Date"));
  return capture;
}

struct RecordPacker::State {
  explicit State(int level) : compressor(libdeflate_alloc_compressor(level)) {}
  ~State() { libdeflate_free_compressor(compressor); }
  libdeflate_compressor* compressor;
};

RecordPacker::RecordPacker(int level) : state_(std::make_unique<State>(level)) {}
RecordPacker::~RecordPacker() = default;
RecordPacker::RecordPacker(RecordPacker&&) noexcept = default;
RecordPacker& RecordPacker::operator=(RecordPacker&&) noexcept = default;

size_t RecordPacker::pack(string_view record, std::string& out) {
  size_t const before = out.size();
  size_t const bound = libdeflate_gzip_compress_bound(state_->compressor, record.size());
  out.resize(before + bound);
  size_t const size =
      libdeflate_gzip_compress(state_->compressor, record.data(), record.size(), out.data() + before, bound);
  out.resize(before + size);
  return size;
}

}  // namespace vigie::source
