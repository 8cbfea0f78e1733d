#include "source/http_message.hpp"

#include <algorithm>
#include <charconv>

#include "source/ascii.hpp"
#include "source/decoder.hpp"
#include "source/inflate.hpp"

namespace vigie::source {
namespace {

using std::string_view;

string_view take_line(string_view& text) {
  size_t const end = text.find('\n');
  auto line = text.substr(0, end);
  text.remove_prefix(end == string_view::npos ? text.size() : end + 1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

// RFC 9112, section 7.1. Returns nullopt where not even the first chunk reads: the body was stored without chunks.
// A later damaged chunk ends the body there.
std::optional<std::string> undo_chunks(string_view body) {
  std::string out;
  for (bool first = true;; first = false) {
    auto rest = body;
    auto const line = take_line(rest);
    size_t size = 0;
    auto const [end, error] = std::from_chars(line.data(), line.data() + line.size(), size, 16);
    bool const clean = error == std::errc{} && (end == line.data() + line.size() || *end == ';' || is_blank(*end));
    if (!clean) return first ? std::nullopt : std::optional(std::move(out));
    if (size == 0) return out;
    out += rest.substr(0, size);
    if (size >= rest.size()) return out;
    body = rest.substr(size);
    take_line(body);
  }
}

// Kept under its encoding's name but decoded already: brotli has no magic, so that the beginning has to tell.
bool looks_decoded(string_view body, string_view magic) {
  return magic.empty() ? trim(body.substr(0, 64)).starts_with('<') : !body.starts_with(magic);
}

// What a cut or damaged stream gave until then is kept.
Result<std::string> undo_stream(Decoder& decoder, std::string body, uint64_t most) {
  constexpr size_t kRoom = size_t{64} << 10;
  decoder.restart();
  std::string out;
  string_view in = body;
  for (bool finished = in.empty(); !finished;) {
    size_t const used = out.size();
    out.resize(used + kRoom);
    auto const step = decoder.step(in, out.data() + used, kRoom);
    out.resize(used + (step ? step->produced : 0));
    if (out.size() > most) return fail(Errc::over_limit, "the body expands beyond " + std::to_string(most) + " bytes");
    if (!step && looks_decoded(body, decoder.magic())) return body;
    if (!step && out.empty()) return tl::unexpected<Error>(step.error());
    if (!step) break;
    in.remove_prefix(step->consumed);
    finished = step->finished || (in.empty() && step->produced == 0);
  }
  return out.empty() && looks_decoded(body, decoder.magic()) ? body : out;
}

Result<std::string> undo_coding(string_view coding, std::string body, Limits const& limits) {
  if (coding.empty() || equal_nocase(coding, "identity")) return body;
  uint64_t const most = std::min<uint64_t>(limits.record_bytes, limits.expansion * body.size() + (1u << 20));
  if (equal_nocase(coding, "gzip") || equal_nocase(coding, "x-gzip")) {
    if (!body.starts_with("\x1f\x8b")) return body;
    return inflate(body, Wrapping::gzip, most);
  }
  if (equal_nocase(coding, "deflate")) {
    auto plain = inflate(body, Wrapping::zlib, most);
    if (plain || plain.error().code != Errc::corrupt) return plain;
    auto raw = inflate(body, Wrapping::none, most);  // what some servers mean by "deflate"
    if (raw || raw.error().code != Errc::corrupt) return raw;
    return body;
  }
  if (equal_nocase(coding, "br")) return undo_stream(*brotli_decoder(), std::move(body), most);
  if (equal_nocase(coding, "zstd")) return undo_stream(*zstd_decoder(), std::move(body), most);
  return fail(Errc::unsupported, "Content-Encoding " + std::string(coding) + " is not read");
}

}  // namespace

HeaderFieldsView HeaderFieldsView::parse(string_view lines) {
  HeaderFieldsView view;
  while (!lines.empty()) {
    auto const start = lines;
    auto const line = take_line(lines);
    if (!line.empty() && (line[0] == ' ' || line[0] == '\t')) {
      if (view.fields_.empty()) continue;
      auto& value = view.fields_.back().value;  // stretched over the line break, to the end of this line
      value = string_view(value.data(), static_cast<size_t>(start.data() + line.size() - value.data()));
      continue;
    }
    size_t const colon = line.find(':');
    if (colon == string_view::npos) continue;
    view.fields_.push_back({trim(line.substr(0, colon)), line.substr(colon + 1)});
  }
  return view;
}

string_view HeaderFieldsView::get(string_view name) const {
  auto const found = std::ranges::find_if(fields_, [&](Field const& f) { return equal_nocase(f.name, name); });
  return found == fields_.end() ? string_view() : trim(found->value);
}

bool HeaderFieldsView::has(string_view name) const {
  return std::ranges::any_of(fields_, [&](Field const& f) { return equal_nocase(f.name, name); });
}

size_t find_header_end(string_view bytes) {
  for (size_t at = bytes.find('\n'); at != string_view::npos; at = bytes.find('\n', at + 1)) {
    if (bytes.substr(at + 1, 1) == "\n") return at + 2;
    if (bytes.substr(at + 1, 2) == "\r\n") return at + 3;
  }
  return string_view::npos;
}

std::optional<HttpAnswerView> parse_http_answer(string_view block) {
  if (!block.starts_with("HTTP/") && !block.starts_with("ICY ")) return std::nullopt;
  size_t const end = find_header_end(block);
  auto lines = block.substr(0, end);
  HttpAnswerView answer;
  answer.status_line = trim(take_line(lines));
  answer.fields = HeaderFieldsView::parse(lines);
  if (end != string_view::npos) answer.body = block.substr(end);
  auto const code = trim(answer.status_line.substr(std::min(answer.status_line.find(' '), answer.status_line.size())));
  std::from_chars(code.data(), code.data() + std::min<size_t>(code.size(), 3), answer.status);
  return answer;
}

std::string kept_head(string_view head) {
  constexpr size_t kMost = size_t{64} << 10;
  auto const is_clean = [](string_view line) {
    return std::ranges::none_of(line, [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\t'; });
  };
  auto status = trim(take_line(head));
  if (!status.starts_with("HTTP/") || !is_clean(status)) return {};
  std::string out = "HTTP/1.1";  // whatever was spoken, the fields below are in the form of 1.1
  out.append(status.substr(std::min(status.find(' '), status.size()))).append("\r\n");
  while (!head.empty() && out.size() < kMost) {
    auto const line = take_line(head);
    auto const name = line.substr(0, line.find(':'));
    bool const folded = name.empty() || is_blank(name.front());
    if (folded || name.size() == line.size() || !is_clean(line)) continue;
    bool const of_the_way = equal_nocase(name, "Content-Encoding") || equal_nocase(name, "Transfer-Encoding") ||
                            equal_nocase(name, "Content-Length");
    if (of_the_way) out += "X-Archive-Orig-";
    out.append(line).append("\r\n");
  }
  return out;
}

Result<std::string> decode_body(HttpAnswerView const& answer, Limits const& limits) {
  std::string body;
  bool const chunked = ends_nocase(answer.fields.get("Transfer-Encoding"), "chunked");
  auto joined = chunked ? undo_chunks(answer.body) : std::nullopt;
  body = joined ? std::move(*joined) : std::string(answer.body);
  // Codings are undone from the last applied; more than three in a row is no web page.
  auto codings = answer.fields.get("Content-Encoding");
  for (int step = 0; !codings.empty(); ++step) {
    if (step == 3) return fail(Errc::unsupported, "more than three content encodings");
    size_t const comma = codings.rfind(',');
    auto const last = trim(comma == string_view::npos ? codings : codings.substr(comma + 1));
    codings = comma == string_view::npos ? string_view() : codings.substr(0, comma);
    VIGIE_TRY(body, undo_coding(last, std::move(body), limits));
  }
  if (body.size() > limits.record_bytes) return fail(Errc::over_limit, "the payload is larger than a record may be");
  return body;
}

}  // namespace vigie::source
