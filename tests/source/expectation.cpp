#include "source/expectation.hpp"

#include <charconv>

#include "base/utf8.hpp"
#include "source/ascii.hpp"

namespace vigie::source {
namespace {

using std::string_view;

void skip_blanks(string_view& s) {
  while (!s.empty() && is_blank(s.front())) s.remove_prefix(1);
}

bool take(string_view& s, string_view what) {
  skip_blanks(s);
  if (!s.starts_with(what)) return false;
  s.remove_prefix(what.size());
  return true;
}

uint32_t number(string_view digits, int base) {
  uint32_t value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
  return value;
}

// What follows a backslash in a Python string; `s` moves behind it.
void append_escape(std::string& out, string_view& s) {
  char const c = s.front();
  s.remove_prefix(1);
  size_t const digits = c == 'x' ? 2 : c == 'u' ? 4 : c == 'U' ? 8 : 0;
  if (digits > 0) {
    append_code_point(out, number(s.substr(0, digits), 16));
    s.remove_prefix(std::min(digits, s.size()));
  } else {
    out += c == 'n' ? '\n' : c == 't' ? '\t' : c == 'r' ? '\r' : c;
  }
}

// 'a' + 'b', with u'' and "" alike. nullopt where no string stands.
std::optional<std::string> take_text(string_view& s) {
  std::string out;
  do {
    if (skip_blanks(s); s.starts_with('u')) s.remove_prefix(1);
    if (s.empty() || (s[0] != '\'' && s[0] != '"')) return std::nullopt;
    char const quote = s[0];
    for (s.remove_prefix(1); !s.empty() && s[0] != quote;) {
      if (s[0] == '\\' && s.size() > 1) {
        s.remove_prefix(1);
        append_escape(out, s);
      } else {
        out += s[0];
        s.remove_prefix(1);
      }
    }
    if (s.empty()) return std::nullopt;
    s.remove_prefix(1);
  } while (take(s, "+"));
  return out;
}

// (2004, 1, 1, 19, 48, 21, 3, 1, 0) -> 2004-01-01T19:48:21Z
std::optional<std::string> take_date(string_view& s) {
  if (!take(s, "(")) return std::nullopt;
  int64_t parts[6] = {};
  for (auto& part : parts) {
    skip_blanks(s);
    auto const end = s.find_first_not_of("0123456789");
    if (end == 0 || end == string_view::npos) return std::nullopt;
    part = number(s.substr(0, end), 10);
    s.remove_prefix(end);
    take(s, ",");
  }
  s.remove_prefix(std::min(s.size(), s.find(')') + 1));
  int64_t const day =
      days_from_date({static_cast<int>(parts[0]), static_cast<unsigned>(parts[1]), static_cast<unsigned>(parts[2])});
  return format_rfc3339(utc_from_epoch(day * 86400 + parts[3] * 3600 + parts[4] * 60 + parts[5]));
}

// entries[0]['content'][0]['value'] -> entries[0].content[0].value
std::optional<std::string> take_path(string_view& s) {
  skip_blanks(s);
  std::string out;
  while (!s.empty() && (is_alpha(s[0]) || s[0] == '_')) out += s[0], s.remove_prefix(1);
  while (!s.empty()) {
    if (s.starts_with("['")) {
      auto const end = s.find("']");
      if (end == string_view::npos) return std::nullopt;
      out.append(".").append(s.substr(2, end - 2));
      s.remove_prefix(end + 2);
    } else if (s[0] == '[') {
      auto const end = s.find(']');
      if (end == string_view::npos) return std::nullopt;
      out.append(s.substr(0, end + 1));
      s.remove_prefix(end + 1);
    } else if (s[0] == '.') {
      out += '.';
      for (s.remove_prefix(1); !s.empty() && (is_alpha(s[0]) || s[0] == '_'); s.remove_prefix(1)) out += s[0];
    } else {
      break;
    }
  }
  return out.empty() ? std::nullopt : std::optional(out);
}

bool take_index(string_view& path, string_view name, size_t& index) {
  if (!path.starts_with(name) || path.substr(name.size(), 1) != "[") return false;
  path.remove_prefix(name.size() + 1);
  index = number(path.substr(0, path.find(']')), 10);
  path.remove_prefix(path.find(']') + 1);
  if (path.starts_with('.')) path.remove_prefix(1);
  return true;
}

std::string utc(std::optional<Time> const& time) {
  return time ? format_rfc3339(utc_from_epoch(time->epoch_s())) : std::string();
}

std::optional<std::string> entry_value(FeedEntry const& e, string_view path) {
  size_t i = 0;
  if (path == "title" || path == "title_detail.value") return e.title_html;
  if (path == "summary" || path == "description" || path == "summary_detail.value")
    return e.summary_html.empty() ? e.content_html : e.summary_html;
  if (path == "link") return e.link;
  if (path == "id" || path == "guid") return e.id;
  if (path == "author" || path == "author_detail.name") return e.authors.empty() ? "" : e.authors[0];
  if (path == "category") return e.categories.empty() ? "" : e.categories[0];
  if (path == "published_parsed" || path == "created_parsed") return utc(e.published);
  if (path == "updated_parsed") return utc(e.updated ? e.updated : e.published);
  if (take_index(path, "content", i) && path == "value" && i == 0)
    return e.content_html.empty() ? e.summary_html : e.content_html;
  if (take_index(path, "authors", i) && path == "name") return i < e.authors.size() ? e.authors[i] : "";
  if (take_index(path, "tags", i) && path == "term") return i < e.categories.size() ? e.categories[i] : "";
  return std::nullopt;
}

}  // namespace

std::vector<Clause> clauses_of(string_view s) {
  std::vector<Clause> clauses;
  while (!s.empty()) {
    while (take(s, "(")) {
    }
    auto const path = take_path(s);
    if (path && take(s, "==")) {
      bool const text = take(s, "'") || take(s, "\"") || take(s, "u'");
      auto literal = s;
      if (text) literal = string_view(s.data() - 1, s.size() + 1);
      auto expected = text ? take_text(literal) : take_date(literal);
      if (expected) clauses.push_back({*path, std::move(*expected)});
      s = expected ? literal : s;
    }
    auto const next = s.find(" and ");
    if (next == string_view::npos) break;
    s.remove_prefix(next + 5);
  }
  return clauses;
}

std::optional<std::string> value_at(Feed const& feed, string_view path) {
  size_t i = 0;
  if (take_index(path, "entries", i)) {
    auto const known = entry_value({}, path);
    if (!known) return std::nullopt;
    return i < feed.entries.size() ? entry_value(feed.entries[i], path) : std::string();
  }
  if (path == "feed.title" || path == "feed.title_detail.value") return feed.title_html;
  if (path == "feed.link") return feed.link;
  if (path == "feed.language") return feed.language;
  return std::nullopt;
}

}  // namespace vigie::source
