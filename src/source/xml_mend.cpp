#include "source/xml_mend.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include "base/utf8.hpp"
#include "source/ascii.hpp"
#include "source/sniff.hpp"

namespace vigie::source {
namespace {

using std::string_view;

struct NamedCharacter {
  string_view name;
  char32_t code_point;
};
constexpr NamedCharacter kNamed[] = {
#include "source/html_entities_table.inc"
};

// What windows-1252 has at 0x80..0x9F: references to those numbers mean these.
constexpr char16_t kWindows1252[32] = {0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                       0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D,   0x017D, 0x8F,
                                       0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                       0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};

// XML 1.0, production 2.
bool is_xml_char(char32_t c) {
  return c == 0x9 || c == 0xA || c == 0xD || (c >= 0x20 && c < 0xD800) || (c >= 0xE000 && c < 0xFFFE) ||
         (c >= 0x10000 && c <= 0x10FFFF);
}

void append_reference(std::string& out, char32_t c) {
  if (c == '<') {
    out += "&lt;";
  } else if (c == '&') {
    out += "&amp;";
  } else {
    append_code_point(out, c);
  }
}

std::optional<char32_t> numeric(string_view digits) {
  bool const hex = !digits.empty() && lower(digits[0]) == 'x';
  if (hex) digits.remove_prefix(1);
  uint32_t value = 0;
  auto const [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, hex ? 16 : 10);
  if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  if (value >= 0x80 && value < 0xA0) return kWindows1252[value - 0x80];
  return is_xml_char(value) ? char32_t{value} : kReplacement;
}

// Appends what the reference at the front of `text` (which begins with "&") stands for; returns how much it took.
size_t mend_reference(string_view text, std::string& out) {
  size_t const end = text.substr(0, 34).find(';');
  auto const name = end == string_view::npos ? string_view() : text.substr(1, end - 1);
  if (name.starts_with('#')) {
    if (auto const c = numeric(name.substr(1))) {
      append_reference(out, *c);
      return end + 1;
    }
  } else if (name == "amp" || name == "lt" || name == "gt" || name == "quot" || name == "apos") {
    out += text.substr(0, end + 1);
    return end + 1;
  } else if (!name.empty()) {
    auto const* const found = std::ranges::lower_bound(kNamed, name, {}, &NamedCharacter::name);
    if (found != std::end(kNamed) && found->name == name) {
      append_reference(out, found->code_point);
      return end + 1;
    }
  }
  out += "&amp;";
  return 1;
}

bool is_forbidden(char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r'; }

// Appends `text` without the characters that XML forbids.
void append_allowed(std::string& out, string_view text) {
  for (char const c : text) {
    if (!is_forbidden(c)) out += c;
  }
}

bool is_plain(char c) { return c != '&' && c != '<' && c != '\xef' && !is_forbidden(c); }

size_t mend_one(string_view rest, std::string& out) {
  constexpr string_view kOpen = "<![CDATA[";
  if (rest[0] == '&') return mend_reference(rest, out);
  if (rest.starts_with(kOpen)) {
    size_t const end = std::min(rest.find("]]>"), rest.size());
    append_allowed(out, rest.substr(0, end));
    return end;
  }
  if (rest.starts_with("\xef\xbf\xbe") || rest.starts_with("\xef\xbf\xbf")) {
    append_code_point(out, kReplacement);
    return 3;
  }
  if (!is_forbidden(rest[0])) out += rest[0];
  return 1;
}

}  // namespace

MendedXml mend_xml(string_view utf8) {
  MendedXml mended;
  auto text = utf8.substr(std::min(utf8.find('<'), utf8.size()));
  if (!skip_blank(utf8).starts_with('<')) mended.problem = "text before the XML";
  text = skip_prolog(text);
  mended.text.reserve(text.size() + text.size() / 64);
  while (!text.empty()) {
    auto const* const stop = std::ranges::find_if_not(text, is_plain);
    auto const plain = static_cast<size_t>(stop - text.begin());
    mended.text += text.substr(0, plain);
    text.remove_prefix(plain);
    if (!text.empty()) text.remove_prefix(mend_one(text, mended.text));
  }
  return mended;
}

}  // namespace vigie::source
