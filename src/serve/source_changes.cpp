// What the forms of "Sources" do: add, pause, go on, ask now, take away, and lists of addresses in and out. Each leads
// back to the page (303), so that reloading it repeats nothing.
#include <algorithm>

#include "collect/starter.hpp"
#include "serve/answers.hpp"
#include "serve/form.hpp"
#include "serve/pages.hpp"
#include "serve/url.hpp"
#include "source/opml.hpp"

namespace vigie::serve {
namespace {

constexpr size_t kAddedAtOnce = 64;

Response back(std::string_view done, size_t count = 0) {
  return redirect(address("/sources", {{"done", std::string(done)}, {"n", count > 0 ? std::to_string(count) : ""}}));
}

// "feed https://…", as the page offered it.
std::optional<collect::NewSource> chosen(std::string_view offer) {
  auto const space = offer.find(' ');
  if (space == offer.npos) return std::nullopt;
  auto const kind = collect::parse_source_kind(offer.substr(0, space));
  std::string const url(offer.substr(space + 1));
  if (!kind || !is_web_address(url)) return std::nullopt;
  collect::NewSource out{.url = url, .kind = *kind};
  auto const starters = collect::starters();
  auto const known = std::ranges::find(starters, url, &collect::Starter::url);
  if (known != starters.end()) {
    out.title = known->title;
    out.site = known->site;
  }
  return out;
}

std::vector<source::Subscription> subscriptions_of(std::vector<collect::Source> const& sources) {
  std::vector<source::Subscription> list;
  for (auto const& s : sources) {
    auto const kind = s.kind == collect::SourceKind::feed ? std::string_view("rss") : collect::name(s.kind);
    list.push_back({s.asked_at(), s.site, s.title, std::string(kind)});
  }
  return list;
}

}  // namespace

Response Pages::add_sources(Request const& request) const {
  Parameters form;
  if (watch_ == nullptr) return error(request, 503);
  if (!parse_urlencoded(request.body, form)) return error(request, 400);
  if (!Access::is_own_form(request, value_of(form, "key"))) return error(request, 403);
  size_t added = 0;
  for (auto const& [name, value] : form) {
    auto const wanted = name == "found" ? chosen(value) : std::nullopt;
    if (!wanted || added == kAddedAtOnce) continue;
    if (auto const kept = watch_->add(*wanted); !kept) return failed(request, kept.error());
    ++added;
  }
  return back(added > 0 ? "added" : "nothing", added);
}

Response Pages::change_source(Request const& request, std::string_view id, std::string_view action) const {
  Parameters form;
  if (watch_ == nullptr) return error(request, 503);
  if (!parse_urlencoded(request.body, form)) return error(request, 400);
  if (!Access::is_own_form(request, value_of(form, "key"))) return error(request, 403);
  auto const change = parse_source_change(action);
  auto const number = parse_source_id(id);
  if (!change || !number) return error(request, 404);
  if (auto const done = watch_->change(*number, *change); !done) return failed(request, done.error());
  return back(action);
}

Response Pages::import_sources(Request const& request) const {
  if (watch_ == nullptr) return error(request, 503);
  auto const parts = parse_multipart(request.content_type, request.body);
  if (!parts) return error(request, 400);
  auto const part = [&](std::string_view name) {
    auto const found = std::ranges::find(*parts, name, &FormPart::name);
    return found == parts->end() ? std::string_view() : found->value;
  };
  if (!Access::is_own_form(request, part("key"))) return error(request, 403);
  auto const list = source::parse_opml(part("file"));
  for (auto const& one : list.subscriptions) {
    auto const kind = collect::parse_source_kind(one.kind).value_or(collect::SourceKind::feed);
    auto const kept = watch_->add({.url = one.url, .kind = kind, .title = one.title, .site = one.site});
    if (!kept) return failed(request, kept.error());
  }
  return back(list.subscriptions.empty() ? "nothing" : "added", list.subscriptions.size());
}

Response Pages::export_sources(Request const& request) const {
  if (watch_ == nullptr) return error(request, 503);
  auto const sources = watch_->book().list();
  if (!sources) return failed(request, sources.error());
  auto response = typed_answer(source::write_opml(subscriptions_of(*sources), "Vigie"), "text/x-opml; charset=utf-8");
  response.headers.emplace_back("Content-Disposition", "attachment; filename=\"vigie.opml\"");
  return response;
}

}  // namespace vigie::serve
