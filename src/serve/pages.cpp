// The table of pages, and what they share. Each page has a file of its own: page_front.cpp, page_search.cpp, ...
#include "serve/pages.hpp"

#include "engine/document.hpp"
#include "serve/answers.hpp"
#include "serve/secret.hpp"
#include "serve/url.hpp"

namespace vigie::serve {

std::vector<Route> Pages::routes() const {
  auto const page = [](std::string_view pattern, std::string_view summary, std::string_view cost, Handler handler) {
    return Route{Method::get, pattern, summary, cost, "", "text/html", Audience::page, {}, std::move(handler)};
  };
  auto const form = [&](std::string_view pattern, std::string_view summary, std::string_view cost, Handler handler) {
    auto route = page(pattern, summary, cost, std::move(handler));
    route.method = Method::post;
    route.takes_upload = pattern == "/add" || pattern == "/sources/import";
    return route;
  };
  auto const open = [](Route route) {
    route.open = true;
    return route;
  };
  return {
      page("/", "Latest news", "one index scan", [this](auto const& request, auto const&) { return front(request); }),
      page("/search", "Search", "one index query",
           [this](auto const& request, auto const&) { return search(request); }),
      page("/article/{id}", "One article", "one catalogue read",
           [this](auto const& request, auto const& values) { return article(request, values[0]); }),
      page("/story/{id}", "One event as it was told", "two index queries",
           [this](auto const& request, auto const& values) { return story(request, values[0]); }),
      page("/quotes", "What was said", "one index query, catalogue reads",
           [this](auto const& request, auto const&) { return quotes(request); }),
      page("/about", "Figures and help", "one count per table",
           [this](auto const& request, auto const&) { return about(request); }),
      page("/add", "Text or a file to keep", "constant",
           [this](auto const& request, auto const&) { return add_form(request); }),
      form("/add", "Keeps text or a file", "one ingestion",
           [this](auto const& request, auto const&) { return add(request); }),
      page("/sources", "What is watched, and how it fares", "one row per source",
           [this](auto const& request, auto const&) { return sources(request); }),
      page("/sources.opml", "The sources as a list", "one row per source",
           [this](auto const& request, auto const&) { return export_sources(request); }),
      form("/sources/find", "What an address offers", "some requests to that site",
           [this](auto const& request, auto const&) { return find_sources(request); }),
      form("/sources/add", "Watches what was chosen", "one row per address",
           [this](auto const& request, auto const&) { return add_sources(request); }),
      form("/sources/import", "Watches all of an OPML list", "one row per address",
           [this](auto const& request, auto const&) { return import_sources(request); }),
      form("/sources/{id}/{action}", "Asks now, pauses, goes on or takes away", "one row",
           [this](auto const& request, auto const& values) { return change_source(request, values[0], values[1]); }),
      open(page("/login", "The password", "constant",
                [this](auto const& request, auto const&) { return login(request); })),
      open(form("/login", "The password, given", "one argon2id",
                [this](auto const& request, auto const&) { return log_in(request); })),
      form("/logout", "Ends the session", "constant",
           [this](auto const& request, auto const&) { return log_out(request); }),
  };
}

Response Pages::rendered(std::string_view page, Layout const& layout, Fields fields, int status) const {
  auto visitor = Access::visitor_of(layout.request);
  bool const new_visitor = visitor.empty() && (page == "add" || page == "sources" || page == "login");
  if (new_visitor) visitor = random_token();
  fields.text("form_key", visitor.empty() ? "" : sealed(visitor));
  fields.flag("can_log_out", access_.asks_for_password() && page != "login");
  fields.append(layout_fields(layout));
  auto response = html_answer(templates_.render(page, layout.preference.language, fields), status);
  for (auto const& cookie : layout.preference.cookies) response.headers.emplace_back("Set-Cookie", cookie);
  if (new_visitor) {
    response.headers.emplace_back("Set-Cookie",
                                  std::string(kVisitCookie) + '=' + visitor + "; Path=/; SameSite=Strict; HttpOnly");
  }
  response.headers.emplace_back("Vary", "Accept-Language, Cookie");
  response.headers.emplace_back("Content-Language", code(layout.preference.language));
  return response;
}

Response Pages::error(Request const& request, int status) const {
  auto const preference = preference_of(request);
  bool const known = status == 400 || status == 403 || status == 404 || status == 405 || status == 503;
  auto const key = "error." + (known ? std::to_string(status) : std::string("500"));
  Fields fields;
  fields.text("error_status", std::to_string(status));
  fields.text("error_title", words_.get(key, preference.language));
  fields.text("error_text", words_.get(key + ".text", preference.language));
  return rendered("error", {request, preference, Section::none, phrase(key, preference.language), "", "", false},
                  std::move(fields), status);
}

Response Pages::failed(Request const& request, Error const& what) const {
  int const status = http_status(what.code);
  auto response = error(request, status);
  if (status == 500) response.failure = what.message;
  return response;
}

std::string set_text(std::string_view text, std::string_view language) {
  return language == "fr" ? french_spaces(text) : std::string(text);
}

Fields tongue_fields(std::string const& prefix, std::string_view tag, Language language) {
  if (!is_language_tag(tag)) tag = {};
  Fields fields;
  fields.text(prefix + "_lang", tag).text(prefix + "_dir", direction(tag));
  fields.text(prefix + "_foreign", tag == code(language) ? "" : language_name(tag, language));
  return fields;
}

Fields kind_fields(std::string const& prefix, article::Kind kind) {
  Fields fields;
  fields.flag(prefix + "_live", kind == article::Kind::live);
  fields.flag(prefix + "_listing", kind == article::Kind::listing);
  return fields;
}

Fields item_fields(article::Article const& article, Language language) {
  bool const dated = engine::plausible_published_s(article).has_value();
  auto const clock = local_clock(engine::order_s(article));
  bool const has_hour = !dated || article.published->precision == Time::Precision::second;
  auto const& shown = dated ? article.published : article.seen;
  Fields fields;
  fields.text("item_address", "/article/" + percent_encode(article.id));
  fields.text("item_title", set_text(article.title, article.language)).flag("item_untitled", article.title.empty());
  fields.text("item_source", article.source.empty() ? host_of(article.url) : article.source);
  fields.append(tongue_fields("item", article.language, language));
  fields.text("item_hour", has_hour ? hour_minute(clock, language) : "");
  fields.text("item_day", short_day(clock.date, language));
  fields.text("item_time", shown ? format_rfc3339(*shown) : "");
  fields.append(kind_fields("item", article.kind));
  fields.flag("item_only_seen", !dated).flag("item_paid", article.access == article::Access::paid);
  return fields;
}

}  // namespace vigie::serve
