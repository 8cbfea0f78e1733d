// "Article": what a reader came for, and how it came here.
#include <algorithm>

#include "serve/pages.hpp"
#include "serve/search_state.hpp"
#include "serve/url.hpp"

namespace vigie::serve {
namespace {

// One template item per block; list items that follow one another share one list.
std::vector<Fields> block_fields(std::vector<article::Block> const& blocks) {
  using article::BlockKind;
  std::vector<Fields> out, items;
  auto const close_list = [&] {
    if (!items.empty()) out.push_back(Fields().flag("is_list", true).list("list_items", std::move(items)));
    items.clear();
  };
  for (auto const& block : blocks) {
    if (block.kind == BlockKind::item) {
      items.push_back(Fields().text("list_item", block.text));
      continue;
    }
    close_list();
    Fields fields;
    fields.text("block_text", block.text);
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

}  // namespace

Response Pages::article(Request const& request, std::string_view id) const {
  if (!article::is_valid_id(id)) return error(request, 404);
  auto const preference = preference_of(request);
  auto const language = preference.language;
  auto const editions = store_.editions(id);
  if (!editions || editions->empty()) {
    return error(request, !editions && editions.error().code != Errc::not_found ? 500 : 404);
  }
  auto const wanted = number_of(request.parameters, "edition", editions->back().number, UINT32_MAX);
  auto const found =
      std::find_if(editions->begin(), editions->end(), [&](auto const& e) { return e.number == wanted; });
  if (found == editions->end()) return error(request, 404);
  auto const& article = found->article;

  Fields fields;
  fields.text("article_title", article.title).flag("untitled", article.title.empty());
  fields.append(tongue_fields("article", article.language, language));
  fields.text("kicker", article.kicker).text("lede", article.lede).text("section", article.section);
  fields.text("article_source", article.source.empty() ? host_of(article.url) : article.source);
  fields.text("source_address", article.source.empty() ? "" : address("/search", {{"source", article.source}}));
  fields.text("byline", joined(article.authors, words_.get("and", language)));
  add_time(fields, "published", article.published, language);
  add_time(fields, "modified", article.modified, language);
  add_time(fields, "seen", article.seen ? std::optional(in_local_zone(*article.seen)) : std::nullopt, language);
  fields.list("blocks", block_fields(article.blocks)).flag("no_body", article.blocks.empty());
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
  fields.list("editions", edition_fields(*editions, wanted, language));
  fields.text("latest_address", "/article/" + percent_encode(id));
  fields.text("json_address", "/api/v1/articles/" + percent_encode(id));
  return rendered("article", {request, preference, Section::none, article.title, "", "", false}, std::move(fields));
}

}  // namespace vigie::serve
