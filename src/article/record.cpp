#include "article/record.hpp"

#include <algorithm>
#include <array>

#include "article/address.hpp"
#include "article/dates.hpp"
#include "article/strings.hpp"
#include "text/language.hpp"

namespace vigie::article {
namespace {

constexpr std::array<std::string_view, 22> kOwnKeys{
    "id",   "url",        "source",  "language", "lang",      "kicker",     "title", "lede",
    "body", "paragraphs", "authors", "author",   "published", "modified",   "seen",  "section",
    "tags", "image",      "access",  "kind",     "text",      "diagnostics"};
constexpr std::array<std::string_view, 5> kDerivedKeys{"quotes", "mentions", "copy_of", "story", "score"};

template <size_t N>
bool is_one_of(std::string_view key, std::array<std::string_view, N> const& keys) {
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

void read_strings(JsonView value, std::vector<std::string>& out) {
  auto const add = [&](JsonView v) {
    auto text = squeezed(v.is_object() ? v["name"].string() : v.string());
    if (!text.empty() && std::find(out.begin(), out.end(), text) == out.end()) out.push_back(std::move(text));
  };
  if (!value.is_array()) return add(value);
  for (auto item = value.first(); item.exists(); item = item.next()) add(item);
}

void add_lines(std::string_view text, std::vector<Block>& out) {
  while (!text.empty()) {
    size_t const end = std::min(text.find('\n'), text.size());
    auto line = squeezed(text.substr(0, end));
    if (!line.empty()) out.push_back({BlockKind::paragraph, 0, std::move(line)});
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

void read_body(JsonView record, Article& a) {
  auto const paragraphs = record["paragraphs"];
  if (paragraphs.is_array() && paragraphs.first().exists()) {
    for (auto p = paragraphs.first(); p.exists(); p = p.next()) {
      add_lines(p.is_object() ? p["text"].string() : p.string(), a.blocks);
    }
  } else {
    add_lines(record["body"].string(), a.blocks);
  }
}

// The lede is shown above the body, always, but where the body begins with it: then it is no block of its own. The
// exporter's own records say which by their text.
void place_lede(JsonView record, Article& a) {
  if (a.lede.empty()) return;
  a.lede_in_text = true;
  if (auto const shown = record["text"].string(); !shown.empty() && record["paragraphs"].is_array()) {
    a.lede_in_text = shown.starts_with(a.lede) && (a.blocks.empty() || text(a).size() == shown.size());
    return;
  }
  if (!a.blocks.empty() && a.blocks[0].text.starts_with(a.lede)) a.lede_in_text = false;
}

std::optional<Time> read_time(JsonView value, std::string_view name, Article& a) {
  if (!value.is_string() || value.string().empty()) return {};
  auto t = parse_rfc3339(trim(value.string()));
  if (!t) t = read_date_field(value.string());
  if (!t) a.diagnostics.push_back(std::string(name) + ": not understood: " + squeezed(value.string().substr(0, 80)));
  return t;
}

void read_enums(JsonView record, Article& a) {
  for (auto const access : {Access::free, Access::paid}) {
    if (record["access"].string() == name(access)) a.access = access;
  }
  for (auto const kind : {Kind::live, Kind::listing, Kind::other}) {
    if (record["kind"].string() == name(kind)) a.kind = kind;
  }
}

void note_unknown_keys(JsonView record, Article& a) {
  std::string names;
  for (auto member = record.first(); member.exists(); member = member.next()) {
    if (is_one_of(member.key(), kOwnKeys) || is_one_of(member.key(), kDerivedKeys)) continue;
    if (names.size() > 200) break;
    names += (names.empty() ? "" : ", ") + squeezed(member.key().substr(0, 60));
  }
  if (!names.empty()) a.diagnostics.push_back("record: unknown keys kept aside: " + names);
}

}  // namespace

Result<Article> article_of_record(std::string_view line, Json& json) {
  VIGIE_TRY(auto const record, json.read(line));
  if (!record.is_object()) return fail(Errc::invalid_input, "the record is not a JSON object");
  Article a;
  a.id = std::string(record["id"].string());
  if (!a.id.empty() && !is_valid_id(a.id)) {
    a.diagnostics.push_back("id: not of 1 to 128 letters, digits, \"._:-\"; one was made");
    a.id.clear();
  }
  a.url = std::string(trim(record["url"].string()));
  a.source = squeezed(record["source"].string());
  if (a.source.empty()) a.source = host_without_www(a.url);
  a.kicker = squeezed(record["kicker"].string());
  a.title = squeezed(record["title"].string());
  a.lede = squeezed(record["lede"].string());
  read_body(record, a);
  place_lede(record, a);
  read_strings(record["authors"].exists() ? record["authors"] : record["author"], a.authors);
  read_strings(record["tags"], a.tags);
  a.section = squeezed(record["section"].string());
  a.image = std::string(trim(record["image"].string()));
  read_strings(record["diagnostics"], a.diagnostics);
  a.published = read_time(record["published"], "published", a);
  a.modified = read_time(record["modified"], "modified", a);
  a.seen = read_time(record["seen"], "seen", a);
  read_enums(record, a);
  if (a.title.empty() && a.lede.empty() && a.blocks.empty() && a.url.empty()) {
    return fail(Errc::invalid_input, "the record has no title, text or url");
  }
  auto const declared = record["lang"].is_string() ? record["lang"].string() : record["language"].string();
  a.language = text::primary_language(declared);
  if (a.language.empty()) a.language = text::detect_language(a.title + "\n" + text(a));
  note_unknown_keys(record, a);
  return a;
}

}  // namespace vigie::article
