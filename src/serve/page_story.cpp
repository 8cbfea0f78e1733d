// "Histoire": one event as its articles told it, by time; which outlets, and who said what.
#include <algorithm>
#include <set>

#include "engine/document.hpp"
#include "serve/pages.hpp"
#include "serve/search_state.hpp"
#include "serve/url.hpp"
#include "text/analyzer.hpp"

namespace vigie::serve {
namespace {

constexpr uint32_t kToldMax = 100;     // articles
constexpr uint32_t kStoryQuotes = 60;  // quotes looked at
constexpr size_t kStorySpeakers = 8;

std::string source_of(article::Article const& article) {
  return std::string(article.source.empty() ? host_of(article.url) : article.source);
}

// Newest last, under their days, each with whether it copies.
std::vector<Fields> timeline_fields(std::vector<engine::KeptArticle> const& told, Words const& words,
                                    Language language) {
  std::vector<Fields> days, items;
  std::optional<Date> day;
  auto const close_day = [&] {
    if (day) days.push_back(Fields().text("day_label", long_day(*day, language)).list("day_items", std::move(items)));
    items.clear();
  };
  for (auto const& article : told) {
    auto const date = local_clock(engine::order_s(article)).date;
    if (day != date) close_day();
    day = date;
    items.push_back(item_fields(article, language)
                        .text("item_copy", article.found.copy_of ? words.get("story.copy", language) : ""));
  }
  close_day();
  return days;
}

std::vector<Fields> outlet_fields(std::vector<engine::KeptArticle> const& told, Language language) {
  std::vector<engine::FacetCount> counts;
  for (auto const& article : told) {
    auto const source = source_of(article);
    auto const found = std::find_if(counts.begin(), counts.end(), [&](auto const& c) { return c.value == source; });
    if (found == counts.end())
      counts.push_back({source, 1});
    else
      ++found->count;
  }
  std::stable_sort(counts.begin(), counts.end(), [](auto const& a, auto const& b) { return a.count > b.count; });
  std::vector<Fields> out;
  for (auto const& [value, count] : counts) {
    out.push_back(Fields().text("facet_label", value).text("facet_count", grouped(count, language)));
  }
  return out;
}

}  // namespace

std::vector<Fields> speaker_fields(std::vector<SpokenWords> const& all, size_t speakers_max) {
  struct Speaker {
    std::string name;
    std::vector<SpokenWords> words;
  };
  std::vector<Speaker> speakers;
  std::set<std::string> heard;  // copies repeat what the first one told
  for (auto const& said : all) {
    auto const name = said.quote->speaker.value_or("");
    if (!heard.insert(name + '\n' + text::fold(said.quote->text)).second) continue;
    auto const found = std::find_if(speakers.begin(), speakers.end(), [&](auto const& s) { return s.name == name; });
    (found == speakers.end() ? speakers.emplace_back(Speaker{name, {}}) : *found).words.push_back(said);
  }
  std::stable_sort(speakers.begin(), speakers.end(), [](auto const& a, auto const& b) {
    return std::pair(!a.name.empty(), a.words.size()) > std::pair(!b.name.empty(), b.words.size());
  });
  if (speakers.size() > speakers_max) speakers.resize(speakers_max);
  std::vector<Fields> out;
  for (auto const& speaker : speakers) {
    std::vector<Fields> said;
    for (auto const& words : speaker.words) {
      said.push_back(
          Fields()
              .text("said", words.quote->text)
              .text("said_address", words.article_id.empty() ? "" : "/article/" + percent_encode(words.article_id))
              .flag("said_direct", words.quote->type == speech::QuoteType::direct)
              .flag("said_indirect", words.quote->type == speech::QuoteType::indirect));
    }
    Fields fields;
    fields.text("speaker", speaker.name);
    fields.text("speaker_address",
                speaker.name.empty() ? "" : address("/quotes", {{"q", "par:\"" + speaker.name + '"'}}));
    out.push_back(std::move(fields.list("words_said", std::move(said))));
  }
  return out;
}

Response Pages::story(Request const& request, std::string_view id) const {
  if (!article::is_valid_id(id)) return error(request, 404);
  auto const preference = preference_of(request);
  auto const language = preference.language;
  auto const told = store_.story(id, kToldMax);
  if (!told) return failed(request, told.error());
  if (told->empty()) return error(request, 404);
  auto const query = "story:\"" + std::string(id) + '"';
  auto const said = store_.quotes({query, kStoryQuotes, 0});
  if (!said) return failed(request, said.error());

  auto const& newest = told->back();
  Fields fields;
  fields.text("story_title", set_text(newest.title, newest.language)).flag("untitled", newest.title.empty());
  fields.append(tongue_fields("story", newest.language, language));
  auto outlets = outlet_fields(*told, language);
  fields.text("story_articles",
              counted(told->size(), words_.get("result.one", language), words_.get("result.many", language), language));
  fields.text("story_sources", counted(outlets.size(), words_.get("source.one", language),
                                       words_.get("source.many", language), language));
  fields.list("outlets", std::move(outlets)).list("timeline", timeline_fields(*told, words_, language));
  std::vector<SpokenWords> words;
  for (auto const& quote : said->quotes) words.push_back({&quote.quote, quote.id});
  auto speakers = speaker_fields(words, kStorySpeakers);
  fields.flag("has_speakers", !speakers.empty()).list("speakers", std::move(speakers));
  fields.text("search_address", address("/search", {{"q", query}}));
  return rendered("story", {request, preference, Section::none, newest.title, "", "", false}, std::move(fields));
}

}  // namespace vigie::serve
