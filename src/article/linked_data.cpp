#include "article/linked_data.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "article/address.hpp"
#include "article/byline.hpp"
#include "article/dates.hpp"
#include "article/script_dates.hpp"
#include "article/strings.hpp"

namespace vigie::article {
namespace {

constexpr size_t kObjectsMax = 4096;  // of one script; more are not looked at

bool has_type(JsonView object, auto&& test) {
  auto const type = object["@type"];
  if (type.is_string()) return test(type.string());
  for (auto t = type.first(); t.exists(); t = t.next()) {
    if (t.is_string() && test(t.string())) return true;
  }
  return false;
}

std::string_view bare_type(std::string_view type) {
  size_t const slash = type.rfind('/');
  return slash == type.npos ? type : type.substr(slash + 1);
}

int rank_of_type(std::string_view type) {
  type = bare_type(type);
  if (type.ends_with("NewsArticle") || type == "LiveBlogPosting" || type == "Report") return 40;
  if (type.ends_with("Article") || type == "BlogPosting") return 36;
  if (type == "SocialMediaPosting" || type == "DiscussionForumPosting" || type == "Review" || type == "Recipe" ||
      type == "Posting") {
    return 28;
  }
  if (type == "CreativeWork" || type == "VideoObject" || type == "AudioObject" || type == "PodcastEpisode") return 16;
  return 0;
}

bool is_organisation(JsonView object) {
  return has_type(object, [](std::string_view t) { return bare_type(t).ends_with("Organization"); });
}

bool is_page_type(std::string_view type) { return bare_type(type).ends_with("Page"); }

class Script {
 public:
  Script(PageHints const& hints, Plainer& plain) : hints_(hints), plain_(plain) {}

  void read(JsonView root, Claims& article, Claims& page) {
    gather(root);
    JsonView best;
    int best_rank = article.rank;
    for (auto const object : objects_) {
      int const rank = rank_of(object);
      if (rank > best_rank) {
        best = object;
        best_rank = rank;
      }
      if (has_type(object, is_page_type)) {
        Claims claims = claims_of(object);
        fill_gaps(page, claims);
        page.rank = std::max(page.rank, 1);
      }
      if (has_type(object,
                   [](auto t) { return bare_type(t) == "WebSite" || bare_type(t).ends_with("Organization"); })) {
        if (page.site_name.empty()) page.site_name = plain_.line(object["name"].string());
      }
    }
    if (!best.exists()) return;
    Claims claims = claims_of(best);
    claims.rank = best_rank;
    fill_gaps(claims, article);
    article = std::move(claims);
  }

 private:
  // Objects that may describe the page: the roots, members of arrays and @graph, what a page is about.
  void gather(JsonView root) {
    std::vector<JsonView> todo{root};
    while (!todo.empty() && objects_.size() < kObjectsMax) {
      auto const at = todo.back();
      todo.pop_back();
      if (at.is_array()) {
        size_t const front = todo.size();
        for (auto item = at.first(); item.exists() && todo.size() < kObjectsMax; item = item.next())
          todo.push_back(item);
        std::reverse(todo.begin() + static_cast<std::ptrdiff_t>(front), todo.end());
      } else if (at.is_object()) {
        objects_.push_back(at);
        for (auto const key : {"mainEntityOfPage", "mainEntity", "@graph"}) {
          if (auto const inner = at[key]; inner.is_object() || inner.is_array()) todo.push_back(inner);
        }
      }
    }
  }

  int rank_of(JsonView object) {
    int rank = 0;
    has_type(object, [&](auto t) { return rank = std::max(rank, rank_of_type(t)), false; });
    if (rank == 0) return 0;
    if (!object["articleBody"].string().empty()) rank += 3;
    if (object["datePublished"].exists()) rank += 3;
    if (object["headline"].exists()) rank += 3;
    auto const title = folded(plain_.line(title_of(object)));
    auto const wanted = folded(hints_.title);
    if (!title.empty() && !wanted.empty() && (wanted.find(title) != wanted.npos || title.find(wanted) != title.npos))
      rank += 12;
    auto const url = url_of(object);
    if (!url.empty() && normalize_address(url) == normalize_address(hints_.url)) rank += 12;
    return rank;
  }

  static std::string_view title_of(JsonView object) {
    return object["headline"].is_string() ? object["headline"].string() : object["name"].string();
  }

  static std::string_view url_of(JsonView object) {
    if (object["url"].is_string()) return object["url"].string();
    auto const main = object["mainEntityOfPage"];
    if (main.is_string()) return main.string();
    return main["@id"].is_string() ? main["@id"].string() : object["@id"].string();
  }

  // What {"@id": "..."} stands for, where the script says it elsewhere.
  JsonView resolved(JsonView value) const {
    auto const id = value["@id"];
    if (!id.is_string() || value["name"].exists()) return value;
    for (auto const object : objects_) {
      if (object["@id"].string() == id.string() && object["name"].exists()) return object;
    }
    return value;
  }

  void add_people(JsonView value, std::vector<std::string>& out) {
    if (value.is_array()) {
      for (auto item = value.first(); item.exists(); item = item.next()) {
        if (!item.is_array()) add_people(item, out);
      }
      return;
    }
    value = resolved(value);
    if (value.is_string()) return add_authors(plain_.line(value.string()), out);
    auto const name = value["name"];
    if (is_organisation(value)) {  // a desk or an agency: nobody is named
      desks_.push_back(folded(plain_.line(name.string())));
      return;
    }
    if (name.is_string()) return add_authors(plain_.line(name.string()), out);
    for (auto item = name.first(); item.exists(); item = item.next()) add_authors(plain_.line(item.string()), out);
    if (name.exists()) return;
    auto const given = plain_.line(value["givenName"].string()), family = plain_.line(value["familyName"].string());
    if (!family.empty()) add_authors(given + " " + family, out);
  }

  void add_labels(JsonView value, std::vector<std::string>& out) {
    auto const add = [&](std::string_view text) {
      auto label = plain_.line(text);
      if (!label.empty() && label.size() < 100 && out.size() < 60 &&
          std::find(out.begin(), out.end(), label) == out.end()) {
        out.push_back(std::move(label));
      }
    };
    if (value.is_string()) {
      auto text = value.string();
      while (!text.empty()) {
        size_t const end = std::min(text.find_first_of(",;"), text.size());
        add(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
      }
    }
    for (auto item = value.first(); value.is_array() && item.exists(); item = item.next()) {
      add(item.is_object() ? item["name"].string() : item.string());
    }
  }

  static std::string_view image_of(JsonView value) {
    if (value.is_array()) value = value.first();
    if (value.is_string()) return value.string();
    if (value["url"].is_string()) return value["url"].string();
    return value["@id"].string();
  }

  static Access access_of(JsonView value) {
    if (value.type() == JsonView::Type::boolean) return value.boolean() ? Access::free : Access::paid;
    auto const text = bare_type(value.string());
    if (equal_nocase(text, "true")) return Access::free;
    if (equal_nocase(text, "false")) return Access::paid;
    return Access::unknown;
  }

  std::string_view first_string(JsonView value) const {
    if (value.is_array()) value = value.first();
    return value.is_string() ? value.string() : value["name"].string();
  }

  Claims claims_of(JsonView object) {
    Claims c;
    c.title = plain_.line(title_of(object).substr(0, 2000));
    c.kicker = plain_.line(first_string(object["alternativeHeadline"]).substr(0, 400));
    c.description = plain_.line(first_string(object["description"]).substr(0, 8000));
    c.body = plain_.line(first_string(object["articleBody"]));
    if (c.body.empty()) c.body = plain_.line(object["text"].string());
    c.section = plain_.line(first_string(object["articleSection"]).substr(0, 200));
    c.language = std::string(first_string(object["inLanguage"]));
    c.site_name = plain_.line(resolved(object["publisher"])["name"].string());
    c.url = std::string(url_of(object));
    c.image = std::string(image_of(object["image"]));
    desks_.clear();
    add_people(object["author"], c.authors);
    if (c.authors.empty()) add_people(object["creator"], c.authors);
    c.desks = desks_;
    add_labels(object["keywords"], c.tags);
    if (c.tags.empty()) add_labels(object["about"], c.tags);
    c.published = read_date_field(first_string(object["datePublished"]));
    if (!c.published) c.published = read_date_field(first_string(object["uploadDate"]));
    if (!c.published) c.published = read_date_field(first_string(object["dateCreated"]));
    c.modified = read_date_field(first_string(object["dateModified"]));
    c.access = access_of(object["isAccessibleForFree"]);
    for (auto part = object["hasPart"].is_array() ? object["hasPart"].first() : object["hasPart"]; part.exists();
         part = part.next()) {
      if (access_of(part["isAccessibleForFree"]) == Access::paid) c.access = Access::paid;
      if (!object["hasPart"].is_array()) break;
    }
    if (has_type(object, [](auto t) { return bare_type(t) == "LiveBlogPosting"; })) c.kind = Kind::live;
    if (has_type(object,
                 [](auto t) { return bare_type(t) == "CollectionPage" || bare_type(t) == "SearchResultsPage"; })) {
      c.kind = Kind::listing;
    }
    return c;
  }

  PageHints const& hints_;
  Plainer& plain_;
  std::vector<JsonView> objects_;
  std::vector<std::string> desks_;
};

}  // namespace

void fill_gaps(Claims& into, Claims const& from) {
  auto const fill = [](auto& a, auto const& b) {
    if (a.empty()) a = b;
  };
  fill(into.title, from.title);
  fill(into.description, from.description);
  fill(into.kicker, from.kicker);
  fill(into.section, from.section);
  fill(into.language, from.language);
  fill(into.site_name, from.site_name);
  fill(into.url, from.url);
  fill(into.image, from.image);
  fill(into.body, from.body);
  fill(into.authors, from.authors);
  fill(into.desks, from.desks);
  fill(into.tags, from.tags);
  if (!into.published) into.published = from.published;
  if (!into.modified) into.modified = from.modified;
  if (into.access == Access::unknown) into.access = from.access;
  if (!into.kind) into.kind = from.kind;
}

void read_linked_data(std::string_view script, PageHints const& hints, Json& json, Plainer& plain, Claims& article,
                      Claims& page) {
  auto const root = json.read_mended(script);
  if (root.exists()) return Script(hints, plain).read(root, article, page);
  if (!page.published) page.published = published_in_text(script);
}

}  // namespace vigie::article
