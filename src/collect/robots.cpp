#include "collect/robots.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "source/ascii.hpp"

namespace vigie::collect {
namespace {

using source::equal_nocase;
using source::is_alpha;
using source::is_digit;
using source::lower;
using source::trim;
using std::string_view;

constexpr size_t kPatternMax = 2048, kRulesMax = 20'000, kSitemapsMax = 100;
constexpr double kDelayMaxSeconds = 60;

int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  c = lower(c);
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

// RFC 9309, 2.2.2: octets outside ASCII are compared percent-encoded, encoded unreserved ones decoded.
std::string normal_path(string_view path) {
  constexpr char kHex[] = "0123456789ABCDEF";
  std::string out;
  auto const encode = [&](unsigned char byte) {
    out += '%';
    out += kHex[byte >> 4];
    out += kHex[byte & 15];
  };
  for (size_t i = 0; i < path.size(); ++i) {
    auto const byte = static_cast<unsigned char>(path[i]);
    bool const coded =
        path[i] == '%' && i + 2 < path.size() && hex_value(path[i + 1]) >= 0 && hex_value(path[i + 2]) >= 0;
    if (coded) {
      char const c = static_cast<char>(hex_value(path[i + 1]) * 16 + hex_value(path[i + 2]));
      bool const unreserved = is_alpha(c) || is_digit(c) || c == '-' || c == '.' || c == '_' || c == '~';
      unreserved ? void(out += c) : encode(static_cast<unsigned char>(c));
      i += 2;
    } else if (byte > 0x7F) {
      encode(byte);
    } else {
      out += path[i];
    }
  }
  return out;
}

// "*" stands for anything, "$" at the end for the end. Greedy with one step back: a later "*" never needs an earlier
// one to give anything up.
bool matches(string_view pattern, string_view path) {
  bool const anchored = pattern.ends_with('$');
  if (anchored) pattern.remove_suffix(1);
  size_t p = 0, s = 0, star = string_view::npos, from = 0;
  while (true) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      from = s;
    } else if (p == pattern.size() && (!anchored || s == path.size())) {
      return true;
    } else if (p < pattern.size() && s < path.size() && pattern[p] == path[s]) {
      ++p, ++s;
    } else if (star != string_view::npos && from < path.size()) {
      p = star + 1;
      s = ++from;
    } else {
      return false;
    }
  }
}

struct LineView {
  string_view key, value;
};

LineView parse_line(string_view line) {
  line = line.substr(0, line.find('#'));
  size_t const colon = line.find(':');
  if (colon == string_view::npos) return {};
  return {trim(line.substr(0, colon)), trim(line.substr(colon + 1))};
}

// The product's name in a user-agent line: letters, "_" and "-" (RFC 9309, 2.2.1); a version behind it is dropped.
string_view product_of(string_view value) {
  size_t end = 0;
  while (end < value.size() && (is_alpha(value[end]) || value[end] == '_' || value[end] == '-')) ++end;
  return value.substr(0, value == "*" ? 1 : end);
}

}  // namespace

Robots Robots::forbid_all() {
  Robots robots;
  robots.rules_.push_back({"/", false});
  return robots;
}

Robots Robots::parse(string_view text, string_view product) {
  text = text.substr(0, kRobotsBytesMax);
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  Robots named, general;
  bool has_named = false, in_named = false, in_general = false, after_rule = true;
  while (!text.empty()) {
    size_t const end = std::min(text.find_first_of("\r\n"), text.size());
    auto const [key, value] = parse_line(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (equal_nocase(key, "user-agent")) {
      if (after_rule) in_named = in_general = false;  // a new group begins
      after_rule = false;
      auto const name = product_of(value);
      in_named |= equal_nocase(name, product);
      in_general |= name == "*";
      has_named |= in_named;
      continue;
    }
    if (equal_nocase(key, "sitemap")) {
      if (general.sitemaps_.size() < kSitemapsMax && value.size() < kPatternMax) general.sitemaps_.emplace_back(value);
      continue;
    }
    bool const allow = equal_nocase(key, "allow"), disallow = equal_nocase(key, "disallow");
    bool const delay = equal_nocase(key, "crawl-delay");
    if (!allow && !disallow && !delay) continue;
    after_rule = true;
    for (auto* const group : {in_named ? &named : nullptr, in_general ? &general : nullptr}) {
      if (group == nullptr) continue;
      double seconds = 0;
      if (delay && std::from_chars(value.data(), value.data() + value.size(), seconds).ec == std::errc{} && seconds > 0)
        group->delay_ms_ = static_cast<uint32_t>(1000 * std::min(seconds, kDelayMaxSeconds));
      if (!delay && !value.empty() && value.size() < kPatternMax && group->rules_.size() < kRulesMax)
        group->rules_.push_back({normal_path(value), allow});
    }
  }
  if (!has_named) return general;
  named.sitemaps_ = std::move(general.sitemaps_);
  return named;
}

bool Robots::allows(string_view path) const {
  std::string const normal = normal_path(path.empty() ? "/" : path.substr(0, kPatternMax));
  if (normal == "/robots.txt") return true;
  size_t longest = 0;
  bool allowed = true;
  for (auto const& rule : rules_) {
    bool const weighs_more = rule.pattern.size() > longest || (rule.pattern.size() == longest && rule.allow);
    if (!weighs_more || !matches(rule.pattern, normal)) continue;
    longest = rule.pattern.size();
    allowed = rule.allow;
  }
  return allowed;
}

}  // namespace vigie::collect
