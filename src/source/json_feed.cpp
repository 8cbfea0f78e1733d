#include "source/json_feed.hpp"

#include <simdjson.h>

#include "base/utf8.hpp"
#include "source/html_text.hpp"
#include "source/url.hpp"

namespace vigie::source {
namespace {

using simdjson::dom::element;
using simdjson::dom::object;
using std::string_view;

string_view text_of(object const& o, char const* key) {
  string_view value;
  return o[key].get(value) == simdjson::SUCCESS ? value : string_view();
}

std::string escaped(string_view text) {
  std::string out;
  append_escaped(out, text);
  return out;
}

// Ids are strings; some feeds write numbers.
std::string id_of(object const& item) {
  element value;
  if (item["id"].get(value) != simdjson::SUCCESS) return {};
  string_view text;
  return value.get(text) == simdjson::SUCCESS ? std::string(text) : std::string(simdjson::minify(value));
}

std::vector<std::string> authors_of(object const& o) {
  std::vector<std::string> names;
  simdjson::dom::array list;
  if (o["authors"].get(list) == simdjson::SUCCESS) {
    for (auto const author : list) {
      object one;
      if (author.get(one) == simdjson::SUCCESS && !text_of(one, "name").empty())
        names.emplace_back(text_of(one, "name"));
    }
  }
  object one;
  if (names.empty() && o["author"].get(one) == simdjson::SUCCESS && !text_of(one, "name").empty()) {
    names.emplace_back(text_of(one, "name"));
  }
  return names;
}

FeedEntry entry_of(object const& item, Feed const& feed, std::vector<std::string> const& feed_authors) {
  FeedEntry entry;
  entry.id = id_of(item);
  entry.link =
      resolve_url(feed.link, text_of(item, "url").empty() ? text_of(item, "external_url") : text_of(item, "url"));
  if (entry.link.empty() && entry.id.starts_with("http")) entry.link = entry.id;
  entry.title_html = escaped(text_of(item, "title"));
  entry.summary_html = escaped(text_of(item, "summary"));
  entry.content_html = text_of(item, "content_html");
  if (entry.content_html.empty()) entry.content_html = escaped(text_of(item, "content_text"));
  entry.published = parse_feed_date(text_of(item, "date_published"));
  entry.updated = parse_feed_date(text_of(item, "date_modified"));
  auto const image = text_of(item, "image").empty() ? text_of(item, "banner_image") : text_of(item, "image");
  entry.image = resolve_url(entry.link, image);
  entry.authors = authors_of(item);
  if (entry.authors.empty()) entry.authors = feed_authors;
  simdjson::dom::array tags;
  if (item["tags"].get(tags) == simdjson::SUCCESS) {
    for (auto const tag : tags) {
      string_view text;
      if (tag.get(text) == simdjson::SUCCESS) entry.categories.emplace_back(text);
    }
  }
  return entry;
}

// The document with its items; `each` gets every item that is an object. Returns what was wrong.
template <class Each>
std::string read(string_view bytes, FeedLimits limits, object& root, simdjson::dom::parser& parser, Feed& feed,
                 Each const& each) {
  if (bytes.starts_with("\xef\xbb\xbf")) bytes.remove_prefix(3);
  std::string const valid = is_valid_utf8(bytes) ? std::string() : to_valid_utf8(bytes);
  auto const text = valid.empty() ? bytes : string_view(valid);
  element document;
  auto const error = parser.parse(text.data(), text.size()).get(document);
  if (error) return std::string("not JSON: ") + simdjson::error_message(error);
  if (document.get(root) != simdjson::SUCCESS) return "not a JSON object";
  feed.format = Feed::Format::json;
  feed.title_html = escaped(text_of(root, "title"));
  feed.link = text_of(root, "home_page_url");
  feed.language = text_of(root, "language");
  simdjson::dom::array items;
  if (root["items"].get(items) != simdjson::SUCCESS) return "no items";
  uint32_t count = 0;
  for (auto const item : items) {
    object one;
    if (item.get(one) != simdjson::SUCCESS) continue;
    if (++count > limits.entries) return "a limit was reached";
    each(one);
  }
  return {};
}

}  // namespace

Feed parse_json_feed(string_view bytes, FeedLimits limits) {
  simdjson::dom::parser parser;
  object root;
  Feed feed;
  auto problem = read(bytes, limits, root, parser, feed,
                      [&](object const& item) { feed.entries.push_back(entry_of(item, feed, authors_of(root))); });
  feed.problem = std::move(problem);
  return feed;
}

SplitFeed split_json_feed(string_view bytes, FeedLimits limits) {
  simdjson::dom::parser parser;
  object root;
  Feed feed;
  SplitFeed split;
  std::string about;
  auto problem = read(bytes, limits, root, parser, feed, [&](object const& item) {
    if (about.empty()) {
      about = "{";
      for (char const* const key : {"version", "title", "home_page_url", "language", "authors", "author"}) {
        element value;
        if (root[key].get(value) != simdjson::SUCCESS) continue;
        about.append("\"").append(key).append("\":").append(std::string(simdjson::minify(value))).append(",");
      }
    }
    Capture capture;
    capture.media = Media::feed_entry;
    capture.content_type = "application/feed+json; charset=utf-8";
    capture.url = entry_of(item, feed, {}).link;
    capture.body = about + "\"items\":[" + std::string(simdjson::minify(item)) + "]}";
    split.entries.push_back(std::move(capture));
  });
  split.problem = std::move(problem);
  return split;
}

}  // namespace vigie::source
