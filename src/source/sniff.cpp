#include "source/sniff.hpp"

#include <algorithm>
#include <array>

#include "source/ascii.hpp"

namespace vigie::source {
namespace {

using std::string_view;
using namespace std::string_view_literals;

struct Signature {
  string_view magic, what;
};
constexpr std::array kSignatures = {
    Signature{"%PDF-"sv, "a PDF document"sv},
    Signature{"\x89PNG\r\n"sv, "a PNG image"sv},
    Signature{"\xff\xd8\xff"sv, "a JPEG image"sv},
    Signature{"GIF8"sv, "a GIF image"sv},
    Signature{"RIFF"sv, "a RIFF file (WebP, WAV or AVI)"sv},
    Signature{"PK\x03\x04"sv, "a ZIP archive or an office document"sv},
    Signature{"\xd0\xcf\x11\xe0"sv, "an old office document"sv},
    Signature{"{\\rtf"sv, "an RTF document"sv},
    Signature{"\x7f\x45LF"sv, "a program"sv},
    Signature{"SQLite format 3"sv, "an SQLite database"sv},
    Signature{"\xfd\x37zXZ"sv, "an xz archive (unpack it first)"sv},
    Signature{"BZh"sv, "a bzip2 archive (unpack it first)"sv},
    Signature{"\x04\x22\x4d\x18"sv, "an lz4 archive (unpack it first)"sv},
    Signature{"7z\xbc\xaf"sv, "a 7-Zip archive (unpack it first)"sv},
    Signature{"\x1f\x8b"sv, "gzip data inside gzip data"sv},
    Signature{"\x28\xb5\x2f\xfd"sv, "zstd data inside compressed data"sv},
    Signature{"ID3"sv, "an MP3 recording"sv},
    Signature{"OggS"sv, "an Ogg recording"sv},
    Signature{"wOF"sv, "a web font"sv},
};

string_view signature(string_view head) {
  for (auto const& known : kSignatures) {
    if (head.starts_with(known.magic)) return known.what;
  }
  if (head.size() >= 12 && head.substr(4, 4) == "ftyp") return "an MP4 video or AVIF image";
  return {};
}

bool is_utf16(string_view head) { return head.starts_with("\xff\xfe") || head.starts_with("\xfe\xff"); }

// Bytes that no text holds: NUL and most C0 controls (WHATWG's "binary data byte"; ESC is left out for ISO-2022-JP).
bool is_binary_byte(char c) {
  auto const byte = static_cast<unsigned char>(c);
  return byte <= 0x08 || byte == 0x0B || (byte >= 0x0E && byte <= 0x1A) || (byte >= 0x1C && byte <= 0x1F);
}

// Real pages hold a stray control character now and then; data holds many.
bool looks_binary(string_view head) {
  if (is_utf16(head)) return false;
  auto const odd = std::ranges::count_if(head, is_binary_byte);
  return odd > 0 && static_cast<size_t>(odd) * 100 > head.size();
}

string_view root_name(string_view text) {
  auto const root = skip_prolog(text);
  if (root.size() < 2 || root[0] != '<' || !(is_alpha(root[1]) || root[1] == '_')) return {};
  return root.substr(1, root.find_first_of(" \t\r\n/>", 1) - 1);
}

string_view local_name(string_view name) { return name.substr(name.find(':') + 1); }

bool is_feed_root(string_view name) {
  auto const local = local_name(name);
  return local == "rss" || local == "feed" || local == "RDF" || equal_nocase(name, "rdf:rdf");
}

constexpr std::array kTags = {
    "html"sv, "head"sv,   "body"sv,    "title"sv, "meta"sv,       "script"sv, "style"sv, "div"sv,    "p"sv,
    "h1"sv,   "h2"sv,     "h3"sv,      "a"sv,     "b"sv,          "br"sv,     "table"sv, "img"sv,    "iframe"sv,
    "font"sv, "span"sv,   "article"sv, "main"sv,  "section"sv,    "header"sv, "ul"sv,    "ol"sv,     "link"sv,
    "base"sv, "center"sv, "form"sv,    "nav"sv,   "blockquote"sv, "strong"sv, "em"sv,    "figure"sv, "amp-html"sv};

bool looks_html(string_view text) {
  if (starts_nocase(text, "<!doctype html") || text.starts_with("<!--")) return true;
  auto const name = root_name(text);
  return std::ranges::any_of(kTags, [&](string_view tag) { return equal_nocase(name, tag); });
}

bool is_json_feed(string_view text) {
  size_t at = text.find("jsonfeed.org");
  if (at == string_view::npos) return false;
  auto const before = text.substr(0, at);
  size_t const key = before.rfind("\"version\"");
  return key != string_view::npos && before.substr(key + 9).size() <= 24;  // "version" : "https:\/\/
}

Format sniff_json(string_view text, string_view name) {
  if (is_json_feed(text)) return Format::feed;
  auto const inside = skip_blank(text.substr(1));
  if (!inside.empty() && inside[0] != '"' && inside[0] != '}') return Format::text;
  auto const line = trim(text.substr(0, text.find('\n')));
  bool const named = ends_nocase(name, "jsonl") || ends_nocase(name, "ndjson");
  return line == "{" && !named ? Format::json_object : Format::jsonl;
}

bool has_extension(string_view name, std::initializer_list<string_view> extensions) {
  return std::ranges::any_of(extensions, [&](string_view e) { return ends_nocase(name, e); });
}

}  // namespace

string_view skip_blank(string_view text) {
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  return text;
}

string_view skip_prolog(string_view text) {
  while (true) {
    text = skip_blank(text);
    size_t end;
    if (text.starts_with("<?")) {
      end = text.find("?>");
    } else if (text.starts_with("<!--")) {
      end = text.find("-->");
    } else if (starts_nocase(text, "<!doctype")) {
      size_t const subset = text.substr(0, text.find('>')).find('[');
      end = subset == string_view::npos ? text.find('>') : text.find("]>", subset);
    } else {
      return text;
    }
    if (end == string_view::npos) return {};
    text.remove_prefix(text.find('>', end) + 1);
  }
}

Format sniff(string_view head, string_view name) {
  head = head.substr(0, kSniffBytes);
  if (head.empty()) return Format::empty;
  if (head.starts_with("WARC/")) return Format::warc;
  if (head.starts_with("filedesc://")) return Format::arc;
  if (!signature(head).empty() || looks_binary(head)) return Format::binary;
  auto const text = skip_blank(head);
  if (text.empty()) return is_utf16(head) || head.size() >= kSniffBytes ? Format::text : Format::empty;
  if (text[0] == '{') return sniff_json(text, name);
  if (text[0] == '[' && has_extension(name, {".json", ".jsonl"})) return Format::json_array;
  if (text[0] == '<') {
    if (is_feed_root(root_name(text))) return Format::feed;
    if (looks_html(text)) return Format::html;
    if (text.starts_with("<?xml"))
      return has_extension(name, {".html", ".htm", ".xhtml"}) ? Format::html : Format::other_xml;
  }
  if (is_utf16(head) && has_extension(name, {".rss", ".xml", ".atom"})) return Format::feed;
  return has_extension(name, {".html", ".htm", ".xhtml", ".shtml"}) ? Format::html : Format::text;
}

std::string describe(string_view head, Format format) {
  switch (format) {
    case Format::empty:
      return "nothing";
    case Format::html:
      return "an HTML page";
    case Format::text:
      return "plain text";
    case Format::jsonl:
      return "JSON lines";
    case Format::json_object:
      return "a JSON object";
    case Format::feed:
      return "a feed";
    case Format::warc:
      return "a WARC file";
    case Format::arc:
      return "an ARC file";
    case Format::json_array:
      return "a JSON array (put one object on each line)";
    case Format::other_xml:
      return "an XML document <" + std::string(root_name(head.substr(0, kSniffBytes))) + ">";
    case Format::binary:
      break;
  }
  auto const known = signature(head);
  return std::string(known.empty() ? kUnknownData : known);
}

}  // namespace vigie::source
