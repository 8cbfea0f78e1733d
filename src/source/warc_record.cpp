#include "source/warc_record.hpp"

#include <charconv>
#include <utility>

#include "source/ascii.hpp"
#include "source/feed.hpp"
#include "source/sniff.hpp"
#include "source/warc_writer.hpp"

namespace vigie::source {
namespace {

using std::string_view;

bool is_http(WarcHeaderView const& header) {
  return starts_nocase(header.fields.get("Content-Type"), "application/http") ||
         starts_nocase(header.target_uri(), "http");
}

string_view media_type(string_view content_type) { return trim(content_type.substr(0, content_type.find(';'))); }

// Types whose bytes may look like a page and are none.
bool is_never_text(string_view type) {
  return type.find("javascript") != string_view::npos || type.find("ecmascript") != string_view::npos ||
         equal_nocase(type, "text/css") || starts_nocase(type, "image/") || starts_nocase(type, "audio/") ||
         starts_nocase(type, "video/") || starts_nocase(type, "font/");
}

bool is_plain_or_untold(string_view type) {
  return type.empty() || equal_nocase(type, "text/plain") || equal_nocase(type, "application/octet-stream") ||
         equal_nocase(type, "unknown/unknown") || equal_nocase(type, "no-type");
}

bool is_html_type(string_view type) {
  return equal_nocase(type, "text/html") || equal_nocase(type, "application/xhtml+xml");
}

tl::unexpected<Error> not_a_page(std::string const& what, string_view type) {
  return fail(Errc::unsupported, "not a page: " + what + (type.empty() ? "" : " (" + std::string(type) + ")"));
}

// Into `capture`: body, head and type of an HTTP answer.
Status take_answer(Capture& capture, HttpAnswerView const& answer, string_view block, Limits const& limits) {
  VIGIE_TRY(capture.body, decode_body(answer, limits));
  capture.http_head = kept_head(block.substr(0, block.size() - answer.body.size()));
  capture.content_type = answer.fields.get("Content-Type");
  return {};
}

Result<std::vector<Capture>> split(Capture whole) {
  auto feed = split_feed(whole.body);
  if (feed.entries.empty()) {
    return fail(Errc::invalid_input, feed.problem.empty() ? "a feed without entries" : "a feed: " + feed.problem);
  }
  for (auto& entry : feed.entries) entry.seen = whole.seen;
  return std::move(feed.entries);
}

Result<std::vector<Capture>> one(Capture capture, Media media) {
  capture.media = media;
  std::vector<Capture> captures;
  captures.push_back(std::move(capture));
  return captures;
}

}  // namespace

string_view WarcHeaderView::target_uri() const {
  auto uri = fields.get("WARC-Target-URI");
  if (uri.starts_with('<') && uri.ends_with('>')) uri = uri.substr(1, uri.size() - 2);
  return uri;
}

Result<WarcHeaderView> parse_warc_header(string_view bytes) {
  WarcHeaderView header;
  header.size = find_header_end(bytes);
  if (header.size == string_view::npos) return fail(Errc::corrupt, "a record header without an end");
  auto const lines = bytes.substr(0, header.size);
  header.fields = HeaderFieldsView::parse(lines.substr(std::min(lines.find('\n') + 1, lines.size())));
  auto const length = header.fields.get("Content-Length");
  auto const [end, error] = std::from_chars(length.data(), length.data() + length.size(), header.content_length);
  if (error != std::errc{} || end != length.data() + length.size()) {
    return fail(Errc::corrupt, "a record without a readable Content-Length");
  }
  return header;
}

Result<std::vector<Capture>> captures_of_payload(Capture whole, string_view name) {
  auto const type = media_type(whole.content_type);
  auto const format = sniff(string_view(whole.body).substr(0, kSniffBytes), name);
  switch (format) {
    case Format::empty:
      return fail(Errc::invalid_input, "an empty payload");
    case Format::html:
      return is_never_text(type) ? not_a_page(std::string(type), {}) : one(std::move(whole), Media::html);
    case Format::feed:
      return split(std::move(whole));
    case Format::text:
      if (is_html_type(type)) return one(std::move(whole), Media::html);
      if (is_plain_or_untold(type)) return one(std::move(whole), Media::text);
      return not_a_page("text", type);
    case Format::other_xml:
      if (is_html_type(type)) return one(std::move(whole), Media::html);
      break;
    default:
      break;
  }
  return not_a_page(describe(whole.body, format), type);
}

Result<std::vector<Capture>> captures_of_http(Capture capture, string_view block, Limits const& limits) {
  auto const answer = parse_http_answer(block);
  if (!answer) return fail(Errc::corrupt, "a response record that holds no HTTP answer");
  // 202 is how bot walls answer, and what it comes with is no page.
  bool const page = answer->status >= 200 && answer->status < 300 && answer->status != 202;
  if (!page) return fail(Errc::unsupported, "not a page: " + std::string(answer->status_line.substr(0, 80)));
  auto const type = media_type(answer->fields.get("Content-Type"));
  if (is_never_text(type)) return not_a_page(std::string(type), {});
  VIGIE_CHECK(take_answer(capture, *answer, block, limits));
  std::string const name = capture.url;
  return captures_of_payload(std::move(capture), name);
}

Result<std::vector<Capture>> captures_of(WarcHeaderView const& header, string_view block, Limits const& limits) {
  auto const type = header.type();
  auto const uri = header.target_uri();
  if (starts_nocase(uri, "dns:") || starts_nocase(uri, "whois:")) return std::vector<Capture>();
  if (auto own = read_own_record(header, block)) {
    auto const media = own->media;
    return one(std::move(*own), media);
  }
  Capture capture{.url = std::string(uri), .seen = parse_rfc3339(header.fields.get("WARC-Date"))};
  auto const content_type = header.fields.get("Content-Type");
  if (equal_nocase(type, "response")) {
    return is_http(header) ? captures_of_http(std::move(capture), block, limits)
                           : Result<std::vector<Capture>>(std::vector<Capture>());
  }
  if (equal_nocase(type, "revisit")) {
    return fail(Errc::unsupported, "a revisit record: the page itself is in an earlier record");
  }
  if (!equal_nocase(type, "resource") && !equal_nocase(type, "conversion")) return std::vector<Capture>();
  capture.content_type = content_type;
  capture.body = block;
  return captures_of_payload(std::move(capture), uri);
}

bool is_kept_as_is(string_view record, WarcHeaderView const& header, Capture const& capture) {
  if (!record.starts_with("WARC/1.") || !header.fields.has("WARC-Record-ID") || !capture.seen) return false;
  // A feed that was taken apart is another document than the record's; what is empty would be filled in on the way.
  bool const own = header.fields.has("Vigie-Media");
  bool const page = capture.media == Media::html || capture.media == Media::text;
  return (own || page) && !capture.url.empty() && !capture.content_type.empty();
}

std::optional<Capture> read_kept_record(WarcHeaderView const& header, string_view block) {
  if (auto own = read_own_record(header, block)) return own;
  Capture capture{.url = std::string(header.target_uri()), .seen = parse_rfc3339(header.fields.get("WARC-Date"))};
  if (equal_nocase(header.type(), "response") && is_http(header)) {
    auto const answer = parse_http_answer(block);
    if (!answer || !take_answer(capture, *answer, block, Limits{})) return std::nullopt;
  } else {
    capture.content_type = header.fields.get("Content-Type");
    capture.body = block;
  }
  bool const text = sniff(string_view(capture.body).substr(0, kSniffBytes), capture.url) == Format::text;
  capture.media = text && !is_html_type(media_type(capture.content_type)) ? Media::text : Media::html;
  return capture;
}

}  // namespace vigie::source
