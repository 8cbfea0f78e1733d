// "Dernières infos": the newest articles under the day they were published on, in the configured zone.
#include <algorithm>

#include "engine/document.hpp"
#include "serve/pages.hpp"
#include "serve/search_state.hpp"
#include "serve/url.hpp"

namespace vigie::serve {
namespace {

constexpr uint32_t kPerPage = 30;
constexpr size_t kLedeBytes = 320;

// The lede, or the beginning of the body where there is none; cut at a space.
std::string summary_of(article::Article const& article) {
  std::string text = article.lede;
  if (text.empty() && !article.blocks.empty()) text = article.blocks.front().text;
  if (text.size() <= kLedeBytes) return text;
  auto const space = text.rfind(' ', kLedeBytes);
  text.resize(space == text.npos ? kLedeBytes : space);
  return text + "\u00A0…";
}

std::vector<Fields> by_day(std::vector<engine::KeptArticle> const& articles, Language language) {
  std::vector<Fields> days;
  std::vector<Fields> items;
  std::optional<Date> day;
  auto const close_day = [&] {
    if (!day) return;
    auto label = long_day(*day, language);
    days.push_back(Fields().text("day_label", label).list("day_items", std::move(items)));
    items.clear();
  };
  for (auto const& article : articles) {
    if (article.kind == article::Kind::listing) continue;  // a section front is no news of its own; search finds it
    auto const date = local_clock(engine::order_s(article)).date;
    if (day != date) {
      close_day();
      day = date;
    }
    items.push_back(
        item_fields(article, language).text("item_summary", set_text(summary_of(article), article.language)));
  }
  close_day();
  return days;
}

std::vector<Fields> story_fields(std::vector<TopStory> const& stories, Words const& words, Language language) {
  std::vector<Fields> out;
  for (auto const& story : stories) {
    Fields fields;
    fields.text("story_address", "/story/" + percent_encode(story.id))
        .text("story_title", set_text(story.article.title, story.article.language));
    fields.append(tongue_fields("story", story.article.language, language));
    fields.text("story_sources", counted(story.sources, words.get("source.one", language),
                                         words.get("source.many", language), language));
    out.push_back(std::move(fields));
  }
  return out;
}

}  // namespace

Response Pages::front(Request const& request) const {
  auto const preference = preference_of(request);
  auto const page = std::max(1u, number_of(request.parameters, "page", 1, kDeepestHit / kPerPage));
  auto const known = last_event_();  // before the list is read: an article told twice is better than one never told
  auto articles = store_.latest(kPerPage + 1, (page - 1) * kPerPage);
  if (!articles) return failed(request, articles.error());
  bool const more = articles->size() > kPerPage;
  if (more) articles->pop_back();
  Fields fields;
  fields.list("days", by_day(*articles, preference.language));
  fields.flag("is_empty", articles->empty()).flag("is_first_page", page == 1);
  fields.text("events_after", std::to_string(known));
  auto stories = page == 1 ? story_fields(*top_stories_.at(known), words_, preference.language) : std::vector<Fields>();
  fields.flag("has_stories", !stories.empty()).list("stories", std::move(stories));
  fields.text("newer_address", page > 1 ? address("/", {{"page", page > 2 ? std::to_string(page - 1) : ""}}) : "");
  fields.text("older_address", more ? address("/", {{"page", std::to_string(page + 1)}}) : "");
  return rendered("front", {request, preference, Section::front, "", "", "/rss", false}, std::move(fields));
}

}  // namespace vigie::serve
