// "Ajouter": pasted text, a page or an archive, and what was understood of it, field by field, with where each came
// from.
#include <algorithm>

#include "serve/answers.hpp"
#include "serve/article_json.hpp"
#include "serve/form.hpp"
#include "serve/pages.hpp"
#include "serve/url.hpp"

namespace vigie::serve {
namespace {

constexpr size_t kExplained = 5;  // articles shown field by field; of the others only the headline

// What a diagnostic "title: og:title" says of a field; empty where nothing was said.
std::string origin_of(article::Article const& article, std::string_view field) {
  for (std::string_view const text : article.diagnostics) {
    if (text.starts_with(field) && text.substr(field.size()).starts_with(": ")) {
      return std::string(text.substr(field.size() + 2));
    }
  }
  return {};
}

std::string joined(std::vector<std::string> const& names) {
  std::string out;
  for (auto const& name : names) out += (out.empty() ? "" : ", ") + name;
  return out;
}

std::vector<Fields> understood_fields(article::Article const& article, Words const& words, Language language) {
  std::vector<Fields> rows;
  auto const row = [&](std::string_view field, std::string_view value) {
    Fields fields;
    fields.text("field_label", words.get("field." + std::string(field), language)).text("field_value", value);
    rows.push_back(std::move(fields.text("field_origin", origin_of(article, field))));
  };
  row("title", article.title);
  row("kicker", article.kicker);
  row("lede", article.lede);
  row("authors", joined(article.authors));
  row("published", article.published ? long_time(*article.published, language) : "");
  row("modified", article.modified ? long_time(*article.modified, language) : "");
  row("body", counted(article.blocks.size(), words.get("paragraph.one", language),
                      words.get("paragraph.many", language), language));
  row("language", language_name(article.language, language));
  row("source", article.source);
  row("url", article.url);
  return rows;
}

Fields item_outcome(engine::ItemOutcome const& item, Words const& words, Language language) {
  Fields fields;
  auto const told = words.translated(item.error, language);
  fields.text("outcome_input", item.input).text("outcome_error", told);
  fields.text("outcome_error_lang", told == item.error ? "en" : code(language));
  fields.text("outcome_status", words.get("status." + std::string(name(item.status)), language));
  fields.text("outcome_address", item.id.empty() ? "" : "/article/" + percent_encode(item.id));
  return fields;
}

}  // namespace

// What was received, with the first articles explained.
void Pages::add_received(Fields& fields, std::vector<engine::ItemOutcome> const& items, Language language) const {
  std::vector<Fields> outcomes;
  for (auto const& item : items) {
    auto out = item_outcome(item, words_, language);
    auto const article =
        item.id.empty() ? Result<engine::KeptArticle>(fail(Errc::not_found, "")) : store_.article(item.id);
    if (article) {
      out.text("outcome_title", article->title.empty() ? words_.get("untitled", language) : article->title);
      out.append(tongue_fields("outcome", article->language, language));
      if (outcomes.size() < kExplained) {
        out.flag("is_explained", true).list("understood", understood_fields(*article, words_, language));
      }
    }
    outcomes.push_back(std::move(out));
  }
  fields.flag("has_outcomes", !outcomes.empty()).list("outcomes", std::move(outcomes));
}

Response Pages::add_page(Request const& request, Fields fields, int status) const {
  auto const preference = preference_of(request);
  return rendered("add", {request, preference, Section::add, phrase("add.title", preference.language), "", "", false},
                  std::move(fields), status);
}

Response Pages::add_form(Request const& request) const { return add_page(request, {}, 200); }

Response Pages::add(Request const& request) const {
  auto const language = preference_of(request).language;
  auto const complaint = [&](std::string_view key, int status) {
    return add_page(request, Fields().text("complaint", words_.get(key, language)), status);
  };
  auto const parts = parse_multipart(request.content_type, request.body);
  if (!parts) return error(request, 400);
  auto const value = [&](std::string_view name) {
    auto const found = std::find_if(parts->begin(), parts->end(), [&](auto const& p) { return p.name == name; });
    return found == parts->end() ? std::string_view() : found->value;
  };
  if (!Access::is_own_form(request, value("key"))) return complaint("form.old", 403);
  auto url = with_scheme(value("url"));
  if (!is_web_address(url)) url.clear();
  std::vector<engine::ItemOutcome> items;
  for (auto const& part : *parts) {
    if (part.value.empty() || (part.name != "text" && part.name != "file")) continue;
    auto const label = part.is_file ? part.file_name : std::string(words_.get("add.pasted", language));
    auto received = intake_.take({part.value, label, url, part.content_type});
    if (!received) {
      if (received.error().code == Errc::busy) return complaint("error.503.text", 503);
      return failed(request, received.error());
    }
    items.insert(items.end(), received->items.begin(), received->items.end());
  }
  // An address alone is fetched; beside a text or a file it only says where those come from.
  if (items.empty() && !url.empty() && watch_ != nullptr) {
    auto fetched = intake_.fetch(*watch_, url);
    if (!fetched && fetched.error().code == Errc::busy) return complaint("error.503.text", 503);
    if (!fetched) return failed(request, fetched.error());
    items = std::move(fetched->items);
  }
  if (items.empty()) return complaint("add.nothing", 400);
  Fields fields;
  add_received(fields, items, language);
  return add_page(request, std::move(fields), 200);
}

}  // namespace vigie::serve
