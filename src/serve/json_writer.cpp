#include "serve/json_writer.hpp"

#include <charconv>
#include <cmath>

#include "base/utf8.hpp"

namespace vigie::serve {
namespace {

// Bytes that may stand in a JSON string as they are. U+2028 and U+2029 may too (RFC 8259); no answer is ever run as
// script, so they are left alone.
bool is_plain(unsigned char byte) { return byte >= 0x20 && byte < 0x7F && byte != '"' && byte != '\\'; }

void append_escape(std::string& out, unsigned char byte) {
  constexpr char kHex[] = "0123456789abcdef";
  switch (byte) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
    default:
      out += "\\u00";
      out += kHex[byte >> 4];
      out += kHex[byte & 15];
  }
}

}  // namespace

void JsonWriter::separate() {
  if (needs_comma_) out_ += ',';
  needs_comma_ = true;
}

JsonWriter& JsonWriter::open(char bracket) {
  separate();
  out_ += bracket;
  needs_comma_ = false;
  return *this;
}

JsonWriter& JsonWriter::close(char bracket) {
  out_ += bracket;
  needs_comma_ = true;
  return *this;
}

JsonWriter& JsonWriter::key(std::string_view name) {
  separate();
  append_quoted(name);
  out_ += ':';
  needs_comma_ = false;
  return *this;
}

JsonWriter& JsonWriter::string(std::string_view text) {
  separate();
  append_quoted(text);
  return *this;
}

JsonWriter& JsonWriter::text_or_null(std::string_view text) { return text.empty() ? null() : string(text); }

JsonWriter& JsonWriter::time_or_null(std::optional<Time> const& time) {
  return time ? string(format_rfc3339(*time)) : null();
}

JsonWriter& JsonWriter::number(double value) {
  if (!std::isfinite(value)) return null();
  char digits[32];
  auto const end = std::to_chars(digits, digits + sizeof digits, value).ptr;
  return raw({digits, static_cast<size_t>(end - digits)});
}

JsonWriter& JsonWriter::raw(std::string_view json) {
  separate();
  out_ += json;
  return *this;
}

void JsonWriter::append_quoted(std::string_view text) {
  out_ += '"';
  for (size_t at = 0; at < text.size();) {
    size_t run = at;
    while (run < text.size() && is_plain(static_cast<unsigned char>(text[run]))) ++run;
    out_.append(text, at, run - at);
    at = run;
    if (at == text.size()) break;
    auto const byte = static_cast<unsigned char>(text[at]);
    if (byte < 0x80) {
      append_escape(out_, byte);
      ++at;
    } else {
      append_code_point(out_, next_code_point(text, at));
    }
  }
  out_ += '"';
}

}  // namespace vigie::serve
