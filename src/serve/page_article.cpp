// "Article": what a reader came for, and how it came here.
#include <algorithm>

#include "serve/edition_diff.hpp"
#include "serve/pages.hpp"
#include "serve/search_state.hpp"
#include "serve/url.hpp"

namespace vigie::serve {
namespace {

// One template item per block; list items that follow one another share one list.
std::vector<Fields> block_fields(article::Article const& article) {
  using article::BlockKind;
  std::vector<Fields> out, items;
  auto const close_list = [&] {
    if (!items.empty()) out.push_back(Fields().flag("is_list", true).list("list_items", std::move(items)));
    items.clear();
  };
  for (auto const& block : article.blocks) {
    if (block.kind == BlockKind::item) {
      items.push_back(Fields().text("list_item", set_text(block.text, article.language)));
      continue;
    }
    close_list();
    Fields fields;
    fields.text("block_text", set_text(block.text, article.language));
    fields.flag("is_paragraph", block.kind == BlockKind::paragraph);
    fields.flag("is_subhead", block.kind == BlockKind::heading && block.level <= 2);
    fields.flag("is_subsubhead", block.kind == BlockKind::heading && block.level > 2);
    fields.flag("is_quote", block.kind == BlockKind::quote);
    fields.flag("is_preformatted", block.kind == BlockKind::preformatted);
    out.push_back(std::move(fields));
  }
  close_list();
  return out;
}

std::string joined(std::vector<std::string> const& names, std::string_view and_word) {
  std::string out;
  for (size_t i = 0; i < names.size(); ++i) {
    if (i > 0) out += i + 1 == names.size() ? ' ' + std::string(and_word) + ' ' : ", ";
    out += names[i];
  }
  return out;
}

void add_time(Fields& fields, std::string const& name, std::optional<Time> const& time, Language language) {
  if (!time) {
    fields.text(name, "");
    return;
  }
  fields.text(name, long_time(*time, language)).text(name + "_time", format_rfc3339(*time));
  // A zone is worth a word only where its clock is not the reader's.
  bool const elsewhere = in_local_zone(*time).local_s != time->local_s;
  fields.text(name + "_zone", elsewhere ? zone_suffix(*time) : "");
}

// What changed to the edition shown from the one before it.
std::vector<Fields> change_fields(std::vector<engine::StoredEdition> const& editions, size_t shown) {
  std::vector<Fields> out;
  if (shown == 0) return out;
  auto const& now = editions[shown].article;
  for (auto const& change : changes_between(editions[shown - 1].article, now)) {
    out.push_back(Fields()
                      .text("change_text", set_text(change.text, now.language))
                      .flag("change_added", change.kind == Change::Kind::added));
  }
  return out;
}

std::vector<Fields> edition_fields(std::vector<engine::StoredEdition> const& editions, uint32_t shown,
                                   Language language) {
  std::vector<Fields> out;
  for (auto edition = editions.rbegin(); edition != editions.rend(); ++edition) {
    bool const newest = edition == editions.rbegin();
    Fields fields;
    auto const& when = edition->article.seen ? edition->article.seen : edition->article.modified;
    fields.text("edition_number", std::to_string(edition->number)).text("edition_title", edition->article.title);
    fields.text("edition_when", when ? long_time(in_local_zone(*when), language) : "");
    fields.text("edition_address", address("/article/" + percent_encode(edition->article.id),
                                           {{"edition", newest ? "" : std::to_string(edition->number)}}));
    fields.flag("edition_shown", edition->number == shown);
    out.push_back(std::move(fields));
  }
  return out;
}

constexpr size_t kSpeakersShown = 12, kNamesShown = 20;
constexpr size_t kPassagesShown = 5, kStoryShown = 12;
constexpr uint32_t kStoryLookedAt = 60;  // articles

// An article that shares text with this one: how much of the later one, and the passages as they stand here.
Fields relative_fields(engine::Relative const& relative, article::Article const& here, Language language) {
  Fields fields;
  fields.text("kin_address", "/article/" + percent_encode(relative.id));
  fields.text("kin_title", set_text(relative.title, here.language)).flag("kin_untitled", relative.title.empty());
  fields.text("kin_source", relative.source.empty() ? host_of(relative.url) : relative.source);
  auto const& when = relative.published ? relative.published : relative.seen;
  fields.text("kin_day", when ? short_day(clock_of(*when).date, language) : "");
  fields.text("kin_share", percent(relative.share, language));
  auto const text = article::text(here);
  std::vector<Fields> passages;
  for (auto const& passage : relative.passages) {
    auto const [begin, end] = passage.here;
    if (passages.size() == kPassagesShown || begin >= end || end > text.size()) continue;
    passages.push_back(Fields().text("passage", set_text(text.substr(begin, end - begin), here.language)));
  }
  return fields.flag("has_passages", !passages.empty()).list("passages", std::move(passages));
}

bool is_relative(engine::Copies const& kin, std::string const& id) {
  return (kin.original && kin.original->id == id) ||
         std::any_of(kin.copies.begin(), kin.copies.end(), [&](auto const& copy) { return copy.id == id; });
}

std::vector<Fields> name_fields(std::vector<speech::Mention> const& mentions) {
  std::vector<Fields> out;
  for (auto const& mention : mentions) {
    if (out.size() == kNamesShown) break;
    auto const field = mention.kind == speech::NameKind::person  ? "person"
                       : mention.kind == speech::NameKind::place ? "place"
                                                                 : "";
    Parameters parameters{{field, mention.name}};
    if (*field == '\0') parameters = {{"q", "org:\"" + mention.name + '"'}};
    out.push_back(Fields().text("name", mention.name).text("name_address", address("/search", parameters)));
  }
  return out;
}

}  // namespace

// Quotes by speaker, names, what it copies and what story it tells.
void Pages::add_findings(Fields& fields, engine::KeptArticle const& article, Language language) const {
  std::vector<SpokenWords> said;
  for (auto const& quote : article.found.speech.quotes) said.push_back({&quote, ""});
  auto speakers = speaker_fields(said, kSpeakersShown);
  fields.flag("has_speakers", !speakers.empty()).list("speakers", std::move(speakers));
  auto names = name_fields(article.found.speech.mentions);
  fields.flag("has_names", !names.empty()).list("names", std::move(names));
  auto const kin = store_.copies(article.id);
  std::vector<Fields> copies, others;
  if (kin && kin->original) fields.list("copied", {relative_fields(*kin->original, article, language)});
  if (kin) {
    for (auto const& copy : kin->copies) copies.push_back(relative_fields(copy, article, language));
  }
  fields.flag("has_copies", !copies.empty()).list("copies", std::move(copies));

  if (article.found.story.empty()) return;
  auto const told = store_.story(article.found.story, kStoryLookedAt);
  if (!told || told->size() < 2) return;
  for (auto other = told->rbegin(); other != told->rend() && others.size() < kStoryShown; ++other) {
    if (other->id != article.id && !(kin && is_relative(*kin, other->id))) {
      others.push_back(item_fields(*other, language));
    }
  }
  fields.flag("has_story", true).list("others", std::move(others));
  fields.text("story_address", "/story/" + percent_encode(article.found.story));
  fields.text("story_articles",
              counted(told->size(), words_.get("result.one", language), words_.get("result.many", language), language));
}

Response Pages::article(Request const& request, std::string_view id) const {
  if (!article::is_valid_id(id)) return error(request, 404);
  auto const preference = preference_of(request);
  auto const language = preference.language;
  auto const editions = store_.editions(id);
  if (!editions) return failed(request, editions.error());
  if (editions->empty()) return error(request, 404);
  auto const wanted = number_of(request.parameters, "edition", editions->back().number, UINT32_MAX);
  auto const found =
      std::find_if(editions->begin(), editions->end(), [&](auto const& e) { return e.number == wanted; });
  if (found == editions->end()) return error(request, 404);
  auto const& article = found->article;

  Fields fields;
  auto const set = [&](std::string_view text) { return set_text(text, article.language); };
  fields.text("article_title", set(article.title)).flag("untitled", article.title.empty());
  fields.append(tongue_fields("article", article.language, language));
  fields.append(kind_fields("article", article.kind));
  fields.text("kicker", set(article.kicker)).text("lede", set(article.lede)).text("section", article.section);
  fields.text("article_source", article.source.empty() ? host_of(article.url) : article.source);
  fields.text("source_address", article.source.empty() ? "" : address("/search", {{"source", article.source}}));
  fields.text("byline", joined(article.authors, words_.get("and", language)));
  add_time(fields, "published", article.published, language);
  if (article.modified != article.published) add_time(fields, "modified", article.modified, language);
  add_time(fields, "seen", article.seen ? std::optional(in_local_zone(*article.seen)) : std::nullopt, language);
  fields.list("blocks", block_fields(article)).flag("no_body", article.blocks.empty());
  fields.flag("is_paid", article.access == article::Access::paid);
  fields.text("original", is_web_address(article.url) ? article.url : "");
  fields.text("original_host", host_of(article.url));
  std::vector<Fields> tags, diagnostics;
  for (auto const& tag : article.tags) {
    tags.push_back(Fields().text("tag", tag).text("tag_address", address("/search", {{"q", '"' + tag + '"'}})));
  }
  for (auto const& text : article.diagnostics) diagnostics.push_back(Fields().text("diagnostic", text));
  fields.flag("has_tags", !tags.empty()).list("tags", std::move(tags));
  fields.flag("has_diagnostics", !diagnostics.empty()).list("diagnostics", std::move(diagnostics));
  fields.flag("has_editions", editions->size() > 1).flag("is_old_edition", wanted != editions->back().number);
  auto changes = change_fields(*editions, static_cast<size_t>(found - editions->begin()));
  fields.flag("has_changes", !changes.empty()).list("changes", std::move(changes));
  fields.list("editions", edition_fields(*editions, wanted, language));
  add_findings(fields, article, language);
  fields.text("latest_address", "/article/" + percent_encode(id));
  fields.text("json_address", "/api/v1/articles/" + percent_encode(id));
  return rendered("article", {request, preference, Section::none, article.title, "", "", false}, std::move(fields));
}

}  // namespace vigie::serve
