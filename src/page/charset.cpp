#include "page/charset.hpp"

#include "page/prescan.hpp"

namespace vigie::page {
namespace {

constexpr size_t kPrescanBytes = 1024;       // the standard's
constexpr size_t kLatePrescanBytes = 16384;  // a <meta> behind them

bool is_utf16(Encoding encoding) { return encoding == Encoding::utf_16be || encoding == Encoding::utf_16le; }

bool has_zeros(std::string_view bytes) { return bytes.substr(0, 256).find('\0') != bytes.npos; }

// Whether valid UTF-8 says nothing against a label: these encode everything in seven bits, or in zeros.
bool may_look_like_utf8(Encoding encoding) {
  return encoding == Encoding::iso_2022_jp || encoding == Encoding::replacement || is_utf16(encoding);
}

std::optional<Encoding> utf16_by_zeros(std::string_view bytes) {
  if (bytes.size() < 4) return std::nullopt;
  if (bytes[0] == '<' && bytes[1] == '\0' && bytes[2] != '\0' && bytes[3] == '\0') return Encoding::utf_16le;
  if (bytes[0] == '\0' && bytes[1] == '<' && bytes[2] == '\0' && bytes[3] != '\0') return Encoding::utf_16be;
  return std::nullopt;
}

Encoding guess_or(Encoding fallback, std::string_view bytes, std::string const& why, std::vector<std::string>& notes) {
  auto const guess = guess_encoding(bytes);
  Encoding const encoding = guess ? *guess : fallback;
  notes.push_back("charset: " + why + ", taken for " + std::string(name(encoding)));
  return encoding;
}

}  // namespace

std::optional<Charset> labelled_charset(std::string_view bytes, std::string_view content_type) {
  if (bytes.starts_with("\xEF\xBB\xBF")) return Charset{Encoding::utf_8, 3};
  if (bytes.starts_with("\xFE\xFF")) return Charset{Encoding::utf_16be, 2};
  if (bytes.starts_with("\xFF\xFE")) return Charset{Encoding::utf_16le, 2};
  if (auto const header = encoding_in(content_type)) {
    // AD-HOC: a header that says UTF-16 of bytes without a zero is wrong.
    if (!is_utf16(*header) || has_zeros(bytes)) return Charset{*header};
  }
  auto found = prescan(bytes.substr(0, kPrescanBytes));
  if (!found) found = utf16_by_zeros(bytes);
  if (!found) found = prescan(bytes.substr(0, kLatePrescanBytes));
  return found ? std::optional(Charset{*found}) : std::nullopt;
}

Charset find_charset(std::string_view bytes, std::string_view content_type, Utf8Check check,
                     std::vector<std::string>& notes) {
  auto const label = labelled_charset(bytes, content_type);
  if (label && (label->mark_size != 0 || may_look_like_utf8(label->encoding))) return *label;
  if (label && label->encoding != Encoding::utf_8) {
    if (check.ascii || !check.valid) return *label;
    notes.push_back("charset: label says " + std::string(name(label->encoding)) + ", bytes are UTF-8");
    return {Encoding::utf_8};
  }
  if (check.ascii) return label.value_or(Charset{});
  if (check.valid) return {Encoding::utf_8};
  if (!label) return {guess_or(Encoding::windows_1252, bytes, "no label", notes)};
  Utf8Count const count = count_utf8(bytes);
  if (count.bad <= count.good) {
    if (count.bad != 0) notes.push_back("charset: " + std::to_string(count.bad) + " ill-formed bytes in UTF-8");
    return {Encoding::utf_8};
  }
  return {guess_or(Encoding::windows_1252, bytes, "label says UTF-8, bytes are not", notes)};
}

}  // namespace vigie::page
