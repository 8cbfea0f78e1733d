#include "article/script_dates.hpp"

#include <cstdlib>
#include <string>
#include <string_view>

#include "article/dates.hpp"
#include "article/strings.hpp"

namespace vigie::article {
namespace {

constexpr size_t kBytesMax = 4'000'000;  // of all scripts together
constexpr size_t kHitsMax = 200;

// Calls visit(text) with the text of each script until it returns true.
template <class Visit>
void each_script(page::Tree const& tree, Visit visit) {
  size_t bytes = 0;
  auto const all = page::kDocument;
  for (auto n = tree.next_in(all, all); n != page::kNoNode; n = tree.next_in(all, n)) {
    if (!tree.is_element(n) || tree.tag(n) != page::Atom::script) continue;
    for (auto child = tree.next_in(n, n); child != page::kNoNode; child = tree.next_in(n, child)) {
      if (!tree.is_text(child)) continue;
      auto const text = tree.text(child);
      bytes += text.size();
      if (bytes > kBytesMax || visit(text)) return;
    }
  }
}

// The string that stands behind a key: `": "`, `\":\"`, `&quot;:&quot;`; empty where there is none.
std::string_view value_at(std::string_view text, size_t at) {
  size_t const end = std::min(text.size(), at + 12);
  bool colon = false;
  for (; at < end; ++at) {
    char const c = text[at];
    if (c == ':') {
      colon = true;
    } else if (is_digit(c)) {
      break;
    } else if (c != '"' && c != '\\' && c != '\'' && !is_space(c)) {
      return {};
    }
  }
  if (!colon || at >= end) return {};
  auto const rest = text.substr(at, 40);
  return rest.substr(0, rest.find_first_of("\"\\'<,}"));
}

std::optional<Time> value_of(std::string_view text, std::string_view key) {
  size_t hits = 0;
  for (size_t at = text.find(key); at != text.npos && hits < kHitsMax; at = text.find(key, at + 1), ++hits) {
    auto const value = value_at(text, at + key.size());
    if (value.size() < 8) continue;
    if (auto t = read_date_field(value)) return t;
  }
  return {};
}

}  // namespace

std::optional<Time> published_in_text(std::string_view script) {
  return value_of(script.substr(0, kBytesMax), "datePublished");
}

std::optional<Time> published_in_scripts(page::Tree const& tree) {
  static constexpr std::string_view kKeys[]{"datePublished",  "published_at", "publishedAt",     "publishedDate",
                                            "publish_date",   "publishDate",  "publicationDate", "pubDate",
                                            "PublishingDate", "createdAt",    "created_at"};
  for (auto const key : kKeys) {
    std::optional<Time> found;
    each_script(tree, [&](std::string_view text) {
      found = value_of(text, key);
      return found.has_value();
    });
    if (found) return found;
  }
  return {};
}

std::optional<Time> local_form_in_scripts(page::Tree const& tree, Time utc) {
  std::optional<Time> found;
  for (int const ahead : {-1, 0, 1}) {
    Time day = utc;
    day.local_s = (utc.local_s / 86400 + ahead) * 86400;
    day.precision = Time::Precision::day;
    auto const wanted = format_rfc3339(day) + "T";
    each_script(tree, [&](std::string_view text) {
      size_t hits = 0;
      for (size_t at = text.find(wanted); at != text.npos && hits < kHitsMax; at = text.find(wanted, at + 1), ++hits) {
        auto const t = read_date_field(text.substr(at, 25));
        if (!t || t->zone != Time::Zone::offset || t->offset_minutes == 0) continue;
        if (std::abs(t->epoch_s() - utc.epoch_s()) < 60) return found = t, true;
      }
      return false;
    });
    if (found) return found;
  }
  return found;
}

}  // namespace vigie::article
