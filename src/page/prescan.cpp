#include "page/prescan.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "page/scan.hpp"

namespace vigie::page {
namespace {

bool starts_with(std::string_view text, std::string_view lower_case) {
  return text.size() >= lower_case.size() &&
         std::ranges::equal(text.substr(0, lower_case.size()), lower_case, {}, lowered);
}

// A reader of the bytes, one attribute at a time. Everything stops at the end.
class Prescan {
 public:
  explicit Prescan(std::string_view bytes) : bytes_(bytes) {}

  std::optional<Encoding> run() {
    for (; at_ < bytes_.size(); ++at_) {
      if (bytes_[at_] != '<') continue;
      std::string_view const rest = bytes_.substr(at_);
      if (rest.starts_with("<!--")) {
        skip_past("-->", at_ + 2);
      } else if (starts_with(rest, "<meta") && rest.size() > 5 && (is_space(rest[5]) || rest[5] == '/')) {
        at_ += 5;
        if (auto const found = meta()) return found;
      } else if (rest.size() > 1 && (is_letter(rest[1]) || (rest[1] == '/' && rest.size() > 2 && is_letter(rest[2])))) {
        while (at_ < bytes_.size() && !is_space(bytes_[at_]) && bytes_[at_] != '>') ++at_;
        while (attribute()) {
        }
      } else if (rest.size() > 1 && (rest[1] == '!' || rest[1] == '/' || rest[1] == '?')) {
        skip_past(">", at_);
      }
    }
    return std::nullopt;
  }

 private:
  void skip_past(std::string_view what, size_t from) {
    size_t const found = bytes_.find(what, from);
    at_ = found == bytes_.npos ? bytes_.size() : found + what.size() - 1;
  }

  // https://html.spec.whatwg.org/#concept-get-attributes-when-sniffing. False where the tag has no more; at_ is then
  // at its '>'.
  bool attribute() {
    name_.clear();
    value_.clear();
    while (at_ < bytes_.size() && (is_space(bytes_[at_]) || bytes_[at_] == '/')) ++at_;
    if (at_ >= bytes_.size() || bytes_[at_] == '>') return false;
    for (;; ++at_) {
      if (at_ >= bytes_.size()) return false;
      char const c = bytes_[at_];
      if ((c == '=' && !name_.empty()) || is_space(c)) break;
      if (c == '/' || c == '>') return true;
      name_ += lowered(c);
    }
    skip_spaces();
    if (at_ >= bytes_.size()) return false;
    if (bytes_[at_] != '=') return true;
    ++at_;
    skip_spaces();
    return at_ < bytes_.size() && value();
  }

  bool value() {
    char const quote = bytes_[at_];
    if (quote == '"' || quote == '\'') {
      size_t const end = bytes_.find(quote, at_ + 1);
      if (end == bytes_.npos) return at_ = bytes_.size(), false;
      for (char c : bytes_.substr(at_ + 1, end - at_ - 1)) value_ += lowered(c);
      at_ = end + 1;
      return true;
    }
    for (; at_ < bytes_.size() && !is_space(bytes_[at_]) && bytes_[at_] != '>'; ++at_) value_ += lowered(bytes_[at_]);
    return at_ < bytes_.size();
  }

  void skip_spaces() {
    while (at_ < bytes_.size() && is_space(bytes_[at_])) ++at_;
  }

  std::optional<Encoding> meta() {
    enum class Pragma : uint8_t { unknown, not_needed, needed } pragma = Pragma::unknown;
    bool got_pragma = false, seen_equiv = false, seen_content = false, seen_charset = false;
    std::optional<Encoding> encoding;
    while (attribute()) {
      if (name_ == "http-equiv" && !std::exchange(seen_equiv, true)) {
        got_pragma = value_ == "content-type";
      } else if (name_ == "content" && !std::exchange(seen_content, true)) {
        auto const found = encoding_in(value_);
        if (found && pragma == Pragma::unknown) {
          encoding = found;
          pragma = Pragma::needed;
        }
      } else if (name_ == "charset" && !std::exchange(seen_charset, true)) {
        encoding = encoding_of_label(value_);
        pragma = Pragma::not_needed;
      }
    }
    if (at_ >= bytes_.size() || pragma == Pragma::unknown || (pragma == Pragma::needed && !got_pragma)) {
      return std::nullopt;
    }
    return encoding;
  }

  std::string_view bytes_;
  size_t at_ = 0;
  std::string name_, value_;
};

// https://html.spec.whatwg.org/#concept-get-xml-encoding-when-sniffing
std::optional<Encoding> xml_encoding(std::string_view bytes) {
  if (!bytes.starts_with("<?xml")) return std::nullopt;
  std::string_view declaration = bytes.substr(0, bytes.find('>'));
  size_t at = declaration.find("encoding");
  if (at == declaration.npos) return std::nullopt;
  declaration.remove_prefix(at + 8);
  auto const skip = [&] {
    while (!declaration.empty() && static_cast<unsigned char>(declaration.front()) <= 0x20)
      declaration.remove_prefix(1);
  };
  skip();
  if (!declaration.starts_with('=')) return std::nullopt;
  declaration.remove_prefix(1);
  skip();
  if (declaration.empty() || (declaration.front() != '"' && declaration.front() != '\'')) return std::nullopt;
  size_t const end = declaration.find(declaration.front(), 1);
  if (end == declaration.npos) return std::nullopt;
  return encoding_of_label(declaration.substr(1, end - 1));
}

}  // namespace

std::optional<Encoding> prescan(std::string_view bytes) {
  auto found = Prescan(bytes).run();
  if (!found) found = xml_encoding(bytes);
  // Bytes that could be read so far are neither of these.
  if (found == Encoding::utf_16be || found == Encoding::utf_16le) return Encoding::utf_8;
  if (found == Encoding::x_user_defined) return Encoding::windows_1252;
  return found;
}

// https://html.spec.whatwg.org/#algorithm-for-extracting-a-character-encoding-from-a-meta-element
std::optional<Encoding> encoding_in(std::string_view text) {
  constexpr std::string_view kWord = "charset";
  for (size_t at = 0; at + kWord.size() <= text.size(); ++at) {
    if (!starts_with(text.substr(at), kWord)) continue;
    size_t after = at + kWord.size();
    auto const skip = [&] {
      while (after < text.size() && is_space(text[after])) ++after;
    };
    skip();
    if (after >= text.size() || text[after] != '=') continue;
    ++after;
    skip();
    if (after >= text.size()) return std::nullopt;
    if (text[after] == '"' || text[after] == '\'') {
      size_t const end = text.find(text[after], after + 1);
      if (end == text.npos) return std::nullopt;
      return encoding_of_label(text.substr(after + 1, end - after - 1));
    }
    size_t const end = text.find_first_of("; \t\n\f\r", after);
    return encoding_of_label(text.substr(after, end - after));
  }
  return std::nullopt;
}

}  // namespace vigie::page
