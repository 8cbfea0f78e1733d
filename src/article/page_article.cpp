#include "article/page_article.hpp"

#include <algorithm>

#include "article/address.hpp"
#include "article/headline.hpp"
#include "article/linked_data.hpp"
#include "article/strings.hpp"
#include "article/visible_claims.hpp"
#include "page/text.hpp"
#include "text/language.hpp"

namespace vigie::article {

struct PageExtractor::Evidence {
  HeadClaims head;
  Claims linked, linked_page;
  VisibleClaims visible;
  std::string url, host, title, title_origin;
  size_t first_kept = SIZE_MAX, last_kept = 0;
};

namespace {

void note(Article& a, std::string_view field, std::string_view origin) {
  a.diagnostics.push_back(std::string(field) + ": " + std::string(origin));
}

// An address is kept where it is one; a relative one is seen from the page.
std::string absolute(std::string_view base, std::string_view reference) {
  auto const whole = resolve_address(base, reference);
  return whole.size() > 2048 ? std::string() : whole;
}

bool is_american(std::string_view language, std::string_view host) {
  if (starts_with_nocase(language, "en-us") || starts_with_nocase(language, "en_us")) return true;
  return starts_with_nocase(language, "en") && !host.ends_with(".uk") && !host.ends_with(".au") &&
         !host.ends_with(".in") && !host.ends_with(".za") && !host.ends_with(".ie") && !host.ends_with(".nz") &&
         !starts_with_nocase(language, "en-gb") && !starts_with_nocase(language, "en_gb");
}

bool later_than_seen(Time t, source::Capture const& capture) {
  return capture.seen && t.epoch_s() > capture.seen->epoch_s() + 86400;
}

}  // namespace

void PageExtractor::read(std::string_view html, source::Capture const& capture, Stages const& stages, Article& a) {
  auto const& page = reader_.read(html, capture.content_type);
  for (auto const& d : page.diagnostics) a.diagnostics.push_back(d);
  survey_.read(page.tree);
  if (survey_.truncated) note(a, "body", "the page has more blocks than are read");
  Evidence e;
  gather(page, capture, stages, e);
  settle_address(e, capture, a);
  settle_title(e, a);
  PageFacts facts{e.title, e.linked.description.empty() ? e.head.claims.description : e.linked.description,
                  e.linked.body};
  table_.compute(survey_, page.tree, facts);
  select_blocks(survey_, table_, *stages.model, stages.cleaning, selection_);
  settle_body(e, a);
  settle_lede(e, a);
  auto const language =
      survey_.page_language.empty() ? std::string_view(e.head.claims.language) : survey_.page_language;
  e.visible = read_visible(survey_, page.tree, table_,
                           is_american(language, e.host) ? DayOrder::month_first : DayOrder::day_first);
  settle_dates(e, page.tree, capture, a);
  settle_rest(e, a);
  settle_kind(e, a);
}

void PageExtractor::gather(page::Page const& page, source::Capture const& capture, Stages const& stages, Evidence& e) {
  e.head = read_head(survey_, plain_);
  e.url = capture.url;
  if (e.url.empty()) e.url = std::string(survey_.canonical);
  if (e.url.empty()) e.url = e.head.og_url;
  e.host = host_without_www(e.url);
  if (!stages.linked_data) return;
  PageHints const hints{e.url, e.head.claims.title.empty() ? std::string_view(survey_.title) : e.head.claims.title};
  std::string script;
  for (auto const n : survey_.scripts) {
    script = page::raw_text(page.tree, n);
    read_linked_data(script, hints, json_, plain_, e.linked, e.linked_page);
  }
}

// The capture's own address, unless the page names a plausible canonical one: same site, no home page.
void PageExtractor::settle_address(Evidence const& e, source::Capture const& capture, Article& a) {
  a.url = capture.url;
  auto const candidates = {survey_.canonical, std::string_view(e.head.og_url), std::string_view(e.linked.url)};
  for (auto const candidate : candidates) {
    if (candidate.empty()) continue;
    auto const whole = absolute(capture.url, candidate);
    if (whole.empty() || is_home(whole)) continue;
    if (!capture.url.empty() && !same_site(capture.url, whole)) {
      note(a, "url", "a canonical address on another site is not believed");
      continue;
    }
    a.url = whole;
    break;
  }
  a.source = host_without_www(a.url);
}

void PageExtractor::settle_title(Evidence& e, Article& a) {
  TitleCandidates c;
  for (auto const& b : survey_.blocks) {
    if (b.level == 1 && c.headings.size() < 20) c.headings.emplace_back(survey_.text_of(b));
  }
  c.linked = e.linked.title;
  c.og = e.head.og_title;
  c.meta = e.head.claims.title;
  c.page = survey_.title;
  c.site_name = e.head.claims.site_name.empty() ? e.linked_page.site_name : e.head.claims.site_name;
  if (c.site_name.empty()) c.site_name = e.linked.site_name;
  c.host = e.host;
  auto headline = choose_headline(c);
  a.title = std::move(headline.text);
  if (!a.title.empty()) note(a, "title", headline.origin);
  e.title = a.title;
}

void PageExtractor::settle_body(Evidence& e, Article& a) {
  for (size_t i = 0; i < survey_.blocks.size(); ++i) {
    if (!selection_.keep[i]) continue;
    auto const& b = survey_.blocks[i];
    e.first_kept = std::min(e.first_kept, i);
    e.last_kept = i;
    a.blocks.push_back({b.kind, b.level, std::string(survey_.text_of(b))});
  }
  note(a, "body", selection_.stage == Stage::learned ? "blocks chosen by the classifier" : "blocks chosen by rules");
}

// The lede: the first kept block where the page's description or its markup says so; it leaves the body and stays in
// the text. Else the description, as a field only.
void PageExtractor::settle_lede(Evidence const& e, Article& a) {
  if (a.blocks.empty()) return;
  size_t const i = e.first_kept;
  auto const& b = survey_.blocks[i];
  auto const& f = table_.facts[i];
  bool const named = b.hint_distance[static_cast<size_t>(Hint::lede)] <= 2;
  bool const agrees = f.begins_description;
  bool const heading_lede = b.kind == BlockKind::heading && b.level == 2 && f.words >= 10;
  bool const more_below = a.blocks.size() >= 3;
  if (more_below && f.words >= 6 && f.words <= 120 && (named || agrees || heading_lede)) {
    a.lede = a.blocks.front().text;
    a.lede_in_text = true;
    a.blocks.erase(a.blocks.begin());
    note(a, "lede",
         named    ? "the page's markup"
         : agrees ? "the first block, which the description repeats"
                  : "a subheading above the body");
    return;
  }
  auto const& description = e.linked.description.empty() ? e.head.claims.description : e.linked.description;
  if (description.empty() || description.size() > 1000) return;
  a.lede = description;
  note(a, "lede", "the page's description; not shown in the text");
}

void PageExtractor::settle_dates(Evidence const& e, page::Tree const&, source::Capture const& capture, Article& a) {
  struct Candidate {
    std::optional<Time> time;
    std::string_view origin;
  };
  auto const choose = [&](std::initializer_list<Candidate> candidates, std::string_view field) -> std::optional<Time> {
    for (auto const& c : candidates) {
      if (!c.time) continue;
      if (later_than_seen(*c.time, capture)) {
        note(a, field, std::string(c.origin) + " is later than the capture: not believed");
        continue;
      }
      note(a, field, c.origin);
      return c.time;
    }
    return {};
  };
  a.published = choose({{e.linked.published, "JSON-LD"},
                        {e.head.claims.published, "a meta element"},
                        {e.visible.marked, "microdata"},
                        {date_in_address(a.url), "the address"},
                        {e.visible.time_element, "a time element by the headline"},
                        {e.visible.written, "words by the headline"},
                        {e.linked_page.published, "JSON-LD of the page"},
                        {e.head.weak_date, "a meta date of unclear meaning"},
                        {e.visible.anywhere, "the first date in the page's short lines"}},
                       "published");
  a.modified = choose({{e.linked.modified, "JSON-LD"},
                       {e.head.claims.modified, "a meta element"},
                       {e.visible.marked_modified, "microdata"},
                       {e.linked_page.modified, "JSON-LD of the page"},
                       {e.visible.written_modified, "words by the headline"}},
                      "modified");
  if (a.modified && a.published && a.modified->epoch_s() < a.published->epoch_s() - 86400) {
    note(a, "modified", "earlier than published");
  }
}

void PageExtractor::settle_rest(Evidence const& e, Article& a) {
  auto const first = [&](std::string_view field, std::string& into,
                         std::initializer_list<std::pair<std::string const*, char const*>> from) {
    for (auto const& [value, origin] : from) {
      if (value->empty()) continue;
      into = *value;
      note(a, field, origin);
      return;
    }
  };
  first("section", a.section, {{&e.linked.section, "JSON-LD"}, {&e.head.claims.section, "a meta element"}});
  std::string image;
  first("image", image, {{&e.head.claims.image, "a meta element"}, {&e.linked.image, "JSON-LD"}});
  a.image = absolute(a.url, image);
  if (!e.linked.authors.empty()) {
    a.authors = e.linked.authors;
    note(a, "authors", "JSON-LD");
  } else if (!e.head.claims.authors.empty()) {
    a.authors = e.head.claims.authors;
    note(a, "authors", "a meta element");
  } else if (!e.visible.authors.empty()) {
    a.authors = e.visible.authors;
    note(a, "authors", "a byline by the headline");
  }
  a.tags = e.linked.tags.empty() ? e.head.claims.tags : e.linked.tags;
  a.access = e.linked.access != Access::unknown ? e.linked.access : e.head.claims.access;
  if (a.source.empty()) a.source = e.head.claims.site_name.empty() ? e.linked.site_name : e.head.claims.site_name;
  auto const declared =
      survey_.page_language.empty() ? std::string_view(e.head.claims.language) : survey_.page_language;
  a.language = text::detect_language(a.title + "\n" + text(a), declared);
}

void PageExtractor::settle_kind(Evidence const& e, Article& a) {
  if (e.linked.kind) a.kind = *e.linked.kind;
  if (e.linked_page.kind && !e.linked.rank) a.kind = *e.linked_page.kind;
  size_t words = 0;
  for (auto const& b : a.blocks) words += count_words(b.text);
  if (words + count_words(a.lede) == 0) a.kind = Kind::other;
}

}  // namespace vigie::article
