// "Sources": what is watched and how each source fares; what an address offers, shown before anything is kept; the
// starter list. Nothing is fetched that a person did not ask for on this page. What changes the list:
// source_changes.cpp.
#include <algorithm>

#include "collect/starter.hpp"
#include "serve/pages.hpp"
#include "serve/search_state.hpp"
#include "serve/source_json.hpp"
#include "serve/url.hpp"
#include "text/analyzer.hpp"

namespace vigie::serve {
namespace {

using collect::Source;

constexpr uint32_t kSourcesPerPage = 100;
constexpr uint32_t kLastPage = 10'000;

// "18 h 42" today, "7 sept., 18 h 42" on another day; empty for never.
std::string moment(int64_t epoch_s, Language language) {
  if (epoch_s <= 0) return {};
  auto const clock = local_clock(epoch_s);
  bool const today = clock.date == local_clock(now_epoch_s()).date;
  return (today ? "" : short_day(clock.date, language) + ", ") + hour_minute(clock, language);
}

enum class State : uint8_t { failing, warned, fresh, well, paused };

State state_of(Source const& source) {
  if (source.paused) return State::paused;
  if (source.failures > 0) return State::failing;
  if (source.last_success_s == 0) return State::fresh;
  return source.problem.empty() ? State::well : State::warned;
}

std::string_view key_of(State state) {
  switch (state) {
    case State::failing:
      return "failing";
    case State::warned:
      return "warned";
    case State::fresh:
      return "fresh";
    case State::well:
      return "well";
    case State::paused:
      break;
  }
  return "paused";
}

std::string_view title_of(Source const& source) {
  return source.title.empty() ? host_of(source.asked_at()) : std::string_view(source.title);
}

// What asks for a person's eye first, then by name.
void put_in_order(std::vector<Source>& sources) {
  std::ranges::stable_sort(sources, [](Source const& a, Source const& b) {
    bool const a_fails = state_of(a) == State::failing, b_fails = state_of(b) == State::failing;
    return a_fails != b_fails ? a_fails : text::fold(title_of(a)) < text::fold(title_of(b));
  });
}

// What a form sends back for an address that may be added: "feed https://…".
std::string offer_of(collect::SourceKind kind, std::string_view url) {
  return std::string(collect::name(kind)) + ' ' + std::string(url);
}

class HealthTable {
 public:
  HealthTable(Words const& words, Language language) : words_(words), language_(language) {}

  std::vector<Fields> of(Source const& s) {
    time("last_success", s.last_success_s);
    time("next_try", s.paused ? 0 : s.next_try_s);
    if (s.last_try_s == 0) return std::move(rows_);  // nothing is known of it yet
    row("articles", grouped(s.fresh, language_));
    if (s.editions > 0) row("editions", grouped(s.editions, language_));
    auto const texts = s.pages + s.from_feed;
    if (texts > 0) row("whole", percent(static_cast<double>(s.pages) / static_cast<double>(texts), language_));
    if (auto const share = s.feed_share()) row("feed_share", percent(std::min(*share, 1.0), language_));
    if (s.delays > 0) row("delay", duration(static_cast<int64_t>(s.delay_sum_s / s.delays), language_));
    if (s.rereads > 0) row("rereads", grouped(s.rereads, language_));
    if (s.withdrawn > 0) row("withdrawn", grouped(s.withdrawn, language_));
    row("duplicates", grouped(s.duplicates, language_));
    if (s.waiting > 0) row("waiting", grouped(s.waiting, language_));
    if (s.refused > 0) row("refused", grouped(s.refused, language_));
    return std::move(rows_);
  }

 private:
  Fields& row(std::string_view key, std::string_view value) {
    auto const label = words_.get("health." + std::string(key), language_);
    return rows_.emplace_back(std::move(Fields().text("health_label", label).text("health", value)));
  }
  void time(std::string_view key, int64_t epoch_s) {
    if (epoch_s > 0) row(key, moment(epoch_s, language_)).text("health_time", format_rfc3339(utc_from_epoch(epoch_s)));
  }

  Words const& words_;
  Language language_;
  std::vector<Fields> rows_;
};

// What is watched already is not offered again.
std::vector<Fields> starter_fields(std::vector<Source> const& watched, Language language) {
  std::vector<Fields> groups;
  std::string_view tongue;
  std::vector<Fields> items;
  auto const close = [&] {
    if (items.empty()) return;
    groups.push_back(std::move(
        Fields().text("starter_language", language_name(tongue, language)).list("starter_items", std::move(items))));
    items.clear();
  };
  for (auto const& one : collect::starters()) {
    if (one.language != tongue) close();
    tongue = one.language;
    if (std::ranges::find(watched, one.url, &Source::url) != watched.end()) continue;
    items.push_back(std::move(Fields()
                                  .text("starter_title", one.title)
                                  .text("starter_lang", one.language)
                                  .text("starter_url", one.url)
                                  .text("starter_offer", offer_of(collect::SourceKind::feed, one.url))));
  }
  close();
  return groups;
}

}  // namespace

std::string Pages::problem_text(std::string_view problem, Language language) const {
  return set_text(words_.translated(problem, language), code(language));
}

Fields Pages::source_fields(Source const& source, Language language) const {
  auto const state = key_of(state_of(source));
  Fields fields;
  fields.text("source_id", std::to_string(source.id)).text("source_title", title_of(source));
  fields.text("source_site", is_web_address(source.site) ? source.site : "");
  fields.text("source_url", source.asked_at()).text("source_state", state);
  fields.text("source_state_label", words_.get("source." + std::string(state), language));
  fields.text("source_kind", words_.get("kind." + std::string(collect::name(source.kind)), language));
  fields.flag("source_paused", source.paused).text("source_problem", problem_text(source.problem, language));
  fields.text("source_failures", source.failures > 1 ? counted(source.failures, words_.get("try.one", language),
                                                               words_.get("try.many", language), language)
                                                     : "");
  return std::move(fields.list("health_rows", HealthTable(words_, language).of(source)));
}

// What the address bar says was done by a form before: only phrases of ours.
void Pages::add_done(Fields& fields, Request const& request, Language language) const {
  auto const done = value_of(request.parameters, "done");
  auto const text = words_.get("sources.done." + std::string(done.substr(0, 16)), language);
  if (done.empty() || text.empty()) return;
  auto const count = value_of(request.parameters, "n");
  bool const counts = !count.empty() && count.size() < 6 && count.find_first_not_of("0123456789") == count.npos;
  fields.text("done", text).text("done_count", counts ? count : "");
}

Response Pages::sources_page(Request const& request, Fields fields, int status) const {
  auto const preference = preference_of(request);
  auto const language = preference.language;
  if (watch_ == nullptr) return error(request, 503);
  auto sources = watch_->book().list();
  if (!sources) return failed(request, sources.error());
  put_in_order(*sources);
  auto const count_of = [&](State state) {
    return static_cast<uint64_t>(std::ranges::count(*sources, state, state_of));
  };
  auto const page = std::max(number_of(request.parameters, "page", 1, kLastPage), 1u);
  size_t const first = std::min(size_t{page - 1} * kSourcesPerPage, sources->size());
  size_t const last = std::min(first + kSourcesPerPage, sources->size());
  std::vector<Fields> rows;
  for (size_t i = first; i < last; ++i) rows.push_back(source_fields((*sources)[i], language));
  auto const phrases = [&](std::string const& key, uint64_t count) {
    return counted(count, words_.get(key + ".one", language), words_.get(key + ".many", language), language);
  };
  auto const failing = count_of(State::failing), paused = count_of(State::paused);
  fields.text("sources_count", phrases("source", sources->size()));
  fields.text("failing_count", failing > 0 ? phrases("failing", failing) : "");
  fields.text("paused_count", paused > 0 ? phrases("paused", paused) : "");
  fields.flag("has_sources", !sources->empty()).list("sources", std::move(rows));
  fields.flag("not_collecting", !watch_->collects()).flag("is_collecting", watch_->collects());
  bool const offers = sources->empty() || has(request.parameters, "starter");
  auto starter = offers ? starter_fields(*sources, language) : std::vector<Fields>();
  fields.flag("offers_starter", !starter.empty()).list("starter", std::move(starter));
  auto const turn = [&](size_t to) { return address("/sources", {{"page", std::to_string(to)}}); };
  fields.text("newer_address", first > 0 ? turn(page - 1) : "");
  fields.text("older_address", last < sources->size() ? turn(page + 1) : "");
  return rendered("sources", {request, preference, Section::sources, phrase("sources.title", language), "", "", false},
                  std::move(fields), status);
}

Response Pages::sources(Request const& request) const {
  Fields fields;
  add_done(fields, request, preference_of(request).language);
  return sources_page(request, std::move(fields), 200);
}

// What an address offers, to be chosen from.
Response Pages::find_sources(Request const& request) const {
  auto const language = preference_of(request).language;
  Parameters form;
  if (watch_ == nullptr) return error(request, 503);
  if (!parse_urlencoded(request.body, form)) return error(request, 400);
  auto const complaint = [&](std::string_view key, int status) {
    return sources_page(request, Fields().text("complaint", words_.get(key, language)), status);
  };
  if (!Access::is_own_form(request, value_of(form, "key"))) return complaint("form.old", 403);
  auto const url = with_scheme(value_of(form, "url"));
  if (!is_web_address(url)) return complaint("sources.no_address", 400);
  auto const findings = watch_->find(url);
  if (!findings) {
    if (findings.error().code == Errc::busy) return complaint("error.503.text", 503);
    return failed(request, findings.error());
  }
  Fields fields;
  std::vector<Fields> found;
  for (auto const& one : findings->found) {
    Fields row;
    row.text("found_offer", offer_of(one.source.kind, one.source.url)).text("found_url", one.source.url);
    row.text("found_title", one.source.title).flag("found_chosen", found.empty());
    row.text("found_kind", words_.get("kind." + std::string(collect::name(one.source.kind)), language));
    row.text("found_entries",
             counted(one.entries, words_.get("entry.one", language), words_.get("entry.many", language), language));
    row.text("found_problem", problem_text(one.problem, language));
    found.push_back(std::move(row));
  }
  fields.text("asked_url", url).flag("asked", true).flag("has_found", !found.empty()).list("found", std::move(found));
  fields.text("found_nothing", problem_text(findings->problem, language));
  for (auto const kind : {collect::SourceKind::feed, collect::SourceKind::sitemap, collect::SourceKind::page}) {
    fields.text("as_" + std::string(collect::name(kind)), offer_of(kind, url));
  }
  return sources_page(request, std::move(fields), 200);
}

}  // namespace vigie::serve
