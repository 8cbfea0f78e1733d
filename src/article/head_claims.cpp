#include "article/head_claims.hpp"

#include <algorithm>
#include <unordered_map>

#include "article/byline.hpp"
#include "article/dates.hpp"
#include "article/strings.hpp"

namespace vigie::article {
namespace {

enum class Field : uint8_t {
  none,
  title,
  og_title,
  og_type,
  og_url,
  description,
  site,
  image,
  published,
  modified,
  date,
  author,
  section,
  tags,
  language,
  tier,
  free
};

struct Name {
  std::string_view name;  // lower case
  Field field;
};

// Within a field, the first in this list that is present wins: `rank` is the position.
constexpr Name kNames[]{
    {"og:title", Field::og_title},
    {"twitter:title", Field::title},
    {"parsely-title", Field::title},
    {"sailthru.title", Field::title},
    {"dc.title", Field::title},
    {"dcterms.title", Field::title},
    {"citation_title", Field::title},
    {"headline", Field::title},
    {"title", Field::title},
    {"og:type", Field::og_type},
    {"og:url", Field::og_url},
    {"og:description", Field::description},
    {"description", Field::description},
    {"twitter:description", Field::description},
    {"dc.description", Field::description},
    {"sailthru.description", Field::description},
    {"og:site_name", Field::site},
    {"application-name", Field::site},
    {"dc.publisher", Field::site},
    {"og:image", Field::image},
    {"og:image:url", Field::image},
    {"twitter:image", Field::image},
    {"twitter:image:src", Field::image},
    {"parsely-image-url", Field::image},
    {"thumbnail", Field::image},
    {"article:published_time", Field::published},
    {"article:published", Field::published},
    {"og:article:published_time", Field::published},
    {"og:published_time", Field::published},
    {"og:pubdate", Field::published},
    {"datepublished", Field::published},
    {"parsely-pub-date", Field::published},
    {"sailthru.date", Field::published},
    {"dcterms.issued", Field::published},
    {"dc.date.issued", Field::published},
    {"dcterms.created", Field::published},
    {"dc.date.created", Field::published},
    {"dcterms.date", Field::published},
    {"citation_publication_date", Field::published},
    {"citation_date", Field::published},
    {"pubdate", Field::published},
    {"publishdate", Field::published},
    {"publish-date", Field::published},
    {"publish_date", Field::published},
    {"published_time", Field::published},
    {"publication_date", Field::published},
    {"date_published", Field::published},
    {"article_date_original", Field::published},
    {"article.published", Field::published},
    {"article.created", Field::published},
    {"cxenseparse:recs:publishtime", Field::published},
    {"cxenseparse:publishtime", Field::published},
    {"vr:published_time", Field::published},
    {"bt:pubdate", Field::published},
    {"originalpublicationdate", Field::published},
    {"originalpublishdate", Field::published},
    {"rnews:datepublished", Field::published},
    {"dateissued", Field::published},
    {"uploaddate", Field::published},
    {"dateupdate", Field::modified},
    {"datecreated", Field::published},
    {"creation_date", Field::published},
    {"ptime", Field::published},
    {"pdate", Field::published},
    {"dc.date", Field::date},
    {"date", Field::date},
    {"timestamp", Field::date},
    {"article:modified_time", Field::modified},
    {"article:modified", Field::modified},
    {"article.updated", Field::modified},
    {"og:updated_time", Field::modified},
    {"datemodified", Field::modified},
    {"dcterms.modified", Field::modified},
    {"dc.date.modified", Field::modified},
    {"last-modified", Field::modified},
    {"lastmod", Field::modified},
    {"revised", Field::modified},
    {"author", Field::author},
    {"article:author_name", Field::author},
    {"parsely-author", Field::author},
    {"sailthru.author", Field::author},
    {"dc.creator", Field::author},
    {"dcterms.creator", Field::author},
    {"citation_author", Field::author},
    {"shareaholic:article_author_name", Field::author},
    {"byl", Field::author},
    {"byline", Field::author},
    {"creator", Field::author},
    {"article:author", Field::author},
    {"og:article:author", Field::author},
    {"cxenseparse:author", Field::author},
    {"rnews:author", Field::author},
    {"article:section", Field::section},
    {"parsely-section", Field::section},
    {"section", Field::section},
    {"dc.subject", Field::tags},
    {"article:tag", Field::tags},
    {"news_keywords", Field::tags},
    {"parsely-tags", Field::tags},
    {"sailthru.tags", Field::tags},
    {"keywords", Field::tags},
    {"og:locale", Field::language},
    {"content-language", Field::language},
    {"dc.language", Field::language},
    {"language", Field::language},
    {"article:content_tier", Field::tier},
    {"isaccessibleforfree", Field::free},
};

// Where a name stands in the list; its size where it does not.
size_t position_of(std::string_view name) {
  static auto const positions = [] {
    std::unordered_map<std::string_view, size_t> map;
    for (size_t i = 0; i < std::size(kNames); ++i) map.emplace(kNames[i].name, i);
    return map;
  }();
  auto const found = positions.find(name);
  return found == positions.end() ? std::size(kNames) : found->second;
}

void add_tags(std::string_view text, std::vector<std::string>& out) {
  while (!text.empty() && out.size() < 60) {
    size_t const end = std::min(text.find_first_of(",;"), text.size());
    auto label = squeezed(text.substr(0, end));
    if (!label.empty() && label.size() < 100 && std::find(out.begin(), out.end(), label) == out.end()) {
      out.push_back(std::move(label));
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

}  // namespace

HeadClaims read_head(Survey const& survey, Plainer& plain) {
  HeadClaims head;
  auto& c = head.claims;
  size_t rank[32];
  std::fill(std::begin(rank), std::end(rank), std::size(kNames));
  std::string name;
  for (auto const& meta : survey.metas) {
    name = lower(meta.name.substr(0, 60));
    size_t const at = position_of(name);
    if (at == std::size(kNames)) continue;
    Field const field = kNames[at].field;
    auto& known = rank[static_cast<size_t>(field)];
    bool const better = at < known;
    auto const value = meta.content.substr(0, 8000);
    auto const take = [&](std::string& into) {
      if (!better) return;
      auto text = plain.line(value);
      if (text.empty()) return;
      into = std::move(text);
      known = at;
    };
    auto const take_time = [&](std::optional<Time>& into) {
      if (!better) return;
      auto const t = read_date_field(value);
      if (!t) return;
      into = t;
      known = at;
    };
    switch (field) {
      case Field::title:
        take(c.title);
        break;
      case Field::og_title:
        take(head.og_title);
        break;
      case Field::og_type:
        take(head.og_type);
        break;
      case Field::og_url:
        take(head.og_url);
        break;
      case Field::description:
        take(c.description);
        break;
      case Field::site:
        take(c.site_name);
        break;
      case Field::image:
        take(c.image);
        break;
      case Field::published:
        take_time(c.published);
        break;
      case Field::modified:
        take_time(c.modified);
        break;
      case Field::date:
        take_time(head.weak_date);
        break;
      case Field::author:
        if (at > known) break;
        if (at < known) c.authors.clear();
        if (size_t const before = c.authors.size();
            add_authors(plain.line(value), c.authors), c.authors.size() > before)
          known = at;
        break;
      case Field::section:
        take(c.section);
        break;
      case Field::tags:
        if (at > known) break;
        if (at < known) c.tags.clear();
        add_tags(plain.line(value), c.tags);
        if (!c.tags.empty()) known = at;
        break;
      case Field::language:
        take(c.language);
        break;
      case Field::tier:
        if (value == "locked") c.access = Access::paid;
        if (value == "free") c.access = Access::free;
        break;
      case Field::free:
        if (equal_nocase(value, "false")) c.access = Access::paid;
        if (equal_nocase(value, "true")) c.access = Access::free;
        break;
      case Field::none:
        break;
    }
  }
  // Cards name their rows: twitter:label1 "Written by", twitter:data1 the name.
  for (size_t i = 0; c.authors.empty() && i + 1 < survey.metas.size(); ++i) {
    if (!starts_with_nocase(survey.metas[i].name, "twitter:label")) continue;
    auto const label = folded(survey.metas[i].content);
    bool const names = label == "written by" || label == "ecrit par" || label == "verfasst von" || label == "author" ||
                       label == "escrito por" || label == "scritto da" || label == "geschreven door" || label == "by";
    if (names && starts_with_nocase(survey.metas[i + 1].name, "twitter:data"))
      add_authors(plain.line(survey.metas[i + 1].content), c.authors);
  }
  if (c.title.empty()) c.title = head.og_title;
  return head;
}

}  // namespace vigie::article
